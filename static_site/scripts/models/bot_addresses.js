const HERE = new Set(["localhost", "127.0.0.1"]);

/** What is said of where a bot is called, as a message of the table and its values; `webhook` as the service tells it, or null. */
export function addressOf(webhook) {
  if (!webhook) return { key: "bots.address.none", values: {} };
  return { key: webhook.off ? "bots.address.off" : "bots.address.is", values: { host: hostOf(webhook.url) } };
}

/**
 * What is wrong with an address before the service is asked, as a message of the table, or null. A bot on one's own machine is
 * for the service to refuse, which allows it in tests.
 */
export function addressProblem(url) {
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : {};
  return protocol === "https:" || HERE.has(hostname) ? null : "bots.address.wrong";
}

/** The host of an address; an address that is none stands for itself. */
export function hostOf(url) {
  return URL.canParse(url) ? new URL(url).host : url;
}
