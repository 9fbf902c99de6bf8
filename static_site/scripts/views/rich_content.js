import { Formatted } from "../models/rich/formatted.js";
import { wordsOf } from "../models/rich/lines.js";
import { elementsOf, htmlOf } from "./rich_elements.js";
import { linesIn } from "./rich_reader.js";

const policy = globalThis.trustedTypes?.createPolicy("undertone-formatted", { createHTML: (html) => html }); // what `htmlOf` wrote

/** The elements of a field that can be edited, as lines (`models/rich/lines.js`) and as a text with marks. */
export class RichContent {
  #element;
  #h;
  #markup;
  #formatted;
  #now = null;
  #generation = 0; // counts the texts that were here
  #before = null; // what was in it before the browser's undo
  #commands = 0; // of the browser's own that run now
  #last; // the selection when it was here the last time
  #changes = new MutationObserver(() => this.#changed());

  /** `markup` is what `Formatted` needs. */
  constructor({ element, h, markup }) {
    this.#element = element;
    this.#h = h;
    this.#markup = markup;
    this.#changes.observe(element, { subtree: true, childList: true, characterData: true, attributes: true });
    element.addEventListener("beforeinput", ({ inputType }) => inputType.startsWith("history") && (this.#before = this.now.lines));
    element.addEventListener("input", ({ inputType }) => inputType?.startsWith("history") && this.#stay());
    this.fill("");
  }

  /** What is in it, `{lines, places, text, segments}`. */
  get now() {
    if (this.#changes.takeRecords().length > 0) this.#changed();
    return this.#read();
  }

  get isFocused() {
    return document.activeElement === this.#element;
  }

  /** What is selected, or was when the focus was here, `{start, end, isCollapsed}`: two places in lines. */
  get selection() {
    const { anchorNode, rangeCount } = getSelection();
    if (rangeCount > 0 && this.#element.contains(anchorNode)) this.#last = this.#selected(getSelection().getRangeAt(0));
    const { start, end } = this.#last;
    return { start, end, isCollapsed: isSame(start, end) };
  }

  /** What is to be selected when the focus comes. */
  remember(selection) {
    if (this.#element.contains(getSelection().anchorNode)) getSelection().removeAllRanges();
    this.#last = selection;
  }

  select({ start, end = start }) {
    this.#last = { start, end };
    getSelection().setBaseAndExtent(...this.#pointAt(start), ...this.#pointAt(end));
    this.#reveal(...this.#pointAt(end));
  }

  focus() {
    if (this.isFocused) return;
    const { start, end } = this.selection;
    this.#element.focus();
    this.select({ start, end });
  }

  /** Scrolls to the caret, as browsers do for what is typed alone. */
  #reveal(node, offset) {
    const range = document.createRange();
    range.setStart(node, offset);
    const { top, bottom } = range.getClientRects()[0] ?? (node.childNodes[offset] ?? node.parentElement).getBoundingClientRect();
    const box = this.#element.getBoundingClientRect();
    if (bottom > box.bottom) this.#element.scrollTop += bottom - box.bottom;
    else if (top < box.top) this.#element.scrollTop -= box.top - top;
  }

  /** Whether what happens is a command of this field: in WebKit, `beforeinput` says so of those too. */
  get isCommanded() {
    return this.#commands > 0;
  }

  /** A command of the browser for what is selected, which undo takes back; false if it did nothing. */
  command(name, value = null) {
    this.#commands += 1;
    document.execCommand("styleWithCSS", false, "false");
    const done = document.execCommand(name, false, value);
    this.#commands -= 1;
    return done;
  }

  /** Lines as a text with marks, `{text, segments}`. */
  written(lines) {
    return this.#formatted.write(lines);
  }

  linesOf(text) {
    return this.#formatted.lines(text);
  }

  /** Another text, with nothing to undo; the caret is at its end. */
  fill(text) {
    this.#generation += 1;
    this.#formatted = new Formatted(this.#markup);
    this.#draw(this.#formatted.lines(text));
    const { lines } = this.now;
    const end = { line: lines.length - 1, at: wordsOf(lines.at(-1)).length };
    this.#last = { start: end, end };
    if (this.isFocused) this.select({ start: end });
  }

  /**
   * Other lines and another selection, which undo takes back. The browser's command nests them in what it leaves of the first
   * block, so an empty one stands before them meanwhile, and another one behind; the first one then holds all of them.
   */
  replace(lines, selection) {
    const guard = () => this.#h("div", { "data-guard": this.#generation }, this.#h("br"));
    const wanted = this.written(lines).text;
    const html = elementsOf(lines, this.#h).map(htmlOf).join("");
    this.#element.toggleAttribute("data-writing", true);
    this.#element.prepend(guard());
    this.#element.append(guard());
    getSelection().setBaseAndExtent(this.#element.firstChild, 0, this.#element, this.#element.childNodes.length);
    const done = this.command("insertHTML", policy ? policy.createHTML(html) : html);
    this.#element.toggleAttribute("data-writing", false);
    const breaks = [...this.#element.querySelectorAll("br:last-child")].at(-1);
    if (this.now.text !== wanted && breaks?.previousSibling?.localName === "br") breaks.remove(); // Firefox puts one behind an empty last line
    const isWanted = done && this.now.text === wanted;
    if (!isWanted) this.#draw(lines); // without undo
    if (selection) this.select(selection);
    if (!isWanted) this.#element.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** What was sent, or is another room's draft, is nothing that undo takes back: what it made of elements from then is dropped. */
  #stay() {
    const isOther = [...this.#element.querySelectorAll("[data-guard]")].some((guard) => guard.dataset.guard !== String(this.#generation));
    if (!isOther) return;
    const { start } = this.selection;
    this.#draw(this.#before);
    this.select({ start });
  }

  #draw(lines) {
    this.#element.replaceChildren(...elementsOf(lines, this.#h));
  }

  #read() {
    if (this.#now) return this.#now;
    const { lines, places } = linesIn(this.#element);
    this.#now = { lines, places, ...this.#formatted.write(lines) };
    return this.#now;
  }

  #changed() {
    this.#now = null;
    const [first, ...others] = this.#read().lines;
    const isBlank = others.length === 0 && first.within.length === 0 && wordsOf(first) === "";
    if (this.#element.hasAttribute("data-blank") !== isBlank) this.#element.toggleAttribute("data-blank", isBlank);
  }

  #selected(range) {
    const start = this.#placeAt(range.startContainer, range.startOffset);
    return { start, end: range.collapsed ? start : this.#placeAt(range.endContainer, range.endOffset) };
  }

  /** The place of a point in the document; one between elements is that of what is behind it in the same element, or else before it. */
  #placeAt(node, offset) {
    const { places } = this.now;
    const exact = node.nodeType === Node.TEXT_NODE && places.find((place) => place.node === node && place.from <= offset && offset <= place.from + place.length);
    if (exact) return { line: exact.line, at: exact.at + offset - exact.from };
    const point = document.createRange();
    point.setStart(node, offset);
    const behind = places.findIndex((place) => point.comparePoint(place.node, place.from) >= 0);
    const next = places[behind];
    if (next && node.contains(next.node)) return { line: next.line, at: next.at };
    const { line, at, length } = behind > 0 ? places[behind - 1] : (next ?? places.at(-1));
    return { line, at: behind === 0 ? at : at + length };
  }

  #pointAt({ line, at }) {
    const { places } = this.now;
    const own = places.filter((place) => place.line === Math.min(line, places.at(-1).line));
    const { node, from, at: begin, length } = own.find((place) => at <= place.at + place.length) ?? own.at(-1);
    return [node, from + Math.min(at - begin, length)];
  }
}

export function isSame(one, other) {
  return one.line === other.line && one.at === other.at;
}
