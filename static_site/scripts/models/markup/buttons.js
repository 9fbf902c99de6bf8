const MAX_BUTTONS = 12;
const ONE = /\[([^[\]\n]{1,40})\]\(undertone:([A-Za-z0-9_.:-]{1,100})\)/g;
const LINE = new RegExp(`^\\s*${ONE.source}(?:[^\\S\\n]+${ONE.source})*\\s*$`);

/**
 * A message as it is shown, and the buttons of its last line, `{label, value}`: only those of a bot, and as the service
 * understands them, whose rule is the same (`domain/buttons.py`). Hooks can be called by nobody, so theirs stay text.
 */
export function withButtons(message) {
  const none = { shown: message, buttons: [] };
  const { user, text } = message;
  if (!user?.bot || user.id.startsWith("hook-") || !text.includes("](undertone:")) return none;
  const whole = text.trimEnd();
  const start = whole.lastIndexOf("\n") + 1;
  const line = whole.slice(start);
  if (!LINE.test(line)) return none;
  const buttons = [...line.matchAll(ONE)].map(([, label, value]) => ({ label: label.trim(), value }));
  if (buttons.length > MAX_BUTTONS || buttons.some(({ label }) => label === "")) return none;
  return { shown: { ...message, text: whole.slice(0, start).trimEnd() }, buttons };
}
