"""Texts that a careless parser takes long for, and how it is found out: a script for the page."""

HOSTILE = r"""
const units = [
  "*", "*a ", "a* ", "**a *b ", "***a ", "_a", "~~a ", "`", "`a", "\\`", "@", "@[", " ", "\n",
  "[", "[a](", "[a](b(", "](", "[*a](", "https://a/)!", "https://",
  "> ", "> a\n", ">\n", "- ", "- a\n", " - a\n  ", "- a\n\n", "1. a\n   ",
  "# a\n", "### *", "|", "|\n", "a|b\n", "-|-\n", "a|\n-|\n", "\\|", "|a\n|-\n||||||||\n",
  "```\n", "```x\ny```\n", "a ```\n", "``` ",
  "/*", "<!--", "'", '"', "'''", "<a ", '="', "a:", "a-", '"a', "${", "#",
];
const growing = (most, unit) => Array.from({ length: most }, (_, at) => unit(at)).join('');
const texts = (length) => [
  ...units.map((unit) => unit.repeat(length / unit.length)),
  '*_ ' + '_* '.repeat(length / 3),
  '|a'.repeat(length / 8) + '\n' + '|-'.repeat(length / 8) + '\n' + '|\n'.repeat(length / 4),
  growing(Math.sqrt(2 * length), (at) => '`'.repeat(at) + ' '),
  growing(Math.sqrt(length), (at) => ' '.repeat(2 * at) + '- a\n'),
];
const time = (work) => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
};
const SHORTER = 2048;
const LONGER = 16 * SHORTER;
const TRIALS = 24; // a machine that is busy in one is not in all of them
// What takes more than 64 times as long for 16 times the text, in every trial: the square would be 256 times.
const slow = (work) => {
  const shorter = texts(SHORTER);
  for (const text of shorter) work(text);
  return texts(LONGER).flatMap((text, at) => {
    let growth = Infinity;
    for (let trial = 0; trial < TRIALS && growth > 64; trial += 1) {
      growth = Math.min(growth, time(() => work(text)) / Math.max(0.3, time(() => work(shorter[at]))));
    }
    return growth > 64 ? [[text.slice(0, 20), growth]] : [];
  });
};
"""
