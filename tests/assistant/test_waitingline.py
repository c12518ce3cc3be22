"""Ids are worked on once, again after a passing failure, and not after a stop."""

from __future__ import annotations

import threading

import pytest

from assistant import waitingline
from assistant.errors import DocumentUnreadableError, StorageFullError
from assistant.waitingline import WaitingLine


def test_each_id_is_worked_on_once() -> None:
    done: list[str] = []
    line = WaitingLine("test", done.append, workers=2)
    for item_id in ("a", "b", "a"):
        line.put(item_id)
    line.start()
    assert line.wait_idle(10)
    line.stop(10)
    assert sorted(done) == ["a", "b"]


@pytest.mark.slow
@pytest.mark.parametrize("failure", [StorageFullError(), ZeroDivisionError()])
def test_a_failure_that_may_pass_is_tried_again(failure: Exception) -> None:
    attempts: list[str] = []

    def work(item_id: str) -> None:
        attempts.append(item_id)
        if len(attempts) == 1:
            raise failure

    line = WaitingLine("test", work, workers=1)
    line.put("a")
    line.start()
    assert line.wait_idle(4 * waitingline._RETRY_S)
    line.stop(10)
    assert attempts == ["a", "a"]


def test_a_failure_of_the_file_itself_is_final() -> None:
    attempts: list[str] = []

    def work(item_id: str) -> None:
        attempts.append(item_id)
        raise DocumentUnreadableError(reason="damaged")

    line = WaitingLine("test", work, workers=1)
    line.put("a")
    line.start()
    assert line.wait_idle(10)
    line.stop(10)
    assert attempts == ["a"]


def test_a_stop_leaves_what_waits() -> None:
    entered = threading.Event()
    done: list[str] = []
    line = WaitingLine(
        "test",
        lambda item_id: (entered.set(), line.stopping.wait(10), done.append(item_id)),
        workers=1,
    )
    line.put("a")
    line.put("b")
    line.start()
    assert entered.wait(10)
    line.stop(10)
    assert done == ["a"]
    assert not line.wait_idle(0.1)


def test_an_id_put_in_while_it_is_worked_on_is_worked_on_again() -> None:
    entered, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def work(item_id: str) -> None:
        entered.set()
        assert go_on.wait(10)
        done.append(item_id)

    line = WaitingLine("test", work, workers=2)
    line.put("a")
    line.start()
    assert entered.wait(10)
    line.put("a")
    line.put("a")
    go_on.set()
    assert line.wait_idle(10)
    line.stop(10)
    assert done == ["a", "a"]
