import { Store } from "./lib/store.js";
import { Api } from "./models/api.js";
import { Attention } from "./models/attention.js";
import { Chat } from "./models/chat.js";
import { Connection } from "./models/connection.js";
import { Drafts } from "./models/drafts.js";
import { Outbox } from "./models/outbox.js";
import { ProviderSignIn } from "./models/provider_sign_in.js";
import { RoomList } from "./models/room_list.js";
import { RoomListReader } from "./models/room_list_reader.js";
import { Router } from "./models/router.js";
import { Session } from "./models/session.js";
import { Today } from "./models/today.js";
import { ChatView } from "./views/chat_view.js";
import { ComposerView } from "./views/composer_view.js";
import { ConnectionView } from "./views/connection_view.js";
import { DrawerView } from "./views/drawer_view.js";
import { JoinView } from "./views/join_view.js";
import { LogView } from "./views/log_view.js";
import { MessageActions } from "./views/message_actions.js";
import { ProviderView } from "./views/provider_view.js";
import { RoomDialog } from "./views/room_dialog.js";
import { RoomHeaderView } from "./views/room_header_view.js";
import { RoomsView } from "./views/rooms_view.js";
import { SignOutView } from "./views/sign_out_view.js";
import { StorageView } from "./views/storage_view.js";
import { ThemeView } from "./views/theme_view.js";

/** The one place that puts the page together: models first, then the views on them. `onJoin` gets the user who signed in. */
export function wire(config, { onJoin }) {
  const store = new Store();
  const api = new Api(config.restUrl);
  const session = new Session({ api, store });
  const provider = new ProviderSignIn({ provider: config.signIn.oidc, store });
  const returned = provider.takeReturn(); // before anybody reads the address
  const outbox = new Outbox(store);
  const drafts = new Drafts(store);
  const rooms = new RoomList(store);
  const router = new Router();
  const connection = new Connection({
    address: async () => `${config.websocketUrl}?token=${encodeURIComponent(await session.token())}`,
    afterRefusal: () => session.verify(),
  });
  const attention = new Attention();
  const chat = new Chat({ connection, outbox, attention });

  const composer = new ComposerView({
    drafts,
    onSend: (room, text) => chatView.send(room, text),
    onEdit: (message, text) => chatView.edit(message, text),
    onType: (room) => chat.typing.typed(room),
    onStop: () => chat.typing.stopped(),
    lastOwn: () => chatView.lastOwn(),
  });
  const messages = new MessageActions({ chat, outbox, room: () => router.room, composer, fetchModel: () => api.model() });
  const chatView = new ChatView({
    chat,
    outbox,
    drafts,
    rooms,
    router,
    today: new Today(),
    composer,
    messages,
    log: new LogView({ actions: messages, onRead: (seq) => rooms.markRead(router.room, seq) }),
    header: new RoomHeaderView({ onLeave: () => chatView.leaveRoom() }),
    roomsView: new RoomsView(),
    drawer: new DrawerView(),
    roomDialog: new RoomDialog({ onOpen: (room) => router.go(room) }),
    roomListReader: new RoomListReader({ rooms, fetchRooms: async () => api.rooms(await session.token()) }),
    attention,
  });
  const joinView = new JoinView({ onJoin: async (name, accessCode) => onJoin(await session.start(name, accessCode)) });
  const providerView = new ProviderView({
    signIn: config.signIn,
    provider,
    returned,
    onSignIn: async (grant) => onJoin(await session.startFrom(grant)),
  });
  session.on("ended", (reason) => reason === "left" && provider.askAgain(true));
  new SignOutView({ outbox, onSignOut: () => session.leave() });
  session.on("renewed", () => connection.openAnew());
  new ConnectionView(connection);
  new StorageView(store);
  new ThemeView(store);
  return { session, chat, chatView, joinView, providerView };
}
