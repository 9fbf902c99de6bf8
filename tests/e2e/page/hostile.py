"""Texts that a careless parser takes long for, and how it is found out: a script for the page."""

HOSTILE = r"""
const units = [
  "*", "*a ", "a* ", "**a *b ", "***a ", "_a", "~~a ", "`", "`a", "\\`", "@", "@[", " ", "\n",
  "[", "[a](", "[a](b(", "](", "[*a](", "https://a/)!", "https://",
  "> ", "> a\n", ">\n", "- ", "- a\n", " - a\n  ", "- a\n\n", "1. a\n   ",
  "```\n", "```x\ny```\n", "a ```\n", "``` ",
  "/*", "<!--", "'", '"', "'''", "<a ", '="', "a:", "a-", '"a', "${", "#",
];
const growing = (most, unit) => Array.from({ length: most }, (_, at) => unit(at)).join('');
const texts = (length) => [
  ...units.map((unit) => unit.repeat(length / unit.length)),
  '*_ ' + '_* '.repeat(length / 3),
  growing(Math.sqrt(2 * length), (at) => '`'.repeat(at) + ' '),
  growing(Math.sqrt(length), (at) => ' '.repeat(2 * at) + '- a\n'),
];
const quickest = (work) => Math.min(...[1, 2, 3].map(() => {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}));
const SHORTER = 2048;
const LONGER = 16 * SHORTER;
// What takes more than 100 times as long for 16 times the text: 256 times would be the square.
const slow = (work) => {
  const shorter = texts(SHORTER);
  const longer = texts(LONGER);
  for (const text of shorter) work(text);
  return longer.flatMap((text, at) => {
    const growth = quickest(() => work(text)) / Math.max(0.3, quickest(() => work(shorter[at])));
    return growth > 100 ? [[text.slice(0, 20), growth]] : [];
  });
};
"""
