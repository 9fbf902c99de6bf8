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
  lock: "M7.5 11h9A1.5 1.5 0 0 1 18 12.5v5a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 6 17.5v-5A1.5 1.5 0 0 1 7.5 11zM9 11V8a3 3 0 0 1 6 0v3",
  room: "M10 5L8 19M16 5l-2 14M5.5 9.5h14M4.5 14.5h14",
  people: "M9.5 11.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5zM3.5 19c.4-3 2.8-4.75 6-4.75s5.6 1.75 6 4.75M15.5 5.3a3.25 3.25 0 0 1 0 5.9M17.5 14.6c1.7.6 2.8 2.1 3 4.4",
  person: "M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5.5 19.5c.5-3.2 3-5 6.5-5s6 1.8 6.5 5",
  shield: "M12 3.5l7 2.5v5.5c0 4.3-2.9 7.5-7 9-4.1-1.5-7-4.7-7-9V6z",
  chat: "M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v8.5a1.5 1.5 0 0 1-1.5 1.5h-7.5L7 20.5V17H5a1.5 1.5 0 0 1-1.5-1.5V7A1.5 1.5 0 0 1 5 5.5z",
  back: "M19 12H6M11.5 6l-6 6 6 6",
  bell: "M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 2h-14zM10.25 21h3.5",
  bellOff: "M6.5 16.5V11c0-1 .3-2 .8-2.9M9.3 6.2A5.5 5.5 0 0 1 17.5 11v3M19 18.5H5l1.5-2M10.25 21h3.5M4.5 4.5l15 15",
  up: "M12 19V6M6 11.5l6-6 6 6",
  face: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM9 10h.01M15 10h.01M8.5 14.2c.9 1.2 2.1 1.8 3.5 1.8s2.6-.6 3.5-1.8",
  search: "M10.5 5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM14.6 14.6L19 19",
  pulse: "M4 12h4l2.2-6 3.6 12 2.2-6h4",
  forth: "M5 12h13M12.5 6l6 6-6 6",
  clip: "M18.5 11.5l-6.6 6.6a4 4 0 0 1-5.7-5.7l7.3-7.3a2.7 2.7 0 0 1 3.8 3.8l-7.2 7.2a1.3 1.3 0 0 1-1.9-1.9l6.2-6.2",
  file: "M7 4h6.5L18 8.5v10A1.5 1.5 0 0 1 16.5 20h-9A1.5 1.5 0 0 1 6 18.5v-13A1.5 1.5 0 0 1 7.5 4M13 4v5h5",
  gear: "M12 9.25a2.75 2.75 0 1 0 0 5.5 2.75 2.75 0 0 0 0-5.5zM10.6 3.5h2.8l.5 2.3 1.7.7 2-1.3 2 2-1.3 2 .7 1.7 2.3.5v2.8l-2.3.5-.7 1.7 1.3 2-2 2-2-1.3-1.7.7-.5 2.3h-2.8l-.5-2.3-1.7-.7-2 1.3-2-2 1.3-2-.7-1.7-2.3-.5v-2.8l2.3-.5.7-1.7-1.3-2 2-2 2 1.3 1.7-.7z",
  eye: "M3.5 12c2-3.7 4.8-5.5 8.5-5.5s6.5 1.8 8.5 5.5c-2 3.7-4.8 5.5-8.5 5.5S5.5 15.7 3.5 12zM12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
  share: "M12 14V4M8 7.5l4-4 4 4M8.5 10.5H7A1.5 1.5 0 0 0 5.5 12v6.5A1.5 1.5 0 0 0 7 20h10a1.5 1.5 0 0 0 1.5-1.5V12a1.5 1.5 0 0 0-1.5-1.5h-1.5",
  play: "M8.5 5.5v13l10-6.5z",
  down: "M12 5v13M6 12.5l6 6 6-6",
};

const TURNED = new Set(["send", "leave", "back", "forth"]); // from right to left where people read so
const made = new Map(); // name -> an icon to copy, which is faster than to make another: each message has one

/** A line icon; decoration only, so the button around it carries the name. */
export function icon(name) {
  if (!made.has(name)) made.set(name, drawn(name));
  return made.get(name).cloneNode(true);
}

function drawn(name) {
  const line = svg("path", { d: PATHS[name] });
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "data-turns": TURNED.has(name), "aria-hidden": "true", focusable: "false" }, line);
}
