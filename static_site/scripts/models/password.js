import { t } from "../lib/i18n.js";


export const MIN_PASSWORD_LENGTH = 10; // code points after NFKC, as the service counts them
export const MAX_PASSWORD_LENGTH = 128;
const COMMON = /commonest/; // the service's word

/** Why this cannot be the new password of somebody with this name, in words, or null. The service knows the commonest ones as well. */
export function passwordProblem(password, name) {
  const length = [...password.normalize("NFKC")].length;
  if (length < MIN_PASSWORD_LENGTH) return t("password.short", { least: MIN_PASSWORD_LENGTH });
  if (length > MAX_PASSWORD_LENGTH) return t("password.long", { most: MAX_PASSWORD_LENGTH });
  return folded(password) === folded(name) ? t("password.is_name") : null;
}

/** Beside which field a refused change is explained ("current" or "new"), and how. */
export function passwordRefusal({ code, message, detail = message }) {
  if (code === "access_denied") return { field: "current", words: t("password.current_wrong") };
  return { field: "new", words: code === "invalid" && COMMON.test(detail) ? t("password.common") : message };
}

function folded(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, " ").trim();
}
