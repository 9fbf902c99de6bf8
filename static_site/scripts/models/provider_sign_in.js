import { hasMessage, t } from "../lib/i18n.js";
import { Store, storageArea } from "../lib/store.js";

const BEGUN = "signIn";
const ASK_AGAIN = "providerAsksAgain";
const VERIFIER_BYTES = 32; // 43 characters, as RFC 7636 recommends

/** Signing in with a provider: OpenID Connect, authorization code with PKCE, as RFC 7636 and OpenID Connect Core say. */
export class ProviderSignIn {
  #provider;
  #tab;
  #store;

  /** `provider` is `signIn.oidc` of the configuration, or null; `tab` is kept as long as the tab, `store` by the browser. */
  constructor({ provider, store, tab = new Store(storageArea("sessionStorage")) }) {
    this.#provider = provider;
    this.#store = store;
    this.#tab = tab;
  }

  get label() {
    return this.#provider?.label ?? null;
  }

  /** The address of the provider at which this browser may sign in; what belongs to the attempt is kept for its return. */
  async begin() {
    if (!globalThis.crypto?.subtle) throw new Error(t("provider.not_secure"));
    const begun = { state: random(), nonce: random(), codeVerifier: random(), redirectUri: pageAddress(), hash: location.hash };
    this.#tab.set(BEGUN, begun);
    if (this.#tab.problem) throw new Error(t("provider.not_kept"));
    const address = new URL(this.#provider.authorizationEndpoint);
    const asked = {
      response_type: "code",
      client_id: this.#provider.clientId,
      scope: this.#provider.scope,
      redirect_uri: begun.redirectUri,
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await challenge(begun.codeVerifier),
      code_challenge_method: "S256",
      ...(this.#store.get(ASK_AGAIN) && { prompt: "login" }),
    };
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
    return address.href;
  }

  /**
   * What the provider sent this browser back with: `{grant}` to sign in with, or `{problem}` in words; null if the page was
   * opened otherwise. It is taken out of the address at once, and what was kept for it is forgotten.
   */
  takeReturn() {
    const given = new URLSearchParams(location.search);
    if (!given.has("error") && !(given.has("code") && given.has("state"))) return null;
    const begun = this.#tab.get(BEGUN);
    this.#tab.remove(BEGUN);
    history.replaceState(null, "", location.pathname + (begun?.hash || location.hash));
    // An error signs nobody in, and some providers leave the state out of it.
    if (begun && given.has("error")) return { problem: inWords(given.get("error")) };
    if (!begun || begun.state !== given.get("state")) return { problem: t("provider.forgotten") };
    const { codeVerifier, redirectUri, nonce } = begun;
    return { grant: { code: given.get("code"), codeVerifier, redirectUri, nonce } };
  }

  /** Whoever signs out on a shared computer does not want the provider to let the next one in unasked. */
  askAgain(again) {
    if (!this.#provider) return;
    if (again) this.#store.set(ASK_AGAIN, true);
    else this.#store.remove(ASK_AGAIN);
  }
}

function inWords(error) {
  if (hasMessage(`provider.error.${error}`)) return t(`provider.error.${error}`);
  return /^\w{1,40}$/.test(error) ? t("provider.other", { error }) : t("provider.unknown");
}

/** Where the provider sends browsers back to; it must be registered there. */
function pageAddress() {
  return new URL(".", location.origin + location.pathname).href;
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(VERIFIER_BYTES)));
}

async function challenge(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
