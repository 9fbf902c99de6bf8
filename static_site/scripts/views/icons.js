import { svg } from "../lib/dom.js";

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h10",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  send: "M5 12h13M12.5 6l6 6-6 6",
  leave: "M14 7l5 5-5 5M19 12H9M11 4H6a1.5 1.5 0 0 0-1.5 1.5v13A1.5 1.5 0 0 0 6 20h5",
  door: "M5 20h14M7 20V5.5A1.5 1.5 0 0 1 8.5 4h7A1.5 1.5 0 0 1 17 5.5V20M13.5 12v.6",
  keyboard: "M4.5 6.5h15a1.5 1.5 0 0 1 1.5 1.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16V8a1.5 1.5 0 0 1 1.5-1.5zM7 10.5h.5M11.8 10.5h.4M16.5 10.5h.5M8.5 14h7",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.7 5.7l1 1M17.3 17.3l1 1M18.3 5.7l-1 1M6.7 17.3l-1 1",
  moon: "M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z",
  halves: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 4v16M12 8l5.5-1.5M12 12h8M12 16l5.5 1.5",
  more: "M6 12h.01M12 12h.01M18 12h.01",
  lock: "M7.5 11h9A1.5 1.5 0 0 1 18 12.5v5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 17.5v-5A1.5 1.5 0 0 1 7.5 11zM9 11V8a3 3 0 0 1 6 0v3",
  room: "M10 5L8 19M16 5l-2 14M5.5 9.5h14M4.5 14.5h14",
  people: "M9.5 11.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3.5 19c.4-3 2.8-4.75 6-4.75s5.6 1.75 6 4.75M15.5 5.3a3.25 3.25 0 0 1 0 5.9M17.5 14.6c1.7.6 2.8 2.1 3 4.4",
  shield: "M12 3.5l7 2.5v5.5c0 4.3-2.9 7.5-7 9-4.1-1.5-7-4.7-7-9V6z",
  chat: "M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v8.5a1.5 1.5 0 0 1-1.5 1.5h-7.5L7 20.5V17H5a1.5 1.5 0 0 1-1.5-1.5V7A1.5 1.5 0 0 1 5 5.5z",
  back: "M19 12H6M11.5 6l-6 6 6 6",
  up: "M12 19V6M6 11.5l6-6 6 6",
  down: "M12 5v13M6 12.5l6 6 6-6",
};

/** A line icon; decoration only, so the button around it carries the name. */
export function icon(name) {
  const line = svg("path", { d: PATHS[name] });
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, line);
}
