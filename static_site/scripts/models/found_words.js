/** The words of a query that can be seen in a text: without `from:name`, and quoted words as they stand. */
export function soughtWords(query) {
  const parts = query.match(/"[^"]+"|\S+/gu) ?? [];
  return parts.filter((part) => !/^from:/i.test(part)).map((part) => part.replaceAll('"', "")).filter(Boolean);
}

/** A text in parts, `{text, hit}`: what was sought, whatever the case and the accents, and what is around it. */
export function highlighted(text, words) {
  const plain = [...text].map((character) => folded(character));
  const starts = [0];
  for (const part of plain) starts.push(starts.at(-1) + part.length);
  const whole = plain.join("");
  const marked = new Uint8Array(whole.length);
  for (const word of new Set(words.map((one) => folded(one)).filter(Boolean))) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + word.length)) marked.fill(1, at, at + word.length);
  }
  const hits = plain.map((part, index) => isMarked(marked, starts[index], part.length));
  const found = [];
  for (const [index, character] of [...text].entries()) {
    if (found.at(-1)?.hit === hits[index]) found.at(-1).text += character;
    else found.push({ text: character, hit: hits[index] });
  }
  return found;
}

/** The part of a long text around the first hit. */
export function around(parts, most = 240) {
  const first = parts.findIndex(({ hit }) => hit);
  const before = parts.slice(0, Math.max(0, first)).map(({ text }) => text).join("");
  const cut = Math.max(0, before.length - most / 3);
  if (cut === 0) return parts;
  return [{ text: `…${before.slice(cut).toWellFormed()}`, hit: false }, ...parts.slice(first)];
}

/** Whether a piece is in what is marked, or in its midst if there is nothing of it. */
function isMarked(marked, start, length) {
  return length === 0 ? Boolean(marked[start - 1] && marked[start]) : marked.subarray(start, start + length).includes(1);
}

function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
