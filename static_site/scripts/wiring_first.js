import { t } from "./lib/i18n.js";
import { Store } from "./lib/store.js";
import { Api } from "./models/api.js";
import { ProviderSignIn } from "./models/provider_sign_in.js";
import { Router } from "./models/router.js";
import { Session } from "./models/session.js";
import { DeviceView } from "./views/device_view.js";
import { InstallView } from "./views/install_view.js";
import { JoinView } from "./views/join_view.js";
import { ProviderView } from "./views/provider_view.js";
import { StorageView } from "./views/storage_view.js";

/** Puts the first screen together, which is there before the rest of the page is loaded. `onJoin` gets the user who signed in. */
export function wireFirst(config, { onJoin }) {
  const store = new Store();
  const api = new Api(config.restUrl);
  const session = new Session({ api, store });
  const provider = new ProviderSignIn({ provider: config.signIn.oidc, store });
  const returned = provider.takeReturn(); // before anybody reads the address
  const router = new Router();
  const joinView = new JoinView({ onJoin: join });
  const providerView = new ProviderView({ signIn: config.signIn, provider, returned, onSignIn: (oidc) => join("", { oidc }) });
  const device = new DeviceView({
    onOpen: (secret) => join("", { link: secret }),
    onOther: () => {
      router.takeDevice();
      joinView.open(session.lastName, null, router.invite);
    },
  });
  session.on("ended", (reason) => reason === "left" && provider.askAgain(true));
  session.on("unended", (words) => joinView.say(t("join.unended", { problem: words })));
  new StorageView(store);
  new InstallView({ store });
  return { config, store, api, session, router, joinView, providerView, device };

  /** Signs in; an invite that made somebody a guest is used. */
  async function join(name, proofs) {
    const user = await session.start(name, proofs);
    if (proofs.invite) router.takeInvite();
    if (proofs.link) router.takeDevice();
    return onJoin(user);
  }
}
