import { ENGLISH } from "../languages/en.js";

const HOLE = /\{(\w+)\}/;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const [ISOLATE, END_ISOLATE] = ["\u2068", "\u2069"]; // what stands between them turns nothing around it
let language = "en";
let table = ENGLISH;
let isRightToLeft = false;
let locales; // until a language is chosen, those of the browser
let formats = new Map();
const cut = new Map(); // message -> its pieces, of which every second one names a hole: a log says the same few things over and over

/** Speaks a language from now on, by its code and table; `preferred` are the browser's, whose regions write dates in their own way. */
export function speak(code, spoken, { rightToLeft = false, preferred = [] } = {}) {
  language = code;
  table = spoken;
  isRightToLeft = rightToLeft;
  const own = preferred.filter((tag) => tag.toLowerCase().split("-")[0] === code);
  locales = [...own, code];
  formats = new Map();
}

/** What this chat is called, as its document says. */
export function applicationName() {
  return document.querySelector('meta[name="application-name"]')?.content ?? "Undertone";
}

/** The code of the language that is spoken. */
export function spokenLanguage() {
  return language;
}

/** A message in the language of the page. `values` fill its holes: numbers as they are written there, words as they are; `count` chooses the plural, and `app` is what this chat is called. */
export function t(key, values = {}) {
  const pieces = piecesOf(key, values);
  return pieces.length === 1 ? pieces[0] : filledIn(pieces, values).join("");
}

/** The same in parts, for a message in which some values are elements, or lists of parts. */
export function parts(key, values = {}) {
  return filledIn(piecesOf(key, values), values).filter((piece) => piece !== "");
}

/** Whether there is such a message. */
export function hasMessage(key) {
  return Object.hasOwn(ENGLISH, key);
}

/** An object of `Intl` in the language of the page, made once: `intl("ListFormat", {type: "conjunction"})`. */
export function intl(kind, options = {}) {
  const key = kind + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl[kind](locales, options));
  return formats.get(key);
}

/** "A, B and C", as the language says it. */
export function listed(words) {
  return intl("ListFormat").format(words);
}

/** Things that stand side by side in one line, as a name and a size; those that are not there are left out. */
export function sideBySide(...words) {
  return words.filter(Boolean).map(isolated).join(" · ");
}

function piecesOf(key, values) {
  const message = formOf(key, values.count);
  if (!cut.has(message)) cut.set(message, message.split(HOLE));
  return cut.get(message);
}

function filledIn(pieces, values) {
  return pieces.flatMap((piece, index) => (index % 2 === 0 ? piece : filled(piece, values)));
}

function formOf(key, count) {
  const message = table[key] ?? ENGLISH[key];
  if (message === undefined) throw new Error(`There is no message "${key}"; one in languages/en.js was expected.`);
  return typeof message === "string" ? message : message[intl("PluralRules").select(count)];
}

function filled(name, values) {
  const value = name === "app" ? applicationName() : values[name];
  if (value === undefined) throw new Error(`A message has a place for ${name}; the values given are ${Object.keys(values).join(", ")}.`);
  if (typeof value === "number") return intl("NumberFormat").format(value);
  return typeof value === "string" ? isolated(value) : value;
}

/** A word of another direction must not turn what stands around it. */
function isolated(word) {
  return isRightToLeft || RIGHT_TO_LEFT.test(word) ? ISOLATE + word + END_ISOLATE : word;
}
