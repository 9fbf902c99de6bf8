import { settled } from "./reveal.js";

const MAX_PAGES = 6;
const LIST_TIMEOUT_MS = 3_000;

/**
 * Resolves with where a room opens: the position after which its messages are new, once the log reaches back to it or as
 * far as is loaded without being asked; null if nothing is new. The service may know more of it than this browser.
 */
export async function openingLine(channel, marks) {
  // What comes from here on comes while somebody looks.
  const [newest] = await Promise.all([settled(channel).then(() => channel.log.cursor), listed(marks)]);
  if (channel.state !== "live" || marks.counts(channel.name).unread === 0) return null;
  const line = marks.line(channel.name);
  if (line >= newest) return null;
  await reachBack(channel, line, MAX_PAGES);
  return line;
}

/** Pages back until a room's log has everything after a position; resolves with whether it does. */
export async function reachBack(channel, line, mostPages = Infinity) {
  try {
    for (let page = 0; page < mostPages && channel.log.isShortOf(line); page += 1) {
      if (!(await channel.loadOlder())) break;
    }
  } catch (error) {
    console.info("Older messages could not be loaded; scrolling tries again.", error.message);
  }
  return !channel.log.isShortOf(line);
}

/** Resolves when the service has said what was read, or has not for a while. */
function listed(marks) {
  if (marks.isListed) return Promise.resolve();
  return new Promise((resolve) => {
    const end = marks.on("listed", done);
    const timer = setTimeout(done, LIST_TIMEOUT_MS);
    function done() {
      clearTimeout(timer);
      end();
      resolve();
    }
  });
}
