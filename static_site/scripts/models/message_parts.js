import { MAX_PARTS_OF_A_FILE } from "./file_parts.js";

export const MAX_FILES_OF_A_MESSAGE = MAX_PARTS_OF_A_FILE; // as the service takes them

/** How many messages so many files need; each is how many parts it has, which stay together. */
export function messagesFor(counts) {
  return packed(counts.map((count) => Array.from({ length: count }))).length;
}

/**
 * The messages that carry `texts`, `{text, mentions}`, and any number of files, in their order: `{text, mentions, replyTo, files}`. A
 * file is the list of its parts. The first message has what is replied to and the first files; files that it cannot carry come after
 * the last text.
 */
export function messageParts(texts, { files = [], replyTo = null } = {}) {
  const [first, ...rest] = packed(files);
  const withText = texts.map((one, index) => (index === 0 ? { ...one, replyTo, files: first } : { ...one, files: [] }));
  return [...withText, ...rest.map((own) => ({ text: "", files: own }))];
}

/** As many files in a message as it carries, in their order; there is always a first message. */
function packed(files) {
  const messages = [[]];
  for (const parts of files) {
    if (messages.at(-1).length + parts.length > MAX_FILES_OF_A_MESSAGE) messages.push([]);
    messages.at(-1).push(...parts);
  }
  return messages;
}
