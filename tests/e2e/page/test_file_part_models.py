"""Files that are too large for the service, in parts, and who has uploaded a lot."""

import pytest

from .conftest import Run
from .test_file_models import ATTACHMENTS


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


def test_who_was_called_off_before_waits_no_longer(run: Run) -> None:
    body = (
        "const ended = timers.wait(3_600_000, AbortSignal.abort()).then(() => 'ended'); "
        "return Promise.race([ended, timers.wait(20_000).then(() => 'still waits')]);"
    )
    assert run("lib/timers.js", body) == "ended"
