"""Killed while drafting: every complaint that was promised a draft has exactly one afterwards."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.domain import PaperSubject
from assistant.store import DraftingState, QueueFilter
from tests.assistant.flows.complaining import NOW, OURS, desk_shelf, make_desk

ROOT = Path(__file__).parents[2]
RECOVERY_S = 120.0


def run_and_kill(folder: Path, first: int, after_s: float) -> list[int]:
    """Run the child, kill it `after_s` seconds after its first promise, return its promises."""
    command = [sys.executable, "-m", "tests.crash.drafting_child", str(folder), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        timer = threading.Timer(after_s, process.kill)
        timer.start()
        lines += process.stdout
        timer.cancel()
    assert process.returncode == -9, "the child must die by the kill, not of a fault"
    return [int(line) for line in lines if line.endswith("\n")]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_each_promised_draft_is_there_once_after_a_kill(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    promised = run_and_kill(tmp_path, 0, chance.uniform(0.2, 4.0))
    promised += run_and_kill(tmp_path, 100_000, chance.uniform(0.2, 4.0))
    with desk_shelf(tmp_path) as shelf:
        desk = make_desk(shelf)
        desk.line.start()
        assert desk.line.wait_idle(RECOVERY_S)
        desk.line.stop()
        found = shelf.store.complaints.list(QueueFilter(which="all", limit=20_000), now=NOW, **OURS)
        cases = {case.number: case for case in found.cases}
        for number in promised:
            case = cases[f"N-{number}"]
            papers = shelf.store.papers.of_subject(
                PaperSubject.COMPLAINT, case.complaint_id, **OURS
            )
            assert case.drafting is DraftingState.DRAFTED
            assert (len(papers), len(case.letters)) == (1, 1)
