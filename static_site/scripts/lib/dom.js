const SVG = "http://www.w3.org/2000/svg";

/** The element with this id; a missing one is a mistake in the page and is named. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no element with the id "${id}".`);
  return element;
}

/** Builds an element. Text goes in as text nodes only, so nothing a person wrote becomes markup. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Builds elements that only differ in what is set afterwards: `build(kind)` makes one of each kind, and what is returned are copies. */
export function stamp(build) {
  const made = new Map();
  return (kind) => {
    if (!made.has(kind)) made.set(kind, build(kind));
    return made.get(kind).cloneNode(true);
  };
}

/** Gives an element these attributes, and takes away those that are null, undefined or false. */
export function assign(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (isNothing(value)) element.removeAttribute(name);
    else attribute(element, name, value === true ? "" : String(value));
  }
}

/** Gives an element an attribute; the same value again costs nothing. */
export function attribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Gives an element these words; the same words again cost nothing, not even a layout of the page. */
export function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** Hides an element or shows it again; one that is as it shall be is left alone, for browsers would look at its style again. */
export function hide(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/** Makes an element's children these, touching only those that differ, so that focus and selection stay in the others. */
export function arrange(parent, children) {
  const wanted = children.filter((child) => !isNothing(child));
  if (!parent.firstChild) return parent.append(...wanted);
  for (const child of [...parent.childNodes].filter((there) => !wanted.includes(there))) child.remove();
  for (const [index, child] of wanted.entries()) {
    const there = parent.childNodes[index] ?? null;
    if (there !== child) parent.insertBefore(child, there);
  }
}

/** Makes an element what a fresh one of its kind is, touching only what differs: a press that has begun on it, or the focus, is not lost. */
export function renew(element, fresh) {
  for (const name of element.getAttributeNames()) if (!fresh.hasAttribute(name)) element.removeAttribute(name);
  for (const { name, value } of fresh.attributes) attribute(element, name, value);
  const old = new Set(element.childNodes);
  const kept = [...fresh.childNodes].map((child) => {
    const same = [...old].find((there) => there.isEqualNode(child));
    old.delete(same);
    return same ?? child;
  });
  arrange(element, kept);
}

/** Makes an element's children what these fresh ones are; of those with the same `data-key` the one that is there stays, with what `renew` keeps. */
export function refresh(parent, children) {
  const before = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const stay = (fresh) => {
    const there = before.get(fresh.dataset.key);
    if (!there) return fresh;
    before.delete(fresh.dataset.key);
    renew(there, fresh);
    return there;
  };
  arrange(parent, children.map(stay));
}

function fill(element, attributes, children) {
  for (const name in attributes) {
    const value = attributes[name];
    if (isNothing(value)) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (!isNothing(child)) element.append(child);
  return element;
}

function isNothing(value) {
  return value === null || value === undefined || value === false;
}
