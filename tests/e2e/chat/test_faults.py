"""Workers die and the stack restarts while people talk: nothing is lost, doubled or out of order."""

import contextlib
import os
import signal

from local.testing import RunningStack

from .conftest import JoinAs
from .people import LOST_SERVER, expect_connection, expect_stored, message, texts, write


def test_a_worker_killed_in_the_middle_loses_nothing(join_as: JoinAs, stack: RunningStack) -> None:
    ada, bob = join_as("Ada"), join_as("Bob")
    for number in range(9):
        write(ada if number % 2 else bob, f"message {number}")
        if number % 3 == 1:
            for pid in stack.worker_pids("websocket_message"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    for number in range(9):
        for page in (ada, bob):
            expect_stored(page, f"message {number}")
    assert texts(ada) == texts(bob)


def test_a_restart_of_the_whole_stack_loses_nothing(join_as: JoinAs, stack: RunningStack) -> None:
    ada, bob = join_as("Ada", allow=LOST_SERVER), join_as("Bob", allow=LOST_SERVER)
    write(ada, "before")
    expect_stored(bob, "before")
    stack.stop()
    try:
        for page in (ada, bob):
            page.wait_for_function("document.querySelector('#connection').dataset.connection !== 'online'")
        write(ada, "written by Ada while nothing ran")
        write(bob, "written by Bob while nothing ran")
        assert message(ada, "written by Ada while nothing ran").get_attribute("data-state") == "pending"
    finally:
        stack.start()
    for page in (ada, bob):
        expect_connection(page, "online")
    for page in (ada, bob):
        expect_stored(page, "written by Ada while nothing ran")
        expect_stored(page, "written by Bob while nothing ran")
    write(ada, "after")
    expect_stored(bob, "after")
    for page in (ada, bob):
        page.reload()
        expect_stored(page, "after")
    assert texts(ada) == texts(bob)
    assert texts(ada)[0] == "before"
    assert len(texts(ada)) == 4
