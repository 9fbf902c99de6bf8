"""What spares the page's main thread: work that is done once for a frame, or once in a while."""

from playwright.sync_api import Page

from .conftest import Run
from .page_time import own_time

MARKS = (
    "localStorage.clear(); const { Store } = await import('/scripts/lib/store.js'); "
    "const store = new Store(); const stored = () => store.get('read.tea'); "
    "const marks = new kept_marks.KeptMarks(store, () => {}); marks.move('tea', 1); marks.move('tea', 2); "
    "const leave = () => dispatchEvent(new Event('pagehide')); "
)


def test_work_is_done_when_its_task_ends_and_once_more_with_the_frame_for_all_that_followed(run: Run) -> None:
    body = (
        "let count = 0; const frame = new next_frame.NextFrame(() => { count += 1; }); "
        "frame.ask(); frame.ask(); const asked = count; await null; const ended = count; "
        "frame.ask(); await null; frame.ask(); await null; const waiting = count; "
        "const drawn = () => new Promise(requestAnimationFrame); await drawn(); await drawn(); "
        "frame.ask(); frame.done(); await drawn(); return [asked, ended, waiting, count];"
    )
    assert run("lib/next_frame.js", body) == [0, 1, 1, 2]


def test_what_is_throttled_runs_at_once_and_then_once_for_all_that_was_asked_meanwhile(run: Run) -> None:
    body = (
        "let count = 0; let later; const done = new Promise((resolve) => { later = resolve; }); "
        "const often = new throttle.Throttle(() => { count += 1; if (count === 2) later(); }, 20); "
        "often.ask(); often.ask(); often.ask(); const first = count; await done; "
        "often.ask(); const resting = count; often.flush(); return [first, resting, count];"
    )
    assert run("lib/throttle.js", body) == [1, 2, 3]


def test_a_mark_is_written_at_once_and_those_that_follow_closely_when_the_page_goes(run: Run) -> None:
    body = MARKS + "const early = [stored(), marks.get('tea')]; leave(); return [early, stored()];"
    assert run("models/kept_marks.js", body) == [[1, 2], 2]


def test_a_mark_that_another_tab_has_moved_on_is_not_set_back(run: Run) -> None:
    body = MARKS + "store.set('read.tea', 9); leave(); return [stored(), marks.get('tea')];"
    assert run("models/kept_marks.js", body) == [9, 9]


def test_the_list_of_rooms_is_looked_through_when_it_can_show_something_else(run: Run) -> None:
    body = """
      const { Emitter } = await import('/scripts/lib/emitter.js');
      const [chat, rooms, marks] = [new Emitter(), new Emitter(), new Emitter()];
      const counts = { tea: { unread: 0, mentions: 0 }, cake: { unread: 0, mentions: 0 } };
      chat.channel = () => ({ people: 2 });
      marks.counts = (room) => counts[room];
      rooms.withChannels = (channelOf, countsOf) => ['tea', 'cake'].map((room) => countsOf(room).unread);
      const shown = [];
      const view = { update: (list, current) => shown.push([...list, current]), leave: () => {} };
      const now = new rooms_now.RoomsNow({ chat, rooms, marks, view });
      const shows = (happens, isBehind = false) => {
        happens();
        now.update('tea', isBehind);
        return shown.splice(0);
      };
      return {
        first: shows(() => {}),
        'read as it came': shows(() => { chat.emit('room', 'tea'); marks.emit('change', 'tea'); }),
        'unread in the open room': shows(() => { counts.tea = { unread: 1, mentions: 0 }; }),
        'said in another room': shows(() => {
          counts.cake = { unread: 3, mentions: 0 };
          marks.emit('change', 'cake');
        }),
        'another list': shows(() => rooms.emit('change')),
        'something else in front': shows(() => {}, true),
        'somebody new': shows(() => now.leave(), true),
      };
    """
    assert run("models/rooms_now.js", body) == {
        "first": [[0, 0, "tea"]],
        "read as it came": [],
        "unread in the open room": [[1, 0, "tea"]],
        "said in another room": [[1, 3, "tea"]],
        "another list": [[1, 3, "tea"]],
        "something else in front": [[1, 3, None]],
        "somebody new": [[1, 3, None]],
    }


def test_a_page_is_hidden_for_long_after_half_an_hour_and_until_somebody_looks(
    empty_page: Page, run: Run
) -> None:
    own_time(empty_page)
    begin = """
      const { Emitter } = await import('/scripts/lib/emitter.js');
      const attention = Object.assign(new Emitter(), { visible: true });
      const hidden = new long_hidden.LongHidden(attention);
      const changes = [];
      hidden.on('change', () => changes.push(hidden.now));
      window.hiding = { changes, see: (visible) => {
        attention.visible = visible;
        attention.emit(visible ? 'look' : 'away');
      } };
    """
    run("models/long_hidden.js", begin)
    see = "(visible) => hiding.see(visible)"
    for minutes in (20, 20):  # a short look between them begins the half hour anew
        empty_page.evaluate(see, False)
        empty_page.clock.run_for(f"{minutes}:00")
        empty_page.evaluate(see, True)
    assert empty_page.evaluate("hiding.changes") == []
    empty_page.evaluate(see, False)
    empty_page.clock.run_for("31:00")
    assert empty_page.evaluate("hiding.changes") == [True]
    empty_page.evaluate(see, True)
    assert empty_page.evaluate("hiding.changes") == [True, False]
