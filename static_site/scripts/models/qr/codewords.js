// Error correction of level M (15 %), by version: codewords for each block, and blocks (ISO/IEC 18004, table 9).
const LEVEL_M = [[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4], [22, 5], [26, 5], [30, 5], [22, 8], [22, 9], [24, 9], [24, 10]];
const BYTE_MODE = 0b0100;
const PADDING = [0xec, 0x11];
const FIELD = 0x11d; // x⁸ + x⁴ + x³ + x² + 1

const powers = []; // of 2, in the field of 256 elements
for (let value = 1; powers.length < 255; value = value & 0x80 ? (value << 1) ^ FIELD : value << 1) powers.push(value);
const logarithms = new Map(powers.map((value, exponent) => [value, exponent]));

/** The smallest version in which a text of so many bytes has room; `capacityOf(version)` is how many codewords one holds in all. */
export function versionFor(bytes, capacityOf) {
  const found = LEVEL_M.findIndex((_, index) => bytes + overhead(index + 1) <= dataSize(index + 1, capacityOf(index + 1)));
  if (found === -1) throw new Error(`${bytes} bytes do not fit into a QR code of version ${LEVEL_M.length}.`);
  return found + 1;
}

/** All codewords of a symbol in the order in which they are placed: data and error correction of each block, interleaved. */
export function codewords(bytes, version, capacity) {
  const [correction, count] = LEVEL_M[version - 1];
  const data = dataCodewords(bytes, version, dataSize(version, capacity));
  const short = Math.floor(data.length / count);
  const firstLong = count - (data.length % count);
  const blocks = [];
  for (let index = 0, at = 0; index < count; index += 1) {
    const end = at + short + (index >= firstLong ? 1 : 0);
    blocks.push(data.slice(at, end));
    at = end;
  }
  return [...interleaved(blocks), ...interleaved(blocks.map((block) => remainder(block, correction)))];
}

/** The error correction codewords of a block (Reed-Solomon). */
export function remainder(block, count) {
  const generator = generatorOf(count);
  const rest = [...block, ...Array.from({ length: count }, () => 0)];
  for (let at = 0; at < block.length; at += 1) {
    const lead = rest[at];
    for (let index = 1; index <= count; index += 1) rest[at + index] ^= product(generator[index], lead);
  }
  return rest.slice(block.length);
}

/** Mode, length and bytes, then padding. */
function dataCodewords(bytes, version, size) {
  const bits = [...binary(BYTE_MODE, 4), ...binary(bytes.length, version < 10 ? 8 : 16), ...[...bytes].flatMap((byte) => binary(byte, 8))];
  bits.push(...binary(0, Math.min(4, size * 8 - bits.length)));
  while (bits.length % 8 > 0) bits.push(0);
  const data = [];
  for (let at = 0; at < bits.length; at += 8) data.push(Number.parseInt(bits.slice(at, at + 8).join(""), 2));
  for (let index = 0; data.length < size; index += 1) data.push(PADDING[index % 2]);
  return data;
}

function dataSize(version, capacity) {
  const [correction, count] = LEVEL_M[version - 1];
  return capacity - correction * count;
}

/** How many bytes mode and length take; four bits of the last one are the terminator. */
function overhead(version) {
  return version < 10 ? 2 : 3;
}

function binary(value, length) {
  return Array.from({ length }, (_, index) => (value >> (length - 1 - index)) & 1);
}

function interleaved(blocks) {
  const longest = Math.max(...blocks.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => blocks.filter(({ length }) => at < length).map((block) => block[at])).flat();
}

/** The product of (x − 2⁰)(x − 2¹)…, highest power first. */
function generatorOf(count) {
  let polynomial = [1];
  for (let exponent = 0; exponent < count; exponent += 1) {
    polynomial = [...polynomial, 0].map((value, index) => value ^ product(polynomial[index - 1] ?? 0, powers[exponent]));
  }
  return polynomial;
}

function product(one, other) {
  return one === 0 || other === 0 ? 0 : powers[(logarithms.get(one) + logarithms.get(other)) % 255];
}
