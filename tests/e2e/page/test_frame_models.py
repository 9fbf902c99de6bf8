"""What spares the page's main thread: work that is done once for a frame, or once in a while."""

from .conftest import Run

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
