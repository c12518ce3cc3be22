"""A paper when the process dies at any moment, or many people save at once."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.domain import PaperSubject
from assistant.store import Store
from tests.assistant.store.paper_child import version

ROOT = Path(__file__).parents[3]


def promised_until_killed(url: str, seeded: random.Random) -> dict[tuple[str, int], str]:
    """Return the title of each version that the child was promised before it was killed."""
    command = [sys.executable, "-m", "tests.assistant.store.paper_child", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(seeded.randint(4, 12))]
        time.sleep(seeded.uniform(0.0, 0.05))
        child.kill()
        said += child.stdout.readlines()
    lines = [line.split() for line in said if line.endswith("\n") and line.startswith("saved")]
    return {(paper_id, int(number)): title for _, paper_id, number, title in lines}


@pytest.mark.slow
def test_no_saved_version_is_lost_when_the_process_is_killed(sqlite_url: str) -> None:
    seeded = random.Random(20261129)  # noqa: S311 -- repeatable on purpose
    promised: dict[tuple[str, int], str] = {}
    for _ in range(5):
        promised |= promised_until_killed(sqlite_url, seeded)
        with Store.open(sqlite_url) as store:
            for (paper_id, number), title in promised.items():
                found = store.papers.version(paper_id, number, institution_id="default")
                assert found.paper.title == title
                record = store.papers.get(paper_id, institution_id="default")
                heads = store.papers.versions(paper_id, institution_id="default")
                assert record.current.number in {head.number for head in heads}
    assert len(promised) >= 15


def test_many_who_save_at_once_all_keep_their_text(store: Store) -> None:
    paper_id = store.papers.create(
        version("0"), subject=PaperSubject.COMPLAINT, subject_id="c", institution_id="default"
    )

    def save(title: str) -> tuple[int, bool]:
        made = store.papers.save(paper_id, version(title), parent=1, institution_id="default")
        return made.number, made.is_aside

    titles = [f"글 {n}" for n in range(12)]
    with ThreadPoolExecutor(4) as pool:
        saved = list(pool.map(save, titles))
    assert sorted(number for number, _ in saved) == list(range(2, 14))
    assert [is_aside for _, is_aside in saved].count(False) == 1
    kept = {
        store.papers.version(paper_id, n, institution_id="default").paper.title
        for n in range(2, 14)
    }
    assert kept == set(titles)
