export const MAX_FILES_OF_A_MESSAGE = 4; // as the service takes them

/** How many messages so many files need. */
export function messagesFor(count) {
  return Math.max(1, Math.ceil(count / MAX_FILES_OF_A_MESSAGE));
}

/** The messages that carry a text and any number of files, in their order: the first has the text and what belongs to it. */
export function messageParts(text, { files = [], ...about } = {}) {
  return Array.from({ length: messagesFor(files.length) }, (_, index) => {
    const own = files.slice(index * MAX_FILES_OF_A_MESSAGE, (index + 1) * MAX_FILES_OF_A_MESSAGE);
    return index === 0 ? { text, about: { ...about, files: own } } : { text: "", about: { files: own } };
  });
}
