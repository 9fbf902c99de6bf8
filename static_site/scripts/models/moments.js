const MOST = 6; // each may cost a request

/**
 * The messages worth opening, with what they say: of those that the log has not, the service is asked for each, once. `known(seq)` is
 * a message of the log, `ask(before)` resolves with the one message before a place. A deleted one is left out; of one that could not
 * be had, `message` is null.
 */
export async function momentsOf(moments, { known, ask }) {
  const found = await Promise.all(moments.slice(0, MOST).map(async ({ seq, score }) => ({ seq, score, message: known(seq) ?? (await asked(seq, ask)) })));
  return found.filter(({ message }) => !message?.deleted && !message?.void);
}

async function asked(seq, ask) {
  try {
    const { messages } = await ask(seq + 1);
    return messages.find((message) => message.seq === seq) ?? null;
  } catch (error) {
    console.info(`Message ${seq} could not be had; it is named by its number.`, error.message);
    return null;
  }
}
