import { groupsOf, itemsOf, rowsOf, wordsOf } from "./lines.js";

const ORDER = ["strong", "emphasis", "struck", "href", "code"]; // of those that reach equally far, the outer ones first
const DASHES = { __proto__: null, start: ":--", center: ":-:", end: "--:" };
const LOOKS_LIKE_DASHES = /^[\s|:]*-[\s|:-]*$/;
export const MARKS = { strong: "**", emphasis: "*", struck: "~~" };

/** Writes lines as a text with marks. `rules` are `{canEnclose, startsWords, endsWords, ticksAround, fenceAround}` of this page's marks. */
export class Writer {
  #rules;

  constructor(rules) {
    this.#rules = rules;
  }

  /** `{text, segments}`: a segment `{line, at, length, to}` says that so much of a line, from there, stands in the text at `to`. */
  write(lines) {
    const rows = this.#rows(lines, lines.map((_, index) => index), 0);
    const segments = [];
    let text = "";
    for (const [index, pieces] of rows.entries()) {
      if (index > 0) text += "\n";
      for (const { text: part, line, at } of pieces) {
        if (line !== undefined) segments.push({ line, at, length: part.length, to: text.length });
        text += part;
      }
    }
    return { text, segments };
  }

  /** Rows of pieces, `{text}` or `{text, line, at}`. */
  #rows(lines, indexes, depth) {
    const rows = [];
    let above = null;
    for (const { context, indexes: own } of groupsOf(lines, indexes, depth)) {
      const made = context ? this.#block(lines, own, depth, context) : [this.#line(lines[own[0]], own[0])];
      const areOne = context && above?.kind === context.kind && above.ordered === context.ordered && context.kind !== "code";
      if (areOne || (above?.kind === "table" && hasPipe(made[0])) || (context?.kind === "table" && rows.length > 0 && hasPipe(rows.at(-1)) && LOOKS_LIKE_DASHES.test(textOf(made[0])))) rows.push([]);
      rows.push(...made);
      above = context;
    }
    return rows;
  }

  #block(lines, indexes, depth, context) {
    if (context.kind === "code") return this.#code(lines, indexes, context);
    if (context.kind === "table") return this.#table(lines, rowsOf(lines, indexes, depth), context);
    if (context.kind === "list") return itemsOf(lines, indexes, depth).flatMap((own, index) => this.#item(lines, own, depth, context.ordered ? `${context.first + index}. ` : "- "));
    return this.#rows(lines, indexes, depth + 1).map((row) => behind(isEmpty(row) ? ">" : "> ", row));
  }

  #item(lines, indexes, depth, marker) {
    const indent = " ".repeat(marker.length);
    return this.#rows(lines, indexes, depth + 1).map((row, index) => behind(index === 0 ? marker : isEmpty(row) ? "" : indent, row));
  }

  #code(lines, indexes, { language }) {
    const fence = this.#rules.fenceAround(indexes.map((index) => wordsOf(lines[index])).join("\n"));
    return [[{ text: fence + language }], ...indexes.map((line) => [{ text: wordsOf(lines[line]), line, at: 0 }]), [{ text: fence }]];
  }

  #table(lines, rows, { alignments }) {
    const columns = Math.max(alignments.length, ...rows.map((own) => own.length));
    const dashes = Array.from({ length: columns }, (_, column) => DASHES[alignments[column]] ?? "---");
    const made = rows.map((own) => [...own.flatMap((index) => this.#cell(lines[index], index)), { text: `${"|  ".repeat(columns - own.length)}|` }]);
    return made.toSpliced(1, 0, [{ text: `| ${dashes.join(" | ")} |` }]);
  }

  #cell(line, index) {
    return [{ text: "| " }, ...this.#line(line, index).flatMap(withoutPipes), { text: " " }];
  }

  #line({ runs }, line) {
    let at = 0;
    const pieces = [];
    for (const { text, marks } of runs) {
      if (text !== "") pieces.push({ text, marks, line, at });
      at += text.length;
    }
    return pieces.length === 0 ? [{ text: "", line, at: 0 }] : this.#marked(pieces, { before: "", after: "" }, []);
  }

  /** Of the marks that begin at a piece, the one that reaches farthest is around the others; those in `done` are around it already. */
  #marked(pieces, { before, after }, done) {
    const made = [];
    for (let index = 0; index < pieces.length; ) {
      const [kind, end] = outermost(pieces, index, done);
      const group = pieces.slice(index, end);
      const beside = { before: pieces[index - 1]?.text.at(-1) ?? before, after: pieces[end]?.text[0] ?? after };
      made.push(...(kind === null ? group : this.#enclosed(kind, group, beside, [...done, kind])));
      index = end;
    }
    return made;
  }

  /** What the marks enclose begins and ends with a word; what cannot be marked there stands without. */
  #enclosed(kind, group, { before, after }, done) {
    const text = group.map((piece) => piece.text).join("");
    const [start, end] = kind in MARKS ? [this.#rules.startsWords(text), this.#rules.endsWords(text)] : [text.length - text.trimStart().length, text.trimEnd().length];
    const [ahead, core, behind] = [part(group, 0, start), part(group, start, end), part(group, end, text.length)];
    const words = text.slice(start, end);
    const around = { before: text[start - 1] ?? before, after: text[end] ?? after };
    const marks = start < end ? this.#marksFor(kind, core, words, around, done) : null;
    if (marks === null) return this.#marked(group, { before, after }, done);
    const outside = (pieces, beside) => this.#marked(pieces, beside, done);
    return [...outside(ahead, { before, after: words[0] }), { text: marks.open }, ...marks.inner, { text: marks.close }, ...outside(behind, { before: words.at(-1), after })];
  }

  #marksFor(kind, core, words, { before, after }, done) {
    if (kind === "code") {
      const [open, close] = this.#rules.ticksAround(words);
      return { open, inner: core, close };
    }
    const inner = this.#marked(core, { before: "", after: "" }, done);
    if (kind === "href") return /[[\]]/.test(words) || words === core[0].marks.href ? null : { open: "[", inner, close: `](${core[0].marks.href})` };
    if (!this.#rules.canEnclose(before, words, after, MARKS[kind])) return null;
    const touches = inner[0].text.startsWith("*") || inner.at(-1).text.endsWith("*");
    const mark = kind === "emphasis" && touches ? "_" : MARKS[kind]; // three stars would be strong first
    return { open: mark, inner, close: mark };
  }
}

function outermost(pieces, index, done) {
  let best = [null, index + 1];
  for (const kind of ORDER) {
    const mark = pieces[index].marks[kind];
    if (!mark || done.includes(kind)) continue;
    let end = index + 1;
    while (end < pieces.length && pieces[end].marks[kind] === mark) end += 1;
    if (best[0] === null || end > best[1]) best = [kind, end];
  }
  return best;
}

/** The part of some pieces between two offsets of their text. */
function part(pieces, from, to) {
  let begin = 0;
  return pieces.flatMap((piece) => {
    const [first, last] = [Math.max(0, from - begin), Math.min(piece.text.length, to - begin)];
    begin += piece.text.length;
    return first < last ? [{ ...piece, text: piece.text.slice(first, last), at: piece.at + first }] : [];
  });
}

/** A piece with a backslash before each pipe, so that it stays in its cell. */
function withoutPipes(piece) {
  if (piece.line === undefined) return [{ text: piece.text.replaceAll("|", "\\|") }];
  let { at } = piece;
  return piece.text.split(/(?=\|)/).flatMap((text) => {
    const own = { text, line: piece.line, at };
    at += text.length;
    return text[0] === "|" ? [{ text: "\\" }, own] : [own];
  });
}

function textOf(row) {
  return row.map(({ text }) => text).join("");
}

function hasPipe(row) {
  return textOf(row).includes("|");
}

function behind(text, row) {
  return [{ text }, ...row];
}

function isEmpty(row) {
  return row.every(({ text }) => text === "");
}
