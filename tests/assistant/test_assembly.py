"""Everything wired together: first start, later starts, and what stays when parts are missing."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.assembly import Assistant, build
from assistant.domain import Answer, Outcome, Scope
from assistant.flows.answer import Final
from assistant.health import inspect, overall
from assistant.settings import Settings
from assistant.store import NewTurn, Store
from tests.api.conftest import RULE

QUESTION = "시범사용 완료보고서는 며칠 이내에 제출하나요?"
SOURCES = """
sources:
  - id: notice-test
    path: "규정.md"
    title: "시험용 물품 규정"
    publisher: "공문 프로젝트"
    kind: notice
    collection: rules
    effective_from: 2026-01-01
    grade: "O"
    licence: "MIT, written for this project"
    sha256: {sha256}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with a corpus of one rule, words only."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "규정.md").write_text(RULE, encoding="utf-8")
    sha256 = hashlib.sha256(RULE.encode()).hexdigest()
    (corpus / "sources.yaml").write_text(SOURCES.format(sha256=sha256), encoding="utf-8")
    return Settings(
        data_dir=tmp_path / "var",
        corpus_dir=corpus,
        embedding_backend="none",
        min_free_bytes=0,
        _env_file=None,
    )


@pytest.fixture
def started(settings: Settings) -> Iterator[Callable[..., Assistant]]:
    """Return a function that builds and starts an assistant; all are stopped at the end."""
    made: list[Assistant] = []

    def start(**changes: object) -> Assistant:
        assistant = build(settings.model_copy(update=changes))
        made.append(assistant)
        assistant.start()
        return assistant

    yield start
    for assistant in made:
        assistant.stop()


def answer(assistant: Assistant, question: str = QUESTION) -> Answer:
    async def final() -> Answer:
        events = assistant.answer_flow.stream(
            question, scope=Scope(), reference_date=assistant.today(), history=()
        )
        (last,) = [event async for event in events if isinstance(event, Final)]
        return last.answer

    return asyncio.run(final())


def wait_for(condition: Callable[[], bool], within_s: float = 20.0) -> None:
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_first_start_reads_the_corpus_and_answers_from_it(started) -> None:
    assistant = started()
    wait_for(lambda: len(assistant.store.documents.catalog()) == 1)
    assert assistant.wait_idle(timeout_s=20)
    found = answer(assistant)
    assert found.outcome is Outcome.ANSWERED
    assert "14일" in found.text


def test_an_answer_out_of_a_part_of_the_corpus_says_so_and_a_later_one_does_not(started) -> None:
    assistant = started()
    assert "corpus_loading" in answer(assistant).notices
    wait_for(lambda: "corpus_loading" not in answer(assistant).notices)
    assert "14일" in answer(assistant).text


def test_a_corpus_that_cannot_be_read_is_not_said_to_be_on_its_way(
    settings: Settings, started
) -> None:
    (settings.corpus_dir / "sources.yaml").write_text("sources: 3", encoding="utf-8")
    assistant = started()
    wait_for(lambda: "corpus_loading" not in answer(assistant).notices)


def test_a_later_start_reads_nothing_again(started) -> None:
    first = started()
    wait_for(lambda: len(first.store.documents.catalog()) == 1)
    first.wait_idle(timeout_s=20)
    (before,) = first.store.documents.catalog().values()
    first.stop()
    second = started()
    wait_for(lambda: second.is_ready)
    assert "14일" in answer(second).text
    (after,) = second.store.documents.catalog().values()
    assert (after.version_number, after.updated_at) == (before.version_number, before.updated_at)


def test_an_absent_corpus_leaves_a_working_assistant(started, tmp_path: Path) -> None:
    assistant = started(corpus_dir=tmp_path / "none")
    wait_for(lambda: assistant.is_ready)
    assert answer(assistant).outcome is Outcome.NO_EVIDENCE
    assert overall(inspect(assistant), ready=True) == "ok"


def test_what_a_crash_left_running_is_stopped_by_the_server_only(
    settings: Settings, started
) -> None:
    settings.data_dir.mkdir()
    with Store.open(settings.resolved_database_url) as store:
        turn = store.conversations.start_turn(NewTurn(institution_id="default", question="기한은?"))
    idle = build(settings)
    assert (
        idle.store.conversations.turn(turn.turn_id, institution_id="default").turn.state
        == "running"
    )
    idle.stop()
    assistant = started()
    stored = assistant.store.conversations.turn(turn.turn_id, institution_id="default")
    assert stored.turn.state == "stopped"


def test_stopping_twice_is_harmless(settings: Settings) -> None:
    assistant = build(settings)
    assistant.start()
    assistant.stop()
    assistant.stop()


def test_a_stop_in_the_middle_of_the_first_start_is_quick(settings: Settings) -> None:
    assistant = build(settings)
    assistant.start()
    began = time.monotonic()
    assistant.stop()
    assert time.monotonic() - began < 9


def test_today_is_the_date_in_korea(settings: Settings) -> None:
    late = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    assistant = build(settings, clock=lambda: late)
    assert assistant.today() == date(2026, 11, 24)
    assistant.stop()


@pytest.mark.parametrize(
    ("changes", "is_set"),
    [
        ({}, False),
        ({"llm_base_url": "http://127.0.0.1:9/v1"}, False),
        ({"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "m"}, True),
    ],
    ids=["nothing", "address only", "both"],
)
def test_a_model_needs_an_address_and_a_name(
    settings: Settings, changes: dict[str, str], is_set: bool
) -> None:
    assistant = build(settings.model_copy(update=changes))
    assert (assistant.model is not None) is is_set
    assistant.stop()
