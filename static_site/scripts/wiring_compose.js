import { byId } from "./lib/dom.js";
import { EarlierSearches } from "./models/earlier_searches.js";
import { EmojiList } from "./models/emoji_list.js";
import { MentionFinder } from "./models/mention_finder.js";
import { HERE, mentionsIn } from "./models/mentions.js";
import { Presence } from "./models/presence.js";
import { Reactors } from "./models/reactors.js";
import { RecentEmoji } from "./models/recent_emoji.js";
import { RoomPeople } from "./models/room_people.js";
import { RoomSearch } from "./models/room_search.js";
import { Suggestions } from "./models/suggestions.js";
import { BoxChoice } from "./views/box_choice.js";
import { CompletionView } from "./views/completion_view.js";
import { EmojiPicker } from "./views/emoji_picker.js";
import { FormatBar } from "./views/format_bar.js";
import { HereHint } from "./views/here_hint.js";
import { InsertEmoji } from "./views/insert_emoji.js";
import { ListDialog } from "./views/list_dialog.js";
import { MarkedMessage } from "./views/marked_message.js";
import { MessageLists } from "./views/message_lists.js";
import { MessagePreview } from "./views/message_preview.js";
import { ReactorsTip } from "./views/reactors_tip.js";
import { RichPaste } from "./views/rich_paste.js";
import { SearchDialog } from "./views/search_dialog.js";

const READERS = ["list-dialog", "search-dialog", "excerpt-dialog", "about-dialog", "edit-dialog", "programs-dialog"];

/** Puts together what helps to write and to find: mentions, emoji, replies, who reacted, search. `goTo(room, seq)` leads to a message. */
export function wireCompose({ box, preferences, connection, chat, house, rooms, store, session, router, belonging, composer, clock, user, goTo }) {
  const now = () => clock.now() ?? Date.now();
  const presence = new Presence(connection, now);
  const people = new RoomPeople({
    presence,
    channelOf: (room) => chat.channel(room),
    membersOf: (room) => house.members(room),
    hereIn: (room) => house.peopleHere(room),
    me: user,
    now,
  });
  const emoji = new EmojiList();
  const recent = new RecentEmoji(store);
  const finder = new MentionFinder({ here: (room) => people.of(room), present: (room) => people.present(room), find: (prefix, limit) => house.people(prefix, limit) });
  const suggestions = new Suggestions({ finder, emoji, people });
  suggestions.on("emoji", (one) => recent.use(one));
  const reactors = new Reactors((room, seq) => house.reactions(room, seq));
  const picker = new EmojiPicker({ list: emoji, recent });
  const edited = new MarkedMessage(byId("log-rows"), "editing");
  new CompletionView({ box, suggestions, room: () => router.room, mentions: () => composer.message === null });
  const hereHint = new HereHint({ box, present: () => people.present(router.room), writes: () => session.user !== null && composer.message === null });
  presence.on("change", (room) => room === router.room && hereHint.update());
  new InsertEmoji(box, picker);
  const preview = new MessagePreview({ box, message: (text) => ({ text, mentions: namedIn(router.room, text), user: user() }), me: user });
  new FormatBar({ box, choice: new BoxChoice({ box, preferences, say: (words) => composer.say(words) }), store, preview });
  new RichPaste(box);
  const tip = new ReactorsTip({ reactors, me: user, messageAt: (seq) => messageAt(router.room, seq) });
  const earlier = new EarlierSearches(store, () => session.user.id);
  const search = new RoomSearch((room, query, before) => house.search(room, query, before));
  const searchDialog = new SearchDialog({ search, earlier, room: () => router.room, rooms: () => rooms.all.filter(({ joined, role }) => joined || role).map(({ room }) => room), titleOf: (room) => rooms.about(room).title, goTo });
  router.on("room", () => {
    suggestions.close();
    queueMicrotask(() => hereHint.update()); // the box has the other room's draft by then
  });
  belonging.on("closed", () => {
    tip.hide();
    const open = READERS.map(byId).filter((dialog) => dialog.open);
    for (const dialog of open) dialog.close(); // nothing of a room that was closed stays on the screen
    if (open.length > 0) byId("log").focus(); // where that is said: what opened them goes away too
  });
  return {
    search: () => searchDialog.open(),
    mentionsIn: namedIn,
    mentionable: (room) => [...people.meant(room), HERE],
    markEdited: (message) => {
      edited.mark(message?.seq ?? null);
      preview.update(); // the box has another text
    },
    forget: () => {
      recent.forget();
      earlier.forget();
      people.forget();
    },
    forPanel: { people, presence },
    forMessages: { picker, recent, lists: new MessageLists({ dialog: new ListDialog(), reactors, goTo, me: user }) },
  };

  function namedIn(room, text) {
    return mentionsIn(text, people.meant(room), people.present(room));
  }

  function messageAt(room, seq) {
    const known = chat.channel(room)?.log.get(seq);
    return known && { ...known, room };
  }
}
