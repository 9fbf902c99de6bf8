const TIMEOUT_MS = 10_000;

/** Where the service is, as `config.json` beside the page says; nothing about the deployment is hard-coded. */
export async function loadConfig(fetcher = fetch) {
  const response = await fetcher("config.json", { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`config.json answered ${response.status}; 200 was expected.`);
  const { websocketUrl, restUrl, version, signIn, linkPreviews, roomsBy } = await response.json();
  for (const [key, value] of Object.entries({ websocketUrl, restUrl })) {
    if (typeof value !== "string" || !URL.canParse(value, location.href)) {
      throw new Error(`config.json has ${key} = ${JSON.stringify(value)}; an address was expected.`);
    }
  }
  return {
    websocketUrl,
    restUrl: restUrl.replace(/\/+$/, ""),
    version: version ?? "",
    signIn: readSignIn(signIn),
    linkPreviews: linkPreviews === true,
    roomsBy: roomsBy === "admins" ? "admins" : "everyone",
  };
}

/** The ways to sign in; a deployment that tells none has names, and asks for a code when it wants one. */
function readSignIn({ name = true, accessCode = false, adminCode = true, oidc = null } = {}) {
  if (oidc && !/^https?:\/\/./.test(oidc.authorizationEndpoint)) {
    throw new Error(`config.json has authorizationEndpoint = ${JSON.stringify(oidc.authorizationEndpoint)}; an address was expected.`);
  }
  return { name, accessCode, adminCode, oidc };
}
