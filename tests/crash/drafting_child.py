"""A process that takes in complaints and drafts them, tells of each promise, and is killed."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.flows.complaint.letters import LetterRequest
from tests.assistant.flows.complaining import OURS, desk_shelf, make_desk, take


def main(folder: Path, first: int) -> None:
    """Put one complaint after the other into the line while drafts are made behind."""
    with desk_shelf(folder) as shelf:
        desk = make_desk(shelf)
        desk.line.start()
        for number in range(first, first + 10_000):
            case = take(desk, number=f"N-{number}")
            desk.line.put([case.complaint_id], LetterRequest(), **OURS)
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
