import { parse } from "./markup/blocks.js";
import { languageNamed } from "./markup/highlight.js";

const LEAD_LINES = 8;
const LEAD_LENGTH = 500;
const ENDINGS = {
  python: "py", javascript: "js", typescript: "ts", csharp: "cs", rust: "rs", ruby: "rb", kotlin: "kt", bash: "sh",
}; // the others are named as their files end

/**
 * A text that is too long for a message as a file, `{name, text, lead}`: `lead` is its beginning, for the message that carries
 * the file. What is one block of code is a file of its language; what has marks is Markdown.
 */
export function asFile(text) {
  const blocks = parse(text);
  const [only] = blocks;
  if (blocks.length === 1 && only.kind === "code") {
    return { name: `message.${endingOf(only.language)}`, text: only.text, lead: `\`\`\`${only.language}\n${leadOf(only.text)}\n\`\`\`` };
  }
  const marked = blocks.some(({ kind, children }) => kind !== "paragraph" || children.some((span) => typeof span !== "string" && span.text === undefined));
  const lead = leadOf(text);
  const open = parse(lead).at(-1)?.kind === "code" && !lead.trimEnd().endsWith("```"); // it was cut within code
  return { name: `message.${marked ? "md" : "txt"}`, text, lead: open ? `${lead}\n\`\`\`` : lead };
}

function endingOf(language) {
  const name = languageNamed(language);
  return name === null ? "txt" : (ENDINGS[name] ?? name);
}

/** Whole lines, or of a long one whole words, and a sign that there is more. */
function leadOf(text) {
  const lines = text.split("\n", LEAD_LINES).join("\n").trimEnd();
  if (lines.length <= LEAD_LENGTH) return `${lines}\n…`;
  const cut = lines.slice(0, LEAD_LENGTH);
  return `${cut.slice(0, Math.max(cut.search(/\s\S*$/), LEAD_LENGTH / 2)).trimEnd().toWellFormed().replace("\ufffd", "")} …`;
}
