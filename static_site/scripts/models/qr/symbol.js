const FINDER = 7;
const FORMAT_MASK = 0b101_0100_0001_0010;
const LEVEL_M = 0b00;

/** What is the same in every symbol of a version: `dark` modules by row and column, and which are `fixed`, the places of the format included. */
export function template(version) {
  const size = 17 + 4 * version;
  const dark = square(size);
  const fixed = square(size);
  const put = (row, column, value) => {
    if (row < 0 || column < 0 || row >= size || column >= size) return;
    dark[row][column] = value;
    fixed[row][column] = true;
  };
  for (let at = 8; at < size - 8; at += 1) {
    put(6, at, at % 2 === 0);
    put(at, 6, at % 2 === 0);
  }
  for (const [top, left] of [[0, 0], [0, size - FINDER], [size - FINDER, 0]]) ring(put, top + 3, left + 3, 4, (distance) => distance !== 2 && distance !== 4);
  const centres = alignment(version, size).filter(([row, column]) => !isFinder(row, column, size));
  for (const [row, column] of centres) ring(put, row, column, 2, (distance) => distance !== 1);
  for (const [row, column] of formatPlaces(size).flat()) put(row, column, false);
  put(size - 8, 8, true);
  if (version >= 7) versionBits(version).forEach((bit, index) => putVersion(put, size, index, bit));
  return { size, dark, fixed };
}

/** The modules of a symbol with these codewords, under one of the eight masks. */
export function symbol({ size, dark, fixed }, words, mask) {
  const modules = dark.map((row) => [...row]);
  let at = 0;
  for (const [row, column] of zigzag(size)) {
    if (fixed[row][column]) continue;
    const bit = ((words[at >> 3] ?? 0) >> (7 - (at & 7))) & 1; // what is left over is light
    modules[row][column] = (bit === 1) !== MASKS[mask](row, column);
    at += 1;
  }
  const bits = formatBits(mask);
  for (const places of formatPlaces(size)) for (const [index, [row, column]] of places.entries()) modules[row][column] = bits[index] === 1;
  return modules;
}

/** How many codewords have room in a template. */
export function capacity({ fixed }) {
  return fixed.flat().filter((one) => !one).length >> 3;
}

/** The fifteen bits that say level and mask, the highest first. */
export function formatBits(mask) {
  const data = (LEVEL_M << 3) | mask;
  return bitsOf(((data << 10) | rest(data << 10, 0b101_0011_0111, 10)) ^ FORMAT_MASK, 15);
}

/** The eighteen bits that say the version, the lowest first. */
export function versionBits(version) {
  return bitsOf((version << 12) | rest(version << 12, 0b1_1111_0010_0101, 12), 18).toReversed();
}

const MASKS = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

function square(size) {
  return Array.from({ length: size }, () => Array.from({ length: size }, () => false));
}

function ring(put, row, column, reach, isDark) {
  for (let down = -reach; down <= reach; down += 1) {
    for (let right = -reach; right <= reach; right += 1) put(row + down, column + right, isDark(Math.max(Math.abs(down), Math.abs(right))));
  }
}

/** The centres of the alignment patterns, and three that would lie in the finders. */
function alignment(version, size) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((size - 13) / (count - 1) / 2) * 2;
  const lines = [6, ...Array.from({ length: count - 1 }, (_, index) => size - 7 - step * (count - 2 - index))];
  return lines.flatMap((row) => lines.map((column) => [row, column]));
}

function isFinder(row, column, size) {
  return (row === 6 && (column === 6 || column === size - 7)) || (row === size - 7 && column === 6);
}

/** Where each of the format's bits stands, twice. */
function formatPlaces(size) {
  const around = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => [8, column]).concat([7, 5, 4, 3, 2, 1, 0].map((row) => [row, 8]));
  const apart = Array.from({ length: 7 }, (_, index) => [size - 1 - index, 8]).concat(Array.from({ length: 8 }, (_, index) => [8, size - 8 + index]));
  return [around, apart];
}

function putVersion(put, size, index, bit) {
  const [long, short] = [Math.floor(index / 3), size - 11 + (index % 3)];
  put(long, short, bit === 1);
  put(short, long, bit === 1);
}

/** The places in their order: pairs of columns from the right, up and down in turn, past the vertical timing. */
function* zigzag(size) {
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right -= 1;
    for (let index = 0; index < size; index += 1) {
      const row = up ? size - 1 - index : index;
      yield [row, right];
      yield [row, right - 1];
    }
    up = !up;
  }
}

/** What is left of a division of polynomials with coefficients 0 and 1. */
function rest(dividend, divisor, degree) {
  let left = dividend;
  for (let bit = 31 - Math.clz32(left); bit >= degree; bit = 31 - Math.clz32(left)) left ^= divisor << (bit - degree);
  return left;
}

function bitsOf(value, length) {
  return Array.from({ length }, (_, index) => (value >> (length - 1 - index)) & 1);
}
