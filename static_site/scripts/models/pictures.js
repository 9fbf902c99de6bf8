import { MAX_FILE_BYTES } from "./file_words.js";

export const LONGEST_SIDE = 2_560; // pixels
const DRAWN = new Set(["image/jpeg", "image/png", "image/webp"]);

/** True for a picture that is drawn anew before it leaves, which scales it and leaves behind where and when it was taken. A GIF would stop moving. */
export function isDrawnAnew(type) {
  return DRAWN.has(type);
}

/** True for a picture of a tray that can also go as it came: the page has it still, and it is not too large. */
export function mayGoAsItIs({ file, width }) {
  return Boolean(file) && width > 0 && isDrawnAnew(file.type) && file.size <= MAX_FILE_BYTES;
}

/** The size of a picture that fits into a square of `longest`; a smaller one stays as it is. */
export function fitted(width, height, longest = LONGEST_SIDE) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The name of a picture that got another type: `IMG_1.webp` becomes `IMG_1.jpg`. */
export function renamed(name, type) {
  const ending = { "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" }[type];
  const known = /\.(?:jpe?g|png|webp)$/iu.exec(name)?.[0].slice(1).toLowerCase().replace("jpeg", "jpg");
  return known === ending ? name : `${name.replace(/\.[^.]*$/u, "")}.${ending}`;
}

/** True if a file of a message can be shown in its place: the service has found its size. */
export function isShown({ width, height }) {
  return width > 0 && height > 0;
}
