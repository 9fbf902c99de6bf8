export const MAX_FILES_OF_A_MESSAGE = 4; // as the service takes them

/** How many messages so many files need. */
export function messagesFor(count) {
  return Math.max(1, Math.ceil(count / MAX_FILES_OF_A_MESSAGE));
}

/**
 * The messages that carry `texts`, `{text, mentions}`, and any number of files, in their order: `{text, mentions, replyTo, files}`. The
 * first has what is replied to and the first files; files that it cannot carry come after the last text.
 */
export function messageParts(texts, { files = [], replyTo = null } = {}) {
  const carried = Array.from({ length: messagesFor(files.length) }, (_, index) => files.slice(index * MAX_FILES_OF_A_MESSAGE, (index + 1) * MAX_FILES_OF_A_MESSAGE));
  const [first, ...rest] = carried;
  const withText = texts.map((one, index) => (index === 0 ? { ...one, replyTo, files: first } : { ...one, files: [] }));
  return [...withText, ...rest.map((own) => ({ text: "", files: own }))];
}
