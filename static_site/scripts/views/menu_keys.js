const ITEMS = '[role^="menuitem"]';

/**
 * The keys of a menu, as ARIA's pattern has them: ↑ and ↓ go from row to row, ← and → along one, Home and End to the ends.
 * Items in a group are one row.
 */
export function listenToMenuKeys(menu) {
  menu.addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (altKey || ctrlKey || metaKey) return;
    const next = itemAt(key, [...menu.querySelectorAll(ITEMS)], document.activeElement);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

/** Where a key leads from an item; undefined for other keys, and in an empty menu. From beside the items, it is to their ends. */
function itemAt(key, items, at) {
  if (key === "Home") return items[0];
  if (key === "End") return items.at(-1);
  const rows = [...new Set(items.map(rowOf))].map((row) => items.filter((item) => rowOf(item) === row));
  const row = rows.findIndex((one) => one.includes(at));
  if (key === "ArrowDown") return rows.at((row + 1) % rows.length)?.[0];
  if (key === "ArrowUp") return rows.at(Math.max(row, 0) - 1)?.[0];
  const by = { ArrowRight: 1, ArrowLeft: -1 }[key];
  if (!by || row < 0) return undefined;
  const step = document.documentElement.dir === "rtl" ? -by : by;
  return rows[row].at((rows[row].indexOf(at) + step) % rows[row].length);
}

function rowOf(item) {
  return item.parentElement.getAttribute("role") === "group" ? item.parentElement : item;
}
