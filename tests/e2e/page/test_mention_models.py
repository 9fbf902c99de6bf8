"""What decides about mentions and completion, without a page."""

import pytest

from .conftest import Run

ADA = {"id": "u-ada", "name": "Ada"}
GRACE = {"id": "u-grace", "name": "Grace Hopper"}
AT = "return completion.completionAt(argument.replace('|', ''), argument.indexOf('|'))"


@pytest.mark.parametrize(
    ("typed", "kind", "query"),
    [
        ("@|", "mention", ""),
        ("hello @Gr|", "mention", "Gr"),
        ("(@Grace Ho|", "mention", "Grace Ho"),
        ("日本@Ad|", None, None),
        ("line\n@a| more", "mention", "a"),
        ("great :ta|", "emoji", "ta"),
        (":+1|", "emoji", "+1"),
    ],
)
def test_a_name_or_an_emoji_is_completed_where_it_begins_a_word(
    run: Run, typed: str, kind: str | None, query: str | None
) -> None:
    found = run("models/completion.js", AT, typed)
    assert (found and found["kind"], found and found["query"]) == (kind, query)


@pytest.mark.parametrize(
    "typed",
    [
        "ada@exa|",
        "@ ada|",
        "@a\nb|",
        "a :)|",
        ":D|",
        "12:30:4|",
        "`@a|",
        "```\n@a|",
        "```\nx\n```\n`:ta|",
    ],
)
def test_nothing_is_completed_in_addresses_faces_times_and_code(run: Run, typed: str) -> None:
    assert run("models/completion.js", AT, typed) is None


def test_after_code_names_are_completed_again(run: Run) -> None:
    assert run("models/completion.js", AT, "```\nx\n```\n`a` @b|")["query"] == "b"


def test_a_suggestion_takes_the_place_of_what_was_typed(run: Run) -> None:
    body = "return completion.completed('hi @gr, you', { start: 3 }, 6, '@Grace')"
    assert run("models/completion.js", body) == {"text": "hi @Grace , you", "caret": 10}
    body = "return completion.completed('hi @gr you', { start: 3 }, 6, '@Grace')"
    assert run("models/completion.js", body) == {"text": "hi @Grace you", "caret": 10}


MENTIONS = (
    "return mentions.mentionsIn(argument.text, argument.people, argument.present ?? []).map(({ id }) => id)"
)


def mentioned(run: Run, text: str, present: list[dict[str, str]] | None = None) -> list[str]:
    people = [GRACE, ADA]
    found: list[str] = run(
        "models/mentions.js", MENTIONS, {"text": text, "people": people, "present": present or []}
    )
    return found


def test_whoever_a_text_names_is_mentioned_once_in_the_order_of_the_text(run: Run) -> None:
    assert mentioned(run, "@Ada and @Grace Hopper, @Ada!") == ["u-ada", "u-grace"]
    assert mentioned(run, "- *@Ada*\n- x\n> @Grace Hopper") == ["u-ada", "u-grace"]


def test_a_name_in_code_in_a_word_or_without_its_mark_mentions_nobody(run: Run) -> None:
    assert mentioned(run, "Ada, a@Ada, `@Ada`, @Adam\n```\n@Ada\n```") == []


def test_here_mentions_who_is_present_after_those_who_are_named_and_twenty_at_most(run: Run) -> None:
    present = [{"id": f"u-{number}", "name": f"P{number}"} for number in range(30)]
    assert mentioned(run, "@here look, @Ada", present)[:3] == ["u-ada", "u-0", "u-1"]
    assert len(mentioned(run, "@here", present)) == 20
    assert mentioned(run, "`@here` is a word", present) == []


PRESENCE = """
  const { Emitter } = await import("/scripts/lib/emitter.js");
  const connection = new Emitter();
  const clock = { now: 1_000_000_000 };
  const known = new presence.Presence(connection, () => clock.now);
  const ada = { id: "u-ada", name: "Ada" }, bo = { id: "u-bo", name: "Bo" }, cy = { id: "u-cy", name: "Cy" };
  const ago = (minutes) => new Date(clock.now - minutes * 60_000).toISOString();
  const said = (user, minutes) => ({ user, sentAt: ago(minutes) });
  const names = (messages = []) => known.in("general", messages, "u-me").map(({ name }) => name);
"""


def test_who_came_typed_or_wrote_lately_is_present_until_they_leave(run: Run) -> None:
    body = f"""{PRESENCE}
      const seen = [names([said(ada, 5), said(bo, 16), said({{ id: "u-me", name: "Me" }}, 1)])];
      connection.emit("frame", {{ event: "presence", room: "general", online: 3, joined: [bo, ada] }});
      clock.now += 1000;
      connection.emit("frame", {{ event: "typing", room: "general", user: cy, active: true }});
      seen.push(names());
      connection.emit("frame", {{ event: "presence", room: "general", online: 2, left: [ada] }});
      seen.push(names([said(ada, 1)]));
      connection.emit("lost", ["general"]);
      seen.push(names());
      return seen;
    """
    assert run("models/presence.js", body) == [["Ada"], ["Cy", "Bo", "Ada"], ["Cy", "Bo"], []]


NAMED = """
  const everybody = () => known.named("general")?.map(({ name }) => name).join(" ") ?? null;
  const come = (frame) => connection.emit("frame", { event: "presence", room: "general", ...frame });
"""


def test_whom_the_service_named_is_there_though_they_never_wrote_until_it_says_that_they_left(
    run: Run,
) -> None:
    body = f"""{PRESENCE}{NAMED}
      const seen = [everybody(), known.isCertain("general")];
      known.take("general", [ada, bo, {{ id: "u-me", name: "Me" }}], {{ asked: clock.now, whole: true }});
      seen.push(names([said(cy, 5)]), everybody(), known.isCertain("general"));
      clock.now += 1000;
      come({{ online: 3, joined: [cy], left: [bo] }});
      seen.push(names(), everybody(), known.isCertain("general"));
      return seen;
    """
    assert run("models/presence.js", body) == [
        *(None, False),
        *(["Ada", "Bo"], "Ada Bo Me", True),
        *(["Cy", "Ada"], "Ada Me Cy", True),
    ]


def test_what_was_told_since_the_service_was_asked_is_newer_than_its_answer(run: Run) -> None:
    body = f"""{PRESENCE}{NAMED}
      const asked = clock.now;
      clock.now += 10;
      come({{ online: 2, joined: [cy], left: [bo] }});
      known.take("general", [ada, bo], {{ asked, whole: true }});
      return names();
    """
    assert run("models/presence.js", body) == ["Cy", "Ada"]


def test_names_are_in_doubt_once_the_service_counts_otherwise_or_the_connection_was_gone(run: Run) -> None:
    body = f"""{PRESENCE}{NAMED}
      known.take("general", [ada, bo], {{ asked: clock.now, whole: true }});
      come({{ online: 2 }});
      const seen = [known.isCertain("general")];
      come({{ online: 3 }});
      seen.push(known.isCertain("general"));
      known.take("general", [ada], {{ asked: clock.now, whole: false }});
      come({{ online: 300 }});
      seen.push(known.isCertain("general"));
      connection.emit("lost", ["general"]);
      return [...seen, known.isCertain("general"), everybody()];
    """
    assert run("models/presence.js", body) == [True, False, True, False, None]


def test_bots_are_here_if_the_service_names_them_and_not_because_they_write(run: Run) -> None:
    body = """
      const { Emitter } = await import("/scripts/lib/emitter.js");
      const service = new Emitter();
      const found = new presence.Presence(service, () => 1_000_000);
      const wrote = (user) => ({ user, sentAt: new Date(990_000).toISOString() });
      const log = [wrote({ id: "hook-1", name: "Build", bot: true }), wrote({ id: "b-2", name: "Called", bot: true }), wrote({ id: "u-bo", name: "Bo" })];
      found.take("general", [{ id: "b-1", name: "Hal", bot: true }], { asked: 900_000, whole: true });
      return found.in("general", log, "me").map(({ name }) => name).toSorted();
    """  # noqa: E501 -- JavaScript, as it is formatted in the page
    assert run("models/presence.js", body) == ["Bo", "Hal"]


def test_nobody_is_present_beyond_the_number_in_the_head_and_the_service_s_names_correct_it(run: Run) -> None:
    body = """
      const { Emitter } = await import("/scripts/lib/emitter.js");
      const { Presence } = await import("/scripts/models/presence.js");
      const { Store } = await import("/scripts/lib/store.js");
      const clock = 1_000_000_000;
      const user = (name) => ({ id: `u-${name}`, name });
      const wrote = (name) => ({ user: user(name), sentAt: new Date(clock - 60_000).toISOString() });
      const channel = { people: 2, log: { messages: [wrote("Gone"), wrote("Bo")] }, setPeople: (count) => { channel.people = count; } };
      let asked = 0;
      const people = new room_people.RoomPeople({
        store: new Store(null),
        presence: new Presence(new Emitter(), () => clock),
        channelOf: () => channel,
        membersOf: async () => ({ members: [] }),
        hereIn: async () => { asked += 1; return { people: [user("Bo"), user("Silent"), user("Robot")], more: false }; },
        me: () => user("me"),
        now: () => clock,
      });
      const names = () => people.present("general").map(({ name }) => name);
      const seen = [names(), people.count("general")];
      await Promise.all([people.learn("general"), people.learnHere("general")]);
      await people.learn("general");
      seen.push(names(), people.count("general"), asked);
      channel.people = 5; // it was joined anew, and somebody had come
      await people.learn("general");
      return [...seen, channel.people, asked];
    """  # noqa: E501 -- JavaScript, as it is formatted in the page
    found = run("models/room_people.js", body)
    assert found == [["Bo"], 2, ["Bo", "Silent", "Robot"], 4, 1, 4, 2]


def test_all_who_are_there_are_offered_then_others_as_far_as_there_is_place_and_here(run: Run) -> None:
    body = """
      const present = [];
      const others = Array.from({ length: 9 }, (_, number) => ({ id: `o-${number}`, name: `Other ${number}` }));
      const finder = new mention_finder.MentionFinder({ here: () => [...present, ...others], present: () => present, find: async () => ({ people: [] }) });
      const found = [];
      finder.on("found", (people) => found.push([people.length, people.at(-1).name]));
      finder.type("general", "");
      for (let number = 0; number < 12; number += 1) present.push({ id: `p-${number}`, name: `Person ${number}` });
      finder.again();
      finder.stop();
      finder.again();
      return found;
    """  # noqa: E501 -- JavaScript, as it is formatted in the page
    assert run("models/mention_finder.js", body) == [[8, "here"], [13, "here"]]


def test_names_begin_with_what_was_typed_whatever_case_and_accents(run: Run) -> None:
    body = (
        "return [['Zoë Ärmel', 'arm'], ['Grace', 'GR'], ['Grace', 'race']]"
        ".map((pair) => mention_finder.begins(...pair))"
    )
    assert run("models/mention_finder.js", body) == [True, True, False]


def test_people_of_the_room_come_before_those_whom_the_service_finds(run: Run) -> None:
    body = """
      const asked = [];
      const find = async (prefix, limit) => {
        asked.push(prefix);
        return { people: [{ id: "u-ada", name: "Ada" }, { id: "u-abe", name: "Abe" }] };
      };
      const finder = new mention_finder.MentionFinder({ here: () => [{ id: "u-ada", name: "Ada" }], find });
      const found = [];
      const twice = new Promise((resolve) => finder.on("found", (people) => {
        found.push(people.map(({ name }) => name));
        if (found.length === 2) resolve();
      }));
      finder.type("general", "a");
      await twice;
      return { found, asked };
    """
    assert run("models/mention_finder.js", body) == {"found": [["Ada"], ["Ada", "Abe"]], "asked": ["a"]}


def test_members_of_a_room_are_asked_for_once_and_again_after_a_failure(run: Run) -> None:
    body = """
      const { Store } = await import("/scripts/lib/store.js");
      const messages = [{ user: { id: "u-me" } }, { user: { id: "u-cy", name: "Cy" } }];
      let asked = 0;
      const people = new room_people.RoomPeople({
        store: new Store(null),
        presence: { in: () => [{ id: "u-bo", name: "Bo" }], isCertain: () => false },
        channelOf: () => ({ people: null, log: { messages } }),
        hereIn: async () => { throw new Error("not now"); },
        membersOf: async () => {
          asked += 1;
          if (asked === 1) throw new Error("not now");
          return { members: [{ id: "u-di", name: "Di" }, { id: "u-bo", name: "Bo" }] };
        },
        me: () => ({ id: "u-me" }),
      });
      for (let time = 0; time < 3; time += 1) await people.learn("general");
      people.pick({ id: "u-ed", name: "Ed", role: "member" });
      const names = (found) => found.map(({ name }) => name);
      return { asked, of: names(people.of("general")), meant: names(people.meant("general")) };
    """
    expected = {"asked": 2, "of": ["Bo", "Cy", "Di"], "meant": ["Bo", "Cy", "Di", "Ed"]}
    assert run("models/room_people.js", body) == expected
