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
