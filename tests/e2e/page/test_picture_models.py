"""Where files are shown from, the viewer and the kept pictures of the tray, without a page."""

from typing import Any

from .conftest import Run


def test_an_address_is_asked_for_once_until_it_ends(run: Run) -> None:
    found = run(
        "models/file_addresses.js",
        """
        let now = 0;
        const asked = [];
        const all = new file_addresses.FileAddresses(async (room, id) => {
          asked.push(`${room} ${id}`);
          if (id === "gone") throw new Error("gone");
          return { url: `u${asked.length}`, expiresAt: new Date(300_000).toISOString() };
        }, () => now);
        const both = await Promise.all([all.of("r", "f"), all.of("r", "f")]);
        now = 269_999;
        const still = await all.of("r", "f");
        now = 270_000;
        const anew = await all.of("r", "f");
        const failures = [];
        for (const _ of [1, 2]) await all.of("r", "gone").catch(({ message }) => failures.push(message));
        return { both, still, anew, failures, asked };
        """,
    )
    assert found == {
        "both": ["u1", "u1"],
        "still": "u1",
        "anew": "u2",
        "failures": ["gone", "gone"],
        "asked": ["r f", "r f", "r gone", "r gone"],
    }


def test_the_viewer_goes_over_the_pictures_of_all_messages_and_stops_at_the_ends(run: Run) -> None:
    def sent(*ids: str) -> dict[str, Any]:
        return {
            "user": {"name": "Ada"},
            "files": [{"id": i, "width": 1 if i != "doc" else 0, "height": 1} for i in ids],
        }

    messages = [sent("a", "doc"), {"user": {}}, sent("b", "c")]
    found = run(
        "models/gallery.js",
        """
        const all = new gallery.Gallery(argument, "b");
        const steps = [all.picture.id, all.step(1), all.step(1), all.picture.id];
        steps.push(all.step(-1), all.step(-1), all.step(-1), all.picture.id);
        return [steps, all.place, new gallery.Gallery(argument, "doc").picture];
        """,
        messages,
    )
    assert found == [["b", True, False, "c", True, True, False, "a"], {"number": 1, "of": 3}, None]


def test_the_newest_own_pictures_are_kept_in_memory_and_no_others(run: Run) -> None:
    body = """
      const ended = [];
      const urls = { createObjectURL: (blob) => `blob:${blob}`, revokeObjectURL: (url) => ended.push(url) };
      const own = new own_pictures.OwnPictures(urls);
      for (let n = 1; n <= 42; n += 1) own.keep(`f${n}`, n);
      const old = [own.of("f2") ?? null, own.of("f3"), [...ended]];
      own.drop("f9");
      own.drop("of somebody else");
      const removed = ended.at(-1);
      own.forget();
      return [old, removed, ended.length, own.of("f42") ?? null];
    """
    found = [[None, "blob:3", ["blob:1", "blob:2"]], "blob:9", 42, None]
    assert run("models/own_pictures.js", body) == found


def test_a_picture_that_is_taken_out_of_the_tray_is_kept_no_longer(run: Run) -> None:
    body = """
      const { Store } = await import("/scripts/lib/store.js");
      const end = URL.revokeObjectURL;
      const ended = [];
      URL.revokeObjectURL = (url) => ended.push(url);
      const prepare = async (blob) => ({ blob, name: "a.png", type: "image/png", width: 4, height: 3 });
      const offer = async () => ({ id: "f1", upload: {} });
      const store = new Store(null);
      const all = new attachments.Attachments({ prepare, offer, post: async () => {}, store });
      all.add("r", [new File(["x"], "a.png", { type: "image/png" })]);
      await new Promise((done) => setTimeout(done, 5));
      const address = all.preview("f1");
      const before = [...ended];
      all.remove("r", all.of("r")[0].key);
      URL.revokeObjectURL = end;
      return [address.slice(0, 5), before, ended[0] === address, all.preview("f1") ?? null];
    """
    assert run("models/attachments.js", body) == ["blob:", [], True, None]
