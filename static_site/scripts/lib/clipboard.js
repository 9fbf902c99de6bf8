/** Copies a text, and resolves with whether it worked: on plain http there is no clipboard, and a browser may refuse it. */
export async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
