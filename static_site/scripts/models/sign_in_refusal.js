import { t } from "../lib/i18n.js";


const OF_PASSWORD = /the password is wrong/; // the service's words
const NOTHING_YET = "";

/**
 * Beside which field a refused sign-in is explained ("name", "password", "code" or "admin"), and how. `codeAsked` says whether
 * an access code was asked for, `asGuest` that somebody was to be a guest, who has no password.
 */
export function signInRefusal({ code, message, detail = message, retryAfter, kept }, { codeAsked, asGuest = false }) {
  if (code === "name_taken" && kept && !asGuest) return { field: "password", words: NOTHING_YET };
  if (code === "access_denied" && OF_PASSWORD.test(detail)) return { field: "password", words: t("join.password_wrong") };
  if (code === "name_taken") return { field: "name", words: t("join.name_taken") };
  if (code === "access_denied" && /admin code/i.test(detail)) return { field: "admin", words: t("join.admin_wrong", { detail: message }) };
  if (code === "access_denied" && /access code/i.test(detail)) return { field: "code", words: t(codeAsked ? "join.code_wrong" : "join.code_needed") };
  return { field: "name", words: retryAfter ? t("again.after", { problem: message, seconds: Math.ceil(retryAfter) }) : message };
}
