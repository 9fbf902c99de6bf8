import { t } from "./i18n.js";

/** Loads a file, which the browser keeps where it likes; `onProgress` hears how many bytes are there. Nobody is told who asks. */
export async function loadBlob(address, { onProgress, signal }) {
  const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", signal });
  if (!answer.ok) throw new Error(t("files.refused", { status: String(answer.status) }));
  let loaded = 0;
  const counting = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      onProgress(loaded);
      controller.enqueue(chunk);
    },
  });
  return new Response(answer.body.pipeThrough(counting)).blob();
}
