const TALLEST = 0.35; // of the window
const SLACK_PX = 4; // one line is not exactly as tall everywhere

/**
 * Makes a field as tall as its text. `form` says in `data-tall` if that has more than one line: the style sheet may then give
 * it the whole width. What is around the form keeps its place while it is measured, so that nothing there scrolls.
 */
export function growingField(field, form) {
  return function fit() {
    form.style.setProperty("min-height", `${form.offsetHeight}px`);
    form.toggleAttribute("data-tall", false);
    field.style.setProperty("height", "0");
    const line = field.clientHeight; // what its padding and least height make it
    const narrow = field.scrollHeight;
    form.toggleAttribute("data-tall", narrow > line + SLACK_PX);
    field.style.setProperty("height", `${Math.min(field.scrollHeight, innerHeight * TALLEST)}px`);
    form.style.removeProperty("min-height");
  };
}
