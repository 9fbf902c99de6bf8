const policy = globalThis.trustedTypes?.createPolicy("undertone-inert", { createHTML: (html) => html }); // goes to `parseFromString` alone
const TAG = /<[a-z][^<>]*>/gi;
const SHEET = /<(\/?)style(?=[\s/>])/gi; // `xmp` holds any text as well
const BASE = /<base(?=[\s/>])/gi;
const REFUSED = /([\s"'/])(style|on[a-z]+)(?=\s*=)/gi;

/**
 * HTML from elsewhere as a document to be read: nothing in it runs or is loaded. No node of it may go into the page. What was
 * a `style` or listens to an event has a name that begins with `data-`, and `style` and `base` are other elements: the page's policy refuses those, and would report each.
 */
export function inertDocument(html) {
  const quiet = html.replace(SHEET, "<$1xmp").replace(BASE, "<x-base").replace(TAG, (tag) => tag.replace(REFUSED, "$1data-$2"));
  return new DOMParser().parseFromString(policy ? policy.createHTML(quiet) : quiet, "text/html");
}
