/** The path of these parts, each of which may have any character. */
export function path(...parts) {
  return `/${parts.map(encodeURIComponent).join("/")}`;
}

/** The query of those parameters that have a value. */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null);
  return given.length > 0 ? `?${new URLSearchParams(given)}` : "";
}
