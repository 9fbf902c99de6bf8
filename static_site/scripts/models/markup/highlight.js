import { ALIASES, LANGUAGES } from "./languages.js";

const WORD = String.raw`[\p{L}_$][\p{L}\p{N}_$]*`;
const NUMBER = String.raw`(?:0[xXbBoO][\p{L}\p{N}_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)[\p{L}\p{N}]*`;
const grammars = new Map();

/**
 * Cuts code into `{kind, text}`; the texts together are the code. Kinds are comment, string, number, keyword, name, added
 * and removed, null for the rest. Code of an unknown language is one piece.
 */
export function highlight(code, language) {
  const grammar = grammarOf(language);
  if (!grammar) return [{ kind: null, text: code }];
  const pieces = [];
  const add = (kind, text) => {
    if (text === "") return;
    if (pieces.at(-1)?.kind === kind) pieces.at(-1).text += text;
    else pieces.push({ kind, text });
  };
  let end = 0;
  for (const match of code.matchAll(grammar.pattern)) {
    add(null, code.slice(end, match.index));
    add(kindOf(match, grammar), match[0]);
    end = match.index + match[0].length;
  }
  add(null, code.slice(end));
  return pieces;
}

function kindOf([text, ...groups], { kinds, keywords, constants, anyCase }) {
  const kind = kinds[groups.findIndex((group) => group !== undefined)];
  if (kind !== "word") return kind;
  const word = anyCase ? text.toLowerCase() : text;
  if (keywords.has(word)) return "keyword";
  return constants.has(word) ? "number" : null;
}

/** The name in `LANGUAGES` of what a language or an ending of files is called, or null. */
export function languageNamed(called) {
  const named = called.toLowerCase();
  const name = Object.hasOwn(ALIASES, named) ? ALIASES[named] : named;
  return Object.hasOwn(LANGUAGES, name) ? name : null;
}

function grammarOf(named) {
  const name = languageNamed(named);
  if (name === null) return null;
  if (!grammars.has(name)) grammars.set(name, compiled(LANGUAGES[name]));
  return grammars.get(name);
}

function compiled({ rules, keywords, constants, anyCase = false }) {
  const all = [...rules, ["word", WORD], ["number", NUMBER]];
  return {
    pattern: new RegExp(all.map(([, source]) => `(${source})`).join("|"), "gu"),
    kinds: all.map(([kind]) => kind),
    keywords: new Set(keywords.split(" ")),
    constants: new Set(constants.split(" ")),
    anyCase,
  };
}
