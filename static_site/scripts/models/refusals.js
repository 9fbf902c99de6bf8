import { hasMessage, t } from "../lib/i18n.js";
import { withLocalTimes } from "./sentences.js";

/**
 * What the service refused, in the language of the page, by the error's code. The service says more than a code can, in
 * English: the message of the code has a place for that where it is needed.
 */
export function refusalWords({ code, message }) {
  const key = `error.${code}`;
  return t(hasMessage(key) ? key : "error.other", { detail: withLocalTimes(String(message)) });
}
