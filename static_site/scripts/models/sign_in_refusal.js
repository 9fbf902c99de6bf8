import { t } from "../lib/i18n.js";


/** Beside which field a refused sign-in is explained ("name", "code" or "admin"), and how. `codeAsked` says whether an access code was asked for. */
export function signInRefusal({ code, message, detail = message, retryAfter }, { codeAsked }) {
  if (code === "name_taken") return { field: "name", words: t("join.name_taken") };
  if (code === "access_denied" && /admin code/i.test(detail)) return { field: "admin", words: t("join.admin_wrong", { detail: message }) };
  if (code === "access_denied" && /access code/i.test(detail)) return { field: "code", words: t(codeAsked ? "join.code_wrong" : "join.code_needed") };
  return { field: "name", words: retryAfter ? t("again.after", { problem: message, seconds: Math.ceil(retryAfter) }) : message };
}
