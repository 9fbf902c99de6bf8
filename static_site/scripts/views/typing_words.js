import { listed, t } from "../lib/i18n.js";


/** Who is typing, in words; "" if nobody is. */
export function typingWords(names) {
  if (names.length === 0) return "";
  if (names.length > 3) return t("typing.several");
  return t("typing", { count: names.length, names: listed(names) });
}
