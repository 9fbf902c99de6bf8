import { t } from "../lib/i18n.js";
import { fitted, isDrawnAnew, renamed } from "../models/pictures.js";

const QUALITY = 0.88;

/** What leaves the browser of a file: a picture is drawn anew, so that it fits and nothing else of it goes, unless its `original` shall go; all others go as they are. */
export async function redraw(file, { original = false } = {}) {
  const as = { blob: file, name: file.name, type: file.type };
  if (!file.type.startsWith("image/")) return as;
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!bitmap) return as; // no picture that this browser knows
  const size = fitted(bitmap.width, bitmap.height);
  if (original || !isDrawnAnew(file.type)) {
    const { width, height } = bitmap;
    bitmap.close();
    return { ...as, width, height };
  }
  const blob = await drawn(bitmap, size, file.type);
  bitmap.close();
  return { blob, name: renamed(file.name, blob.type), type: blob.type, ...size };
}

async function drawn(bitmap, { width, height }, type) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  const blob = await new Promise((resolve) => {
    canvas.toBlob(resolve, type, QUALITY);
  });
  if (!blob) throw new Error(t("files.too_large_to_draw"));
  return blob;
}
