/** Whether somebody has typed a room's title, whatever the case, the spaces and the way in which accents are written. */
export function isTitle(typed, title) {
  return plain(typed) !== "" && plain(typed) === plain(title);
}

function plain(text) {
  return text.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}
