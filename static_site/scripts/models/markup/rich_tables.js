const MAX_COLUMNS = 50;
const ALIGNED = { __proto__: null, center: ":-:", right: "--:", end: "--:", left: "---", start: "---" };

/** A table of at least two columns with this page's marks, `cell(node)` being the words of a cell; null for what only lays something out. */
export function tableText(element, cell) {
  const rows = [...element.querySelectorAll("tr")].filter((row) => row.closest("table") === element).map(cellsOf);
  const isLayout = element.querySelector("table") !== null || rows.every((cells) => cells.length < 2);
  if (isLayout) return null;
  const words = rows.map((cells) => cells.map((node) => (node === null ? "" : cell(node).replaceAll("|", "\\|"))));
  const first = words.findIndex((cells) => cells.some((text) => text !== ""));
  const columns = Math.min(MAX_COLUMNS, Math.max(...words.map((cells) => cells.length)));
  if (first === -1) return null;
  const dashes = Array.from({ length: columns }, (_, index) => ALIGNED[alignmentOf((rows[first + 1] ?? rows[first])[index])] ?? "---");
  const line = (cells) => `| ${Array.from({ length: columns }, (_, index) => cells[index] ?? "").join(" | ")} |`;
  const [head, ...body] = words.slice(first);
  return [line(head), line(dashes), ...body.map(line)].join("\n");
}

/** The cells of a row; null where one reaches over several columns. */
function cellsOf(row) {
  return [...row.children].filter(({ localName }) => localName === "td" || localName === "th").flatMap((node) => {
    const more = Math.min(MAX_COLUMNS, Number(node.getAttribute("colspan")) || 1) - 1;
    return [node].concat(Array.from({ length: Math.max(0, more) }, () => null));
  });
}

function alignmentOf(node) {
  const styled = /text-align:\s*(\w+)/i.exec(node?.getAttribute("data-style") ?? "")?.[1];
  return (styled ?? node?.getAttribute("align") ?? "").toLowerCase();
}
