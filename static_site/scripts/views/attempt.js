import { t } from "../lib/i18n.js";


/**
 * Does `work` once at a time while its button is busy. What is refused is said in `problem`, in the service's sentence.
 * Resolves with whether it worked.
 */
export async function attempt({ button, problem }, work) {
  if (button?.ariaBusy === "true") return false;
  if (button) button.ariaBusy = "true";
  problem.textContent = "";
  try {
    await work();
    return true;
  } catch (error) {
    problem.textContent = sentence(error);
    return false;
  } finally {
    if (button) button.ariaBusy = "false";
  }
}

/** Why something was refused, in words, and when it may be tried again. */
export function sentence({ message, retryAfter }) {
  return retryAfter ? t("again.after", { problem: message, seconds: Math.ceil(retryAfter) }) : message;
}
