/** Who is typing, in words; "" if nobody is. */
export function typingWords(names) {
  if (names.length === 0) return "";
  if (names.length > 3) return "Several people are typing…";
  return `${new Intl.ListFormat("en").format(names)} ${names.length === 1 ? "is" : "are"} typing…`;
}
