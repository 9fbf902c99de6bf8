import { svg } from "../lib/dom.js";
import { qrCode } from "../models/qr/qr_code.js";

const QUIET = 4; // modules around it, as the standard wants

/** A text as a QR code, dark on light in every theme; `name` is what screen readers call it. */
export function qrView(text, name) {
  const modules = qrCode(text);
  const side = modules.length + 2 * QUIET;
  const path = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : ""))).join("");
  return svg("svg", { class: "qr", viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": name, "shape-rendering": "crispEdges" }, svg("rect", { class: "qr-paper", width: side, height: side }), svg("path", { class: "qr-ink", d: path }));
}
