const ROWS = 2;
const COLUMNS = 2;

/**
 * A text with a small table at its selection: `{text, start, end}`, in which the name of its first column is selected, to be
 * written over; what was selected names that column, and then the next one is. `nameOf(number)` names columns.
 */
export function withTable({ text, start, end }, nameOf) {
  const chosen = text.slice(start, end).trim().replace(/\s+/gu, " ").replaceAll("|", "\\|");
  const names = Array.from({ length: COLUMNS }, (_, index) => nameOf(index + 1));
  if (chosen) names[0] = chosen;
  const lines = [row(names), row(names.map(() => "---")), ...Array.from({ length: ROWS }, () => row(names.map(() => " ")))];
  const [above, below] = [text.slice(0, start).trimEnd(), text.slice(end).trimStart()];
  const before = above && `${above}\n\n`;
  const place = before.length + (chosen ? row([chosen, ""]).length - 2 : 2);
  return { text: `${before}${lines.join("\n")}${below && `\n\n${below}`}`, start: place, end: place + names[chosen ? 1 : 0].length };
}

function row(cells) {
  return `| ${cells.join(" | ")} |`;
}
