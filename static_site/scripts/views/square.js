import { t } from "../lib/i18n.js";

const SIDES = [256, 192, 128]; // pixels; smaller ones for what does not fit into the bytes
const QUALITIES = [0.86, 0.7];
const MOST_BYTES = 65_536;

/** The middle of a picture as a square that the service takes, drawn anew: nothing else of the file goes with it. */
export async function squareOf(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!bitmap) throw new Error(t("profile.no_picture"));
  try {
    for (const side of SIDES) {
      const canvas = drawn(bitmap, Math.min(side, bitmap.width, bitmap.height));
      for (const quality of QUALITIES) {
        const blob = await encoded(canvas, quality);
        if (blob && blob.size <= MOST_BYTES) return blob;
      }
    }
  } finally {
    bitmap.close();
  }
  throw new Error(t("files.too_large_to_draw"));
}

/** The bytes of a blob in Base64. */
export async function base64Of(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(""));
}

function drawn(bitmap, side) {
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const context = canvas.getContext("2d");
  const cut = Math.min(bitmap.width, bitmap.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, (bitmap.width - cut) / 2, (bitmap.height - cut) / 2, cut, cut, 0, 0, side, side);
  return canvas;
}

/** WebP, which keeps what is transparent; a browser that cannot write it makes a PNG of it, and may have to make a JPEG. */
async function encoded(canvas, quality) {
  const first = await blobOf(canvas, "image/webp", quality);
  return first && first.size > MOST_BYTES && first.type !== "image/webp" ? blobOf(canvas, "image/jpeg", quality) : first;
}

function blobOf(canvas, type, quality) {
  return new Promise((resolve) => {
    canvas.toBlob(resolve, type, quality);
  });
}
