import { linksIn, safeHref } from "../links.js";
import { AFTER_CLOSING, AFTER_OPENING, BEFORE_CLOSING, BEFORE_OPENING, LETTER_AFTER, LETTER_BEFORE, SAYS, WITHIN_WORDS, isPartOfWord } from "./mark_rules.js";
import { namedLinkAt } from "./named_links.js";

// Letters and digits of scripts that put spaces between words: a mark within such a word is part of it, as in 2*3*4.
const SPACED = String.raw`(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}])[\p{L}\p{M}\p{N}]`;
const WORD = new RegExp(SPACED, "u");
const KINDS = { "*": "emphasis", _: "emphasis", "**": "strong", "~~": "struck" };
const OPENED_BY = { "***": ["**", "*"] }; // one run, two elements
const SPECIAL = /`+|\*+|_+|~+|\[|@/g;
const PLAIN = /^[^`*_~[@:]+$/; // as most lines are
const END_MARKS = /(?:\*{1,3}|_|~~)$/;
const MENTION = /@\[([\w-]{1,64})\]/y;

/**
 * What is in one line: strings, and `{kind}` of code (`text`), emphasis, strong, struck (`children`), link (`href`, `host`,
 * `children`, `named` if its words are not its address) and mention (`id`, `name`). `people` are those whom the message
 * mentions. Every character is looked at a fixed number of times, whatever the marks.
 */
export function spansOf(line, people = [], { links = true } = {}) {
  return PLAIN.test(line) ? [line] : new LineReader(line, people, links).spans();
}

class LineReader {
  #line;
  #people;
  #links;
  #ticks = new Map(); // length of a run of backticks -> where such runs begin, the last one first
  #out = [];
  #open = new Map(); // mark -> where it stands in #out; at most one of each, the latest
  #parts = new Map(); // the same of what may enclose a part of a word
  #at = 0;

  constructor(line, people, links) {
    this.#line = line;
    this.#people = people.toSorted((one, other) => other.name.length - one.name.length);
    this.#links = links ? linksIn(line) : null;
    for (const { 0: run, index } of [...line.matchAll(/`+/g)].toReversed()) {
      if (!this.#ticks.has(run.length)) this.#ticks.set(run.length, []);
      this.#ticks.get(run.length).push(index);
    }
  }

  spans() {
    for (const { 0: run, index } of this.#line.matchAll(SPECIAL)) {
      this.#linksBefore(index);
      if (index < this.#at) continue; // within what was read as a whole
      this.#text(index);
      if (!this.#read(run, index)) this.#text(index + run.length);
    }
    this.#linksBefore(Infinity);
    this.#text(this.#line.length);
    return settled(this.#out);
  }

  #read(run, index) {
    if (run[0] === "`") return this.#code(run, index);
    if (run === "[") return this.#namedLink(index);
    if (run === "@") return this.#mention(index);
    return this.#mark(run, index);
  }

  #text(end) {
    if (end > this.#at) this.#out.push(this.#line.slice(this.#at, end));
    this.#at = Math.max(this.#at, end);
  }

  #add(node, end) {
    this.#out.push(node);
    this.#at = end;
    return true;
  }

  #linksBefore(index) {
    while (this.#links?.at(-1)?.start < index) {
      const { start, ...link } = this.#links.pop();
      if (start < this.#at) continue;
      this.#text(start);
      const address = this.#withoutEndMarks(link);
      this.#add({ kind: "link", ...address, children: [address.text] }, start + address.text.length);
    }
  }

  /** Of "*see https://example.org/a*" the last mark is not part of the address. */
  #withoutEndMarks(link) {
    const [marks] = END_MARKS.exec(link.text) ?? [];
    if (!marks || !(OPENED_BY[marks] ?? [marks]).every((mark) => this.#open.has(mark))) return link;
    const text = link.text.slice(0, -marks.length);
    const href = safeHref(text);
    return href ? { ...link, text, href } : link;
  }

  #code(run, index) {
    if (this.#line[index - 1] === "\\") return false;
    const runs = this.#ticks.get(run.length);
    while (runs.at(-1) <= index) runs.pop();
    const text = this.#line.slice(index + run.length, runs.at(-1) ?? 0);
    if (text.trim() === "") return false;
    const padded = text.startsWith(" ") && text.endsWith(" "); // so that code can begin with a backtick
    return this.#add({ kind: "code", text: padded ? text.slice(1, -1) : text }, runs.at(-1) + run.length);
  }

  #namedLink(index) {
    const link = this.#links && namedLinkAt(this.#line, index);
    if (!link) return false;
    const { length, label, ...goal } = link;
    const children = spansOf(label, [], { links: false });
    return this.#add({ kind: "link", ...goal, children }, index + length);
  }

  #mention(index) {
    if (WORD.test(this.#line[index - 1] ?? "")) return false;
    MENTION.lastIndex = index;
    const [whole, wanted] = MENTION.exec(this.#line) ?? [];
    const known = this.#people.find(({ id }) => id === wanted);
    const named = known ?? this.#people.find(({ name }) => this.#isName(name, index + 1));
    if (!named) return false;
    const { id, name } = named;
    return this.#add({ kind: "mention", id, name }, index + (known ? whole.length : 1 + name.length));
  }

  #isName(name, index) {
    return this.#line.startsWith(name, index) && !WORD.test(this.#line[index + name.length] ?? "");
  }

  #mark(run, index) {
    const marks = OPENED_BY[run] ?? [run];
    if (!marks.every((mark) => mark in KINDS)) return false;
    const [before, after] = [this.#line[index - 1] ?? "", this.#line[index + run.length] ?? ""];
    this.#at = index + run.length;
    const within = this.#isWithin(run, index);
    if (BEFORE_CLOSING.test(before) && AFTER_CLOSING.test(after) && this.#canClose(marks, index)) this.#close(marks, this.#open);
    else if (this.#endsPart(run, index, within, after)) this.#close(marks, this.#parts);
    else if (BEFORE_OPENING.test(before) && AFTER_OPENING.test(after)) this.#begin(marks);
    else if (within) this.#parts.set(run, this.#out.push({ mark: run, end: this.#at, within }) - 1);
    else this.#out.push(run);
    return true;
  }

  #begin(marks) {
    for (const mark of marks) {
      this.#open.set(mark, this.#out.push({ mark, end: this.#at }) - 1);
      if (marks.length === 1 && WITHIN_WORDS.has(mark)) this.#parts.set(mark, this.#open.get(mark));
    }
  }

  /** Whether letters stand on both sides; another mark between is none of the word's. */
  #isWithin(run, index) {
    if (!WITHIN_WORDS.has(run)) return false;
    const other = run === "**" ? "~~" : "**";
    const before = this.#line[index - (this.#line.startsWith(other, index - 2) ? 3 : 1)] ?? "";
    const after = this.#line[this.#at + (this.#line.startsWith(other, this.#at) ? 2 : 0)] ?? "";
    return LETTER_BEFORE.test(before) && LETTER_AFTER.test(after);
  }

  /** Whether a part of a word ends there, of whose marks one at least is within it. What is no part is not looked at again. */
  #endsPart(run, index, within, after) {
    const begin = this.#out[this.#parts.get(run)];
    if (!begin || !(within || (begin.within && AFTER_CLOSING.test(after)))) return false;
    const isPart = isPartOfWord(this.#line.slice(begin.end, index));
    if (!isPart) this.#parts.delete(run);
    return isPart;
  }

  /** What encloses no word is not open from then on, so that no text is searched twice. */
  #canClose(marks, index) {
    return marks.every((mark) => {
      if (!this.#open.has(mark)) return false;
      const says = SAYS.test(this.#line.slice(this.#out[this.#open.get(mark)].end, index));
      if (!says) this.#open.delete(mark);
      return says;
    });
  }

  #close(marks, opened) {
    for (const mark of marks.toSorted((one, other) => opened.get(other) - opened.get(one))) {
      const begin = opened.get(mark);
      for (const open of [this.#open, this.#parts]) for (const [other, place] of open) if (place >= begin) open.delete(other);
      const children = settled(this.#out.splice(begin + 1));
      this.#out[begin] = { kind: KINDS[mark], children };
    }
  }
}

/** Marks that nothing closed are text, and texts side by side are one. */
function settled(nodes) {
  const found = [];
  for (const node of nodes) {
    const shown = node.mark ?? node;
    if (typeof shown === "string" && typeof found.at(-1) === "string") found.push(found.pop() + shown);
    else found.push(shown);
  }
  return found;
}
