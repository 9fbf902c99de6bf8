import { codewords, versionFor } from "./codewords.js";
import { capacity, symbol, template } from "./symbol.js";

const MASKS = 8;
const LONG_RUN = 5;
const LIKE_A_FINDER = ["10111010000", "00001011101"];

/** The modules of the QR code (ISO/IEC 18004, level M) of a text: rows of true for dark. Whatever `mask` is chosen can be read; best is the one that disturbs least. */
export function qrCode(text, mask = null) {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length, (one) => capacity(template(one)));
  const plain = template(version);
  const words = codewords(bytes, version, capacity(plain));
  if (mask !== null) return symbol(plain, words, mask);
  const all = Array.from({ length: MASKS }, (_, index) => symbol(plain, words, index));
  const penalties = all.map(penalty);
  return all[penalties.indexOf(Math.min(...penalties))];
}

/** How much in a symbol may mislead a reader: runs, blocks, what looks like a finder, and too much of one shade. */
function penalty(modules) {
  const lines = [...modules, ...modules.map((_, column) => modules.map((row) => row[column]))];
  const share = modules.flat().filter(Boolean).length / modules.length ** 2;
  return sum(lines.map(ofLine)) + blocks(modules) + 10 * Math.floor(Math.abs(share - 0.5) * 20);
}

function ofLine(line) {
  const shades = line.map(Number).join("");
  const runs = shades.match(/0{5,}|1{5,}/g) ?? [];
  const like = Array.from(shades, (_, at) => LIKE_A_FINDER.includes(shades.slice(at, at + LIKE_A_FINDER[0].length))).filter(Boolean);
  return sum(runs.map(({ length }) => 3 + length - LONG_RUN)) + 40 * like.length;
}

function blocks(modules) {
  const same = (row, column) => [modules[row][column + 1], modules[row + 1][column], modules[row + 1][column + 1]].every((one) => one === modules[row][column]);
  return sum(modules.slice(1).map((line, row) => 3 * line.slice(1).filter((_, column) => same(row, column)).length));
}

function sum(numbers) {
  return numbers.reduce((total, one) => total + one, 0);
}
