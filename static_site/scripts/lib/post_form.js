import { t } from "./i18n.js";


/** Posts a file with the form that the service gave, as S3 wants it; `onProgress` hears of the part that is sent, from 0 to 1. */
export function postForm({ url, fields }, blob, { onProgress, signal }) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", blob); // the last field: what follows it is ignored
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not say how much of a body is sent
    const fail = (words) => reject(new Error(words));
    request.upload.addEventListener("progress", ({ loaded, total }) => total > 0 && onProgress(loaded / total));
    request.addEventListener("load", () => (request.status < 300 ? resolve() : fail(t("upload.refused", { status: String(request.status) }))));
    request.addEventListener("error", () => fail(t("upload.lost")));
    request.addEventListener("abort", () => fail(t("upload.cancelled")));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.open("POST", url);
    request.send(form);
  });
}
