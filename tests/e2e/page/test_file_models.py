"""What decides about files, without a page."""

import pytest

from .conftest import Run

ATTACHMENTS = """
  const { Store } = await import("/scripts/lib/store.js");
  const kept = new Map();
  const area = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    key: (index) => [...kept.keys()][index],
    get length() { return kept.size; },
  };
  const posts = [];
  const offers = [];
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  const post = (upload, blob, options) =>
    new Promise((resolve, reject) => posts.push({ upload, blob, ...options, resolve, reject }));
  const offer = async (room, file) => {
    offers.push([room, file]);
    return { id: `id-${offers.length}`, upload: { url: "here" } };
  };
  const prepared = [];
  const prepare = async (file, { original = false }) => {
    prepared.push([file.name, original]);
    const size = file.type.startsWith("image/") ? { width: 40, height: 30 } : {};
    return { blob: file, name: file.name, type: file.type, ...size };
  };
  let now = 1_000;
  const paused = [];
  const pause = (ms, signal) => new Promise((resolve) => {
    paused.push({ ms, resolve });
    signal.addEventListener("abort", resolve);
  });
  const given = () => ({ prepare, offer, post, pause, store: new Store(area), now: () => now });
  const anew = () => new attachments.Attachments(given());
  const file = (name, size = 5, type = "text/plain") => new File([new Uint8Array(size)], name, { type });
  const large = (name, size, type) => Object.defineProperty(file(name, 5, type), "size", { value: size });
  const states = (all) => all.of("r").map(({ name, state, problem }) => [name, state, problem ?? null]);
"""


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (25_000_000, "25 MB"),
    ],
)
def test_a_size_is_said_in_units_of_a_thousand(run: Run, size: int, words: str) -> None:
    assert run("models/file_words.js", "return file_words.sizeWords(argument)", size) == words


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("a/b\\c.txt", "abc.txt"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("  ", "file"),
        ("e\u0301.txt", "\u00e9.txt"),
        ("x" * 200 + ".pdf", "x" * 116 + ".pdf"),
        ("\U0001f389" * 121, "\U0001f389" * 120),
    ],
)
def test_a_name_becomes_one_that_the_service_takes(run: Run, name: str, taken: str) -> None:
    assert run("models/file_words.js", "return file_words.takenName(argument)", name) == taken


@pytest.mark.parametrize(
    ("size", "fits"), [([5120, 100], [2560, 50]), ([100, 200], [100, 200]), ([1, 9000], [1, 2560])]
)
def test_a_picture_fits_into_a_square_and_is_never_made_larger(
    run: Run, size: list[int], fits: list[int]
) -> None:
    body = "const { width, height } = pictures.fitted(...argument); return [width, height]"
    assert run("models/pictures.js", body, size) == fits


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (["a.JPEG", "image/jpeg"], "a.JPEG"),
        (["a.webp", "image/png"], "a.png"),
        (["photo", "image/png"], "photo.png"),
    ],
)
def test_a_picture_of_another_type_has_another_ending(run: Run, given: list[str], name: str) -> None:
    assert run("models/pictures.js", "return pictures.renamed(...argument)", given) == name


def test_a_file_is_offered_posted_and_taken_by_one_message(run: Run) -> None:
    found = run(
        "models/attachments.js",
        ATTACHMENTS
        + """
        const all = anew();
        const problem = all.add("r", [file("a.txt")]);
        await settle();
        const busy = all.isBusy("r");
        posts[0].onProgress(0.5);
        const progress = all.of("r")[0].progress;
        posts[0].resolve();
        await settle();
        const after = all.isBusy("r");
        const taken = JSON.parse(JSON.stringify(all.take("r").flat()));
        return { problem, offers, busy, progress, after, taken, left: all.of("r").length, kept: kept.size };
        """,
    )
    about = {"name": "a.txt", "type": "text/plain", "bytes": 5}
    assert found == {
        "problem": None,
        "offers": [["r", about]],
        "busy": True,
        "progress": 0.5,
        "after": False,
        "taken": [{"id": "id-1", **about}],
        "left": 0,
        "kept": 0,
    }


def test_a_failed_upload_is_retried_and_a_cancelled_one_is_aborted(run: Run) -> None:
    found = run(
        "models/attachments.js",
        ATTACHMENTS
        + """
        const all = anew();
        all.add("r", [file("a.txt"), file("b.txt")]);
        await settle();
        posts[0].reject(new Error("It broke off."));
        await settle();
        const failed = [states(all), all.hasFailed("r")];
        const [a, b] = all.of("r").map(({ key }) => key);
        all.remove("r", b);
        all.retry("r", a);
        await settle();
        posts[2].resolve();
        await settle();
        const { aborted } = posts[1].signal;
        return { failed, aborted, end: states(all), taken: all.take("r").map(([{ id }]) => id) };
        """,
    )
    assert found["failed"] == [[["a.txt", "failed", "It broke off."], ["b.txt", "uploading", None]], True]
    assert (found["aborted"], found["end"], found["taken"]) == (True, [["a.txt", "done", None]], ["id-3"])


def test_a_new_page_has_what_was_uploaded_and_asks_kindly_for_the_rest(run: Run) -> None:
    found = run(
        "models/attachments.js",
        ATTACHMENTS
        + """
        const first = anew();
        first.add("r", [file("a.txt"), file("b.txt")]);
        await settle();
        posts[0].resolve();
        await settle();
        const second = states(anew());
        now += 24 * 3600 * 1000;
        return { second, nextDay: states(anew()) };
        """,
    )
    lost = "The page was loaded anew before this was uploaded: choose the file again."
    assert found["second"] == [["a.txt", "done", None], ["b.txt", "failed", lost]]
    assert found["nextDay"] == [["b.txt", "failed", lost]]


def test_nothing_is_uploaded_that_is_more_than_a_message_carries(run: Run) -> None:
    found = run(
        "models/attachments.js",
        ATTACHMENTS
        + """
        const all = anew();
        const tooLarge = all.add("r", [large("a.bin", 100_000_001)]);
        const empty = all.add("r", [file("b.bin", 0)]);
        const picture = all.add("r", [large("c.png", 100_000_001, "image/png")]); // it may be scaled
        await settle();
        return { tooLarge, empty, picture, states: states(all), offers: offers.length };
        """,
    )
    assert found["tooLarge"] == "a.bin is larger than 100 MB."
    assert found["empty"] == "b.bin is empty."
    assert found["picture"] is None
    assert found["states"] == [["c.png", "failed", "c.png is larger than 100 MB."]]
    assert found["offers"] == 0


def test_a_large_file_is_uploaded_in_parts_and_what_is_there_stays_there(run: Run) -> None:
    found = run(
        "models/attachments.js",
        ATTACHMENTS
        + """
        const all = new attachments.Attachments({ ...given(), most: 25 });
        all.add("r", [file("a.mp4", 60, "video/mp4"), file("small.txt")]);
        await settle();
        posts.find(({ blob }) => blob.size === 5).resolve();
        const parts = () => posts.filter(({ blob }) => blob.size !== 5);
        parts()[0].resolve();
        await settle();
        parts()[1].onProgress(0.5);
        const { progress } = all.of("r")[0];
        parts()[1].reject(new Error("It broke off."));
        await settle();
        const failed = [states(all), all.hasFailed("r"), states(anew())]; // a new page cannot go on with it
        all.retry("r", all.of("r")[0].key);
        await settle();
        parts()[2].resolve();
        await settle();
        parts()[3].resolve();
        await settle();
        const reloaded = anew();
        const { length } = reloaded.of("r");
        const about = ({ name, bytes, type }) => [name, bytes, type];
        const taken = reloaded.take("r").map((group) => group.map(about));
        const sizes = parts().map(({ blob }) => blob.size);
        const offered = offers.map(([, { name }]) => name);
        const ids = all.take("r").flat().map(({ id }) => id);
        return { progress, failed, taken, length, sizes, offered, ids };
        """,
    )
    anything = "application/octet-stream"
    lost = "The page was loaded anew before this was uploaded: choose the file again."
    assert found["progress"] == pytest.approx((25 + 12.5) / 60)
    assert found["failed"] == [
        [["a.mp4", "failed", "It broke off."], ["small.txt", "done", None]],
        True,
        [["a.mp4", "failed", lost], ["small.txt", "done", None]],
    ]
    assert found["sizes"] == [25, 25, 25, 10]
    assert found["offered"] == ["a.mp4.001", "small.txt", "a.mp4.002", "a.mp4.002", "a.mp4.003"]
    assert found["taken"] == [
        [["a.mp4.001", 25, anything], ["a.mp4.002", 25, anything], ["a.mp4.003", 10, anything]],
        [["small.txt", 5, "text/plain"]],
    ]
    assert found["length"] == 2
    assert found["ids"] == ["id-1", "id-4", "id-5", "id-2"]


def test_who_has_uploaded_as_much_as_they_may_waits_and_goes_on_or_takes_it_away(run: Run) -> None:
    found = run(
        "models/attachments.js",
        ATTACHMENTS
        + """
        let refused = true;
        const refuses = async (...asked) => {
          const about = { code: "rate_limited", retryAfter: 1800 };
          if (refused) throw Object.assign(new Error("At most 200 an hour."), about);
          return offer(...asked);
        };
        const all = new attachments.Attachments({ ...given(), offer: refuses });
        all.add("r", ["a", "b", "c", "d"].map((name) => file(name)));
        await settle();
        const waiting = [states(all), paused.map(({ ms }) => ms), all.isBusy("r"), all.hasFailed("r")];
        refused = false;
        all.remove("r", all.of("r")[1].key); // its place is free for the last one at once
        await settle();
        const freed = posts.length;
        paused[0].resolve();
        await settle();
        const then = [posts.length, states(all)];
        all.removeAll("r");
        const aborted = posts.every(({ signal }) => signal.aborted);
        return { waiting, freed, then, left: all.of("r").length, aborted };
        """,
    )
    (states, waits, busy, failed) = found["waiting"]
    assert [state for _, state, _ in states] == ["uploading"] * 4
    assert states[0][2].startswith("That is as much as one person may upload for now. It goes on at ")
    assert states[3][2] is None
    assert (waits, busy, failed) == ([1_800_000] * 3, True, False)
    assert found["freed"] == 1
    assert found["then"][0] == 2
    assert found["then"][1][0] == ["a", "uploading", None]
    assert (found["left"], found["aborted"]) == (0, True)


@pytest.mark.parametrize(
    ("sizes", "names"),
    [
        ({"a.mp4.001": 25, "a.mp4.002": 25, "a.mp4.003": 7}, ["a.mp4 57"]),
        ({"x": 1, "a.001": 25, "a.002": 25}, ["x 1", "a 50"]),
        ({"a.001": 25, "a.002": 7, "b.001": 25, "b.002": 3}, ["a 32", "b 28"]),
        ({"a.001": 25, "a.002": 7, "a.003": 7}, ["a 32", "a.003 7"]),
        ({"a.001": 25}, ["a.001 25"]),
        ({"a.001": 24, "a.002": 7}, ["a.001 24", "a.002 7"]),
        ({"a.001": 25, "a.003": 7}, ["a.001 25", "a.003 7"]),
        ({"a.001": 25, "b.002": 7}, ["a.001 25", "b.002 7"]),
        ({"a.002": 25, "a.003": 7}, ["a.002 25", "a.003 7"]),
        ({".001": 25, ".002": 7}, [".001 25", ".002 7"]),
    ],
    ids=range(10),
)
def test_parts_are_one_file_only_if_somebody_cut_them_so(
    run: Run, sizes: dict[str, int], names: list[str]
) -> None:
    body = """
      const files = Object.entries(argument).map(([name, bytes]) => ({ id: name, name, bytes, type: "a/b" }));
      return file_parts.wholeFiles(files, 25).map(({ name, bytes }) => `${name} ${bytes}`);
    """
    assert run("models/file_parts.js", body, sizes) == names


def test_a_whole_file_plays_if_its_beginning_does_and_is_never_a_picture(run: Run) -> None:
    body = """
      const files = argument.map((about, at) => ({ id: at, bytes: 25, ...about }));
      return file_parts.wholeFiles(files, 25).map(({ parts, ...about }) => [about, parts.length]);
    """
    video = {"name": "v.001", "type": "video/mp4", "plays": "video"}
    picture = {"name": "g.gif.001", "type": "image/gif", "width": 5, "height": 5}
    rest = [{"name": name, "type": "application/octet-stream"} for name in ("v.002", "g.gif.002")]
    found = run("models/file_parts.js", body, [video, rest[0], picture, rest[1]])
    assert found == [
        [{"id": 0, "name": "v", "type": "video/mp4", "bytes": 50, "plays": "video"}, 2],
        [{"id": 2, "name": "g.gif", "type": "application/octet-stream", "bytes": 50, "plays": None}, 2],
    ]


def test_a_part_has_the_name_of_the_whole_and_one_that_the_service_takes(run: Run) -> None:
    body = "return file_parts.partsOf(argument, 60, 25);"
    assert run("models/file_parts.js", body, "a.mp4") == [
        {"name": "a.mp4.001", "start": 0, "end": 25},
        {"name": "a.mp4.002", "start": 25, "end": 50},
        {"name": "a.mp4.003", "start": 50, "end": 60},
    ]
    [first, *_] = run("models/file_parts.js", body, "x" * 116 + ".mp4")
    assert first["name"] == "x" * 112 + ".mp4.001"


JOINED = """
  const asked = [];
  const addresses = { of: async (room, id) => `${id}`, anew: async (room, id) => `${id} anew` };
  const rests = [];
  const pause = async (ms) => rests.push(ms);
  const load = async (address, { onProgress, signal }) => {
    asked.push(address);
    const answer = argument.answers[address] ?? address;
    if (answer === "lost") throw new TypeError("Failed to fetch");
    if (answer === "stop") abort.abort();
    signal.throwIfAborted();
    onProgress(answer.length);
    return new Blob([answer]);
  };
  const all = new joined_files.JoinedFiles({ addresses, load, pause });
  const parts = [{ id: "one", bytes: 3 }, { id: "twotwo", bytes: 6 }];
  const file = { id: "one", bytes: 9, type: "video/mp4", plays: "video", parts };
  const abort = new AbortController();
  const progress = [];
  const onProgress = (part) => progress.push(part);
  const whole = () => all.whole("r", file, { onProgress, signal: abort.signal })
    .then(async (blob) => [await blob.text(), blob.type], (error) => error.message);
  const found = [await whole(), await whole()];
  return { found, asked, rests, progress: progress.map((part) => Math.round(part * 9)) };
"""


@pytest.mark.parametrize(
    ("answers", "found", "asked", "rests"),
    [
        ({}, ["onetwotwo", "video/mp4"], ["one", "twotwo"], []),
        # A part that does not come, or not all of it, is asked for again at another address.
        (
            {"one": "lost", "twotwo": "tw", "one anew": "one", "twotwo anew": "twotwo"},
            ["onetwotwo", "video/mp4"],
            ["one", "one anew", "twotwo", "twotwo anew"],
            [1_500, 1_500],
        ),
    ],
    ids=["at once", "after a while"],
)
def test_parts_are_loaded_one_after_the_other_and_joined_once(
    run: Run, answers: dict[str, str], found: list[str], asked: list[str], rests: list[int]
) -> None:
    got = run("models/joined_files.js", JOINED, {"answers": answers})
    assert got["found"] == [found, found]
    assert (got["asked"], got["rests"]) == (asked, rests)
    assert got["progress"][-1] == 9
    assert got["progress"][0] == 3


def test_a_part_that_never_comes_is_told_in_a_sentence_and_one_that_is_stopped_is_not_tried_again(
    run: Run,
) -> None:
    lost = run("models/joined_files.js", JOINED, {"answers": {"twotwo": "lost", "twotwo anew": "lost"}})
    assert lost["found"] == ["The connection broke off. Check it and try again."] * 2
    assert lost["rests"] == [1_500, 3_000] * 2
    stopped = run("models/joined_files.js", JOINED, {"answers": {"twotwo": "stop"}})
    assert stopped["asked"] == ["one", "twotwo"]
    assert stopped["rests"] == []


def test_any_number_of_files_are_uploaded_a_few_at_a_time(run: Run) -> None:
    found = run(
        "models/attachments.js",
        ATTACHMENTS
        + """
        const all = anew();
        const names = Array.from({ length: 300 }, (_, index) => `${index}.txt`);
        const problem = all.add("r", names.map((name) => file(name)));
        all.add("elsewhere", [file("other.txt")]);
        await settle();
        const first = posts.length;
        all.remove("r", all.of("r")[0].key); // what is cancelled makes room
        posts[0].reject(new Error("aborted"));
        await settle();
        const then = posts.length;
        for (let at = 1; at < posts.length; at += 1) {
          posts[at].resolve();
          await settle();
        }
        const { length } = all.of("r");
        const done = states(all).every(([, state]) => state === "done");
        return { problem, first, then, length, done, sent: all.take("r").map(([{ name }]) => name) };
        """,
    )
    assert found["problem"] is None
    assert (found["first"], found["then"], found["length"]) == (4, 5, 299)
    assert found["done"]
    assert found["sent"] == [f"{n}.txt" for n in range(1, 300)]


def test_the_original_of_a_picture_goes_if_it_is_asked_for_and_may_be_shown(run: Run) -> None:
    found = run(
        "models/attachments.js",
        ATTACHMENTS
        + """
        const all = anew();
        const huge = large("c.png", 25_000_001, "image/png");
        all.add("r", [file("a.jpg", 9, "image/jpeg"), file("b.gif", 9, "image/gif"), huge]);
        await settle();
        posts.forEach(({ resolve }) => resolve());
        await settle();
        const { mayGoAsItIs } = await import("/scripts/models/pictures.js");
        const may = all.of("r").map((item) => mayGoAsItIs(item));
        const [jpeg, gif] = all.of("r").map(({ key }) => key);
        all.setOriginal("r", gif, true);
        all.setOriginal("r", jpeg, true);
        await settle();
        all.setOriginal("r", jpeg, false); // the one under way is called off
        await settle();
        const off = posts[4].signal.aborted; // behind the second part of the largest one
        posts[5].resolve();
        await settle();
        return { may, off, prepared: prepared.slice(3), ids: all.take("r").map(([{ id }]) => id) };
        """,
    )
    assert found == {
        "may": [True, False, False],
        "off": True,
        "prepared": [["a.jpg", True], ["a.jpg", False]],
        "ids": ["id-6", "id-2"],
    }


def test_more_files_than_a_message_carries_go_as_several_with_the_text_in_the_first(run: Run) -> None:
    body = """
      const files = Array.from({ length: 9 }, (_, id) => [{ id }]);
      const told = (text, about) => message_parts.messageParts([{ text, mentions: [] }], about)
        .map(({ text, replyTo = null, files }) => [text, replyTo, files.map(({ id }) => id)]);
      const last = { files: files.slice(4) };
      return [told("look", { replyTo: 7, files }), told("hello", { replyTo: 7 }), told("", last)];
    """
    assert run("models/message_parts.js", body) == [
        [["look", 7, [0, 1, 2, 3]], ["", None, [4, 5, 6, 7]], ["", None, [8]]],
        [["hello", 7, []]],
        [["", None, [4, 5, 6, 7]], ["", None, [8]]],
    ]


def test_the_parts_of_a_file_go_with_one_message(run: Run) -> None:
    body = """
      const group = (name, count) => Array.from({ length: count }, (_, at) => `${name}${at + 1}`);
      const files = [group("a", 1), group("b", 4), group("c", 2), group("d", 2), group("e", 1)];
      const sent = message_parts.messageParts([{ text: "" }], { files })
        .map((message) => message.files.join(" "));
      return [sent, message_parts.messagesFor([1, 4, 2, 2, 1]), message_parts.messagesFor([])];
    """
    sent = ["a1", "b1 b2 b3 b4", "c1 c2 d1 d2", "e1"]
    assert run("models/message_parts.js", body) == [sent, 4, 1]
