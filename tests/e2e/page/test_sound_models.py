"""What plays a sound, who hears it, and what sounds consist of, without a page."""

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("/play trombone", "trombone"),
        (" /PLAY  Bell\n", "bell"),
        ("/play", None),
        ("/play constructor", None),
        ("/play bell now", None),
        ("please /play bell", None),
    ],
    ids=range(6),
)
def test_a_text_that_plays_a_known_sound_does_nothing_else(run: Run, text: str, sound: str | None) -> None:
    assert run("models/sounds.js", "return sounds.soundOf(argument);", text) == sound


def test_a_sound_is_heard_once_by_who_looks_and_not_if_it_is_old(run: Run) -> None:
    body = """
      const { Turns } = await import('/scripts/lib/turns.js');
      const kept = new Map();
      const store = { get: (key, or) => kept.get(key) ?? or, set: (key, value) => kept.set(key, value) };
      const played = [];
      const tab = (about) => new sounds.HeardSounds({
        looksAt: () => 'a', wanted: () => true, play: (name) => played.push(name), now: () => 100_000,
        store, turns: new Turns(), ...about });
      const message = (id, text, about) => ({ id, text, sentAt: new Date(99_000).toISOString(), ...about });
      const told = async (about, ...messages) => {
        await tab(about).hear('a', messages);
        return played.splice(0);
      };
      const one = tab({});
      const several = [message('1', '/play bell'), message('2', '/play horn'), message('3', 'and words')];
      await one.hear('a', several);
      await one.hear('a', [message('4', '/play coin')]); // while the horn sounds
      return [
        played.splice(0),
        await told({}, message('2', '/play horn')), // in another tab
        await told({}, message('5', '/play coin')),
        await told({ looksAt: () => 'b' }, message('6', '/play coin')),
        await told({ wanted: () => false }, message('7', '/play coin')),
        await told({}, message('8', '/play coin', { sentAt: new Date(10_000).toISOString() })),
        await told({}, message('9', '/play coin', { editedAt: new Date(99_500).toISOString() })),
      ];"""
    assert run("models/sounds.js", body) == [["horn"], [], ["coin"], [], [], [], []]


def test_every_sound_has_a_sign_and_parts_that_a_browser_can_play(run: Run) -> None:
    body = """
      const { PARTS } = await import('/scripts/lib/sound_parts.js');
      const { SOUNDS } = await import('/scripts/models/sounds.js');
      const forms = new Set(["sine", "square", "sawtooth", "triangle", "noise"]);
      const wrong = [];
      const about = {};
      for (const [name, parts] of Object.entries(PARTS)) {
        for (const part of parts) {
          const [form, first, last, begins, lasts, loudness, swells, sharpness] = part;
          const right = forms.has(form) && first > 0 && last > 0 && begins >= 0 && lasts > 0
            && loudness > 0 && loudness <= 1
            && swells >= 0 && swells < lasts && (form === "noise" ? sharpness > 0 : sharpness === undefined);
          if (!right) wrong.push([name, part]);
        }
        about[name] = [Math.max(...parts.map(([, , , begins, lasts]) => begins + lasts)), parts.length];
      }
      return { wrong, about, names: Object.keys(SOUNDS), signs: new Set(Object.values(SOUNDS)).size };
    """
    found = run("models/sounds.js", body)
    assert found["wrong"] == []
    assert sorted(found["about"]) == found["names"]
    assert len(found["names"]) == found["signs"] >= 56
    assert {name: about for name, about in found["about"].items() if not (0.05 <= about[0] <= 4)} == {}
