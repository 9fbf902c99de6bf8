"""Changes of one message by one person go out one after the other, so that the last press wins."""

from typing import Any

import pytest
from playwright.sync_api import Page

from .page_time import own_time

# A service that processes frames side by side, each after a delay of its own, and tells what has changed.
SERVICE = """async ({ delays, set }) => {
  const { Emitter } = await import('/scripts/lib/emitter.js');
  const { Changes } = await import('/scripts/models/changes.js');
  const { RoomLog } = await import('/scripts/models/room_log.js');
  Object.defineProperty(navigator, 'locks', { value: null, configurable: true }); // they take real time
  let entry = { seq: 1, at: 1, id: 'i', text: 'before', user: { id: 'x' }, reactions: {}, labels: {} };
  const users = { reactions: {}, labels: {} };
  for (const emoji of set) users.reactions[emoji] = new Set(['me']);
  const channel = Object.assign(new Emitter(), { name: 'general', log: new RoomLog() });
  channel.remember = (seq, mine) => channel.log.remember(seq, mine);
  const counts = (of) => Object.fromEntries(Object.entries(of).map(([key, who]) => [key, who.size]));
  const tell = (changed) => {
    const [reactions, labels] = [counts(users.reactions), counts(users.labels)];
    entry = { ...entry, ...changed, reactions, labels, at: entry.at + 1 };
    channel.log.receive([entry]);
    channel.emit('entries', [entry]);
  };
  const process = ({ action, emoji, on, label, text, by = 'me' }) => {
    if (action === 'edit') return tell({ text });
    const before = JSON.stringify([counts(users.reactions), counts(users.labels)]);
    if (action === 'label') for (const readers of Object.values(users.labels)) readers.delete(by);
    const [of, key] = action === 'label' ? [users.labels, label] : [users.reactions, emoji];
    if (key) (of[key] ??= new Set())[(action === 'label' || on) ? 'add' : 'delete'](by);
    if (before !== JSON.stringify([counts(users.reactions), counts(users.labels)])) tell({});
  };
  const request = (frame) => new Promise((_, reject) => {
    sent.push(frame);
    const delay = delays.shift() ?? 10;
    if (typeof delay === 'string') reject(Object.assign(new Error(delay), { code: delay }));
    else setTimeout(() => process(frame), delay);
    setTimeout(() => reject(Object.assign(new Error('late'), { code: 'timeout' })), 10_000);
  });
  channel.log.open({ messages: [entry], lastSeq: 1, more: false });
  const changes = new Changes({ connection: { request }, channelOf: () => channel });
  const note = (what) => what.catch((error) => problems.push(error.code));
  Object.assign(window, {
    sent: [], problems: [], process,
    react: (emoji, on) => note(changes.marks.react(channel, entry, emoji, on)),
    label: (label) => note(changes.marks.label(channel, entry, label)),
    edit: (text) => note(changes.make(channel, { action: 'edit', seq: 1, text })),
    outcome: () => ({
      shown: channel.log.get(1).mine ?? null, text: entry.text, problems, frames: sent.length,
      reactions: Object.keys(users.reactions).filter((emoji) => users.reactions[emoji].has('me')),
      label: Object.keys(users.labels).find((label) => users.labels[label].has('me')) ?? null,
    }),
  });
}"""


def after(
    page: Page, *steps: str, delays: tuple[int | str, ...] = (800,), stored: str = ""
) -> dict[str, Any]:
    """Do steps a quarter of a second apart, let everything end, and return what is stored and shown."""
    own_time(page)
    page.evaluate(SERVICE, {"delays": list(delays), "set": list(stored)})
    for step in steps:
        page.evaluate(f"void {step}")
        page.clock.run_for(250)
    page.clock.run_for(60_000)
    outcome: dict[str, Any] = page.evaluate("outcome()")
    return outcome


@pytest.mark.parametrize(
    ("presses", "shown", "frames"),
    [((True, False), [], 2), ((True, False, True), ["👍"], 1), ((True, False, True, False), [], 2)],
    ids=["twice", "three times", "four times"],
)
def test_the_last_press_of_a_reaction_wins_while_the_first_is_on_its_way(
    empty_page: Page, presses: tuple[bool, ...], shown: list[str], frames: int
) -> None:
    outcome = after(empty_page, *(f"react('👍', {str(on).lower()})" for on in presses))
    assert outcome["shown"]["reactions"] == outcome["reactions"] == shown
    assert outcome["frames"] == frames
    assert outcome["problems"] == []


def test_the_last_press_wins_although_another_reacts_the_same_meanwhile(empty_page: Page) -> None:
    other = "process({action: 'react', emoji: '👍', on: true, by: 'other'})"
    outcome = after(empty_page, "react('👍', true)", other, "react('👍', false)", delays=(3_000,))
    assert outcome["shown"]["reactions"] == outcome["reactions"] == []


def test_a_change_by_somebody_else_is_not_taken_for_one_s_own(empty_page: Page) -> None:
    other = "process({action: 'react', emoji: '🎉', on: true, by: 'other'})"
    outcome = after(empty_page, "react('👍', true)", other, "react('👍', false)", delays=(3_000,))
    assert outcome["shown"]["reactions"] == outcome["reactions"] == []
    assert outcome["frames"] == 2


def test_the_last_label_wins(empty_page: Page) -> None:
    outcome = after(empty_page, "label('negative')", "label('positive')", delays=(800, 600))
    assert outcome["shown"]["label"] == outcome["label"] == "positive"
    outcome = after(empty_page, "label('negative')", "label('positive')", "label(null)", delays=(800, 600))
    assert outcome["shown"]["label"] is outcome["label"] is None


def test_the_last_edit_wins(empty_page: Page) -> None:
    assert after(empty_page, "edit('one')", "edit('two')", delays=(800, 10))["text"] == "two"


def test_different_reactions_to_a_message_are_all_stored(empty_page: Page) -> None:
    outcome = after(empty_page, "react('👍', true)", "react('🎉', true)", "react('👍', false)")
    assert outcome["shown"]["reactions"] == outcome["reactions"] == ["🎉"]


def test_a_refusal_of_what_was_taken_back_meanwhile_is_no_problem(empty_page: Page) -> None:
    outcome = after(empty_page, "react('👍', true); react('👍', false)", delays=("invalid",))
    assert outcome["shown"]["reactions"] == outcome["reactions"] == outcome["problems"] == []
    assert outcome["frames"] <= 1


def test_a_refused_press_shows_what_was_before_and_says_so_once(empty_page: Page) -> None:
    outcome = after(empty_page, "react('👍', true)", delays=("invalid",))
    assert outcome["shown"]["reactions"] == []
    assert outcome["problems"] == ["invalid"]


def test_what_was_set_on_another_device_can_be_taken_back(empty_page: Page) -> None:
    outcome = after(empty_page, "react('👍', true)", "react('👍', false)", stored="👍")
    assert outcome["shown"]["reactions"] == outcome["reactions"] == []
