"""No institution reads or changes what is another's."""

from __future__ import annotations

from collections.abc import Callable, Sized
from dataclasses import dataclass

import pytest

from assistant.errors import NotFoundError
from assistant.store import Feedback, NewTurn, Store, visible_to
from tests.assistant.store.answers import make_answer
from tests.assistant.store.builders import add
from tests.assistant.store.jobs import COLUMNS, correction, finish_next, make_job
from tests.assistant.store.pilots import BY, FILE, PROPOSALS, add_pilot

THEIRS = visible_to("other")


@dataclass
class Ours:
    store: Store
    document_id: str
    version_id: str
    conversation_id: str
    turn_id: str
    job_id: str
    item_id: str
    pilot_id: str


@pytest.fixture
def ours(store: Store) -> Ours:
    store.collections.ensure_institution("other", "다른 기관")
    added = add(store, ["비밀"])
    started = store.conversations.start_turn(
        NewTurn(institution_id="default", question="비밀 질문")
    )
    job = make_job(store, 1)
    item_id = finish_next(store).item_id
    store.column_sets.save(COLUMNS, institution_id="default", by="x")
    pilot = add_pilot(store)
    return Ours(
        store,
        added.document_id,
        added.version_id,
        started.conversation_id,
        started.turn_id,
        job.job_id,
        item_id,
        pilot.pilot_id,
    )


EMPTY: dict[str, Callable[[Ours], Sized]] = {
    "chunks.by_ids": lambda o: o.store.chunks.by_ids(
        [f"{o.document_id}#0"], institution_ids=THEIRS
    ),
    "chunks.of_section": lambda o: o.store.chunks.of_section(
        o.version_id, 0, institution_ids=THEIRS
    ),
    "chunks.of_sections": lambda o: o.store.chunks.of_sections(
        [(o.version_id, 0)], institution_ids=THEIRS
    ),
    "chunks.of_version": lambda o: o.store.chunks.of_version(o.version_id, institution_ids=THEIRS),
    "chunks.ids": lambda o: list(o.store.chunks.ids("other")),
    "sections.many": lambda o: o.store.sections.many([(o.version_id, 0)], institution_ids=THEIRS),
    "sections.by_label": lambda o: o.store.sections.by_label(
        o.version_id, "제1조", institution_ids=THEIRS
    ),
    "sections.by_labels": lambda o: o.store.sections.by_labels(
        [(o.version_id, "제1조")], institution_ids=THEIRS
    ),
    "sections.list": lambda o: o.store.sections.list(o.version_id, institution_ids=THEIRS),
    "sections.following": lambda o: o.store.sections.following(
        o.version_id, -1, 9, institution_ids=THEIRS
    ),
    "sections.outline": lambda o: o.store.sections.outline(o.version_id, institution_ids=THEIRS),
    "documents.list": lambda o: o.store.documents.list(institution_ids=THEIRS).documents,
    "documents.versions": lambda o: o.store.documents.versions(
        o.document_id, institution_ids=THEIRS
    ),
    "conversations.list": lambda o: o.store.conversations.list(institution_id="other"),
    "jobs.list": lambda o: o.store.jobs.list(institution_id="other"),
    "column_sets.list": lambda o: o.store.column_sets.list(institution_id="other"),
    "pilots.list": lambda o: o.store.pilots.list(institution_id="other"),
    "pilots.versions": lambda o: o.store.pilots.versions(o.pilot_id, institution_id="other"),
    "pilots.files": lambda o: o.store.pilots.files(o.pilot_id, institution_id="other"),
    "pilots.proposals": lambda o: o.store.pilots.proposals(o.pilot_id, institution_id="other"),
    "collections.list": lambda o: [
        c
        for c in o.store.collections.list(institution_ids=("other",))
        if c.institution_id != "other"
    ],
}

NOT_FOUND: dict[str, Callable[[Ours], object]] = {
    "sections.view": lambda o: o.store.sections.view(
        o.document_id, o.version_id, 0, institution_ids=THEIRS
    ),
    "documents.get": lambda o: o.store.documents.get(o.document_id, institution_ids=THEIRS),
    "documents.version": lambda o: o.store.documents.version(o.version_id, institution_ids=THEIRS),
    "documents.delete": lambda o: o.store.documents.delete(o.document_id, institution_id="other"),
    "documents.restore": lambda o: o.store.documents.restore(o.document_id, institution_id="other"),
    "uploads.retry": lambda o: o.store.uploads.retry(o.document_id, institution_id="other"),
    "collections.get": lambda o: o.store.collections.get("inbox", institution_ids=THEIRS),
    "collections.delete": lambda o: o.store.collections.delete("inbox", institution_id="other"),
    "conversations.get": lambda o: o.store.conversations.get(
        o.conversation_id, institution_id="other"
    ),
    "conversations.turns": lambda o: o.store.conversations.turns(
        o.conversation_id, institution_id="other"
    ),
    "conversations.turn": lambda o: o.store.conversations.turn(o.turn_id, institution_id="other"),
    "conversations.rename": lambda o: o.store.conversations.rename(
        o.conversation_id, "x", institution_id="other"
    ),
    "conversations.delete": lambda o: o.store.conversations.delete(
        o.conversation_id, institution_id="other"
    ),
    "conversations.restore": lambda o: o.store.conversations.restore(
        o.conversation_id, institution_id="other"
    ),
    "conversations.set_feedback": lambda o: o.store.conversations.set_feedback(
        o.turn_id, Feedback(verdict="up"), institution_id="other"
    ),
    "pilots.get": lambda o: o.store.pilots.get(o.pilot_id, institution_id="other"),
    "pilots.version": lambda o: o.store.pilots.version(o.pilot_id, 1, institution_id="other"),
    "pilots.save": lambda o: o.store.pilots.save(
        o.store.pilots.get(o.pilot_id, institution_id="default").record,
        institution_id="other",
        parent=1,
        by="x",
    ),
    "pilots.delete": lambda o: o.store.pilots.delete(o.pilot_id, institution_id="other"),
    "pilots.restore": lambda o: o.store.pilots.restore(o.pilot_id, institution_id="other"),
    "pilots.add_file": lambda o: o.store.pilots.add_file(o.pilot_id, FILE, institution_id="other"),
    "pilots.propose": lambda o: o.store.pilots.propose(
        o.pilot_id, "d", PROPOSALS, institution_id="other"
    ),
    "pilots.decide": lambda o: o.store.pilots.decide(o.pilot_id, BY, institution_id="other"),
    "jobs.get": lambda o: o.store.jobs.get(o.job_id, institution_id="other"),
    "jobs.items": lambda o: o.store.jobs.items(o.job_id, institution_id="other"),
    "jobs.item": lambda o: o.store.jobs.item(o.job_id, o.item_id, institution_id="other"),
    "jobs.add_files": lambda o: o.store.jobs.add_files(o.job_id, [], institution_id="other"),
    "jobs.pause": lambda o: o.store.jobs.pause(o.job_id, institution_id="other"),
    "jobs.resume": lambda o: o.store.jobs.resume(o.job_id, institution_id="other"),
    "jobs.cancel": lambda o: o.store.jobs.cancel(o.job_id, institution_id="other"),
    "jobs.run_again": lambda o: o.store.jobs.run_again(o.job_id, institution_id="other"),
    "jobs.delete": lambda o: o.store.jobs.delete(o.job_id, institution_id="other"),
    "job_decisions.correct": lambda o: o.store.job_decisions.correct(
        o.job_id, o.item_id, correction(), institution_id="other"
    ),
    "job_decisions.withdraw": lambda o: o.store.job_decisions.withdraw(
        o.job_id, o.item_id, correction(), institution_id="other"
    ),
    "job_decisions.confirm": lambda o: o.store.job_decisions.confirm(
        o.job_id, o.item_id, institution_id="other", by="x"
    ),
    "column_sets.get": lambda o: o.store.column_sets.get("sample", institution_id="other"),
    "column_sets.remove": lambda o: o.store.column_sets.remove(
        "sample", institution_id="other", by="x"
    ),
    "conversations.start_turn, conversation": lambda o: o.store.conversations.start_turn(
        NewTurn(institution_id="other", question="?", conversation_id=o.conversation_id)
    ),
    "conversations.start_turn, parent": lambda o: o.store.conversations.start_turn(
        NewTurn(institution_id="other", question="?", parent_turn_id=o.turn_id)
    ),
    "conversations.start_turn, replaces": lambda o: o.store.conversations.start_turn(
        NewTurn(institution_id="other", question="?", replaces_turn_id=o.turn_id)
    ),
}


@pytest.mark.parametrize("name", EMPTY)
def test_a_foreign_institution_reads_nothing(ours: Ours, name: str) -> None:
    assert len(EMPTY[name](ours)) == 0


@pytest.mark.parametrize("name", NOT_FOUND)
def test_what_is_foreign_is_not_found(ours: Ours, name: str) -> None:
    with pytest.raises(NotFoundError):
        NOT_FOUND[name](ours)


def test_a_foreign_institution_cannot_end_or_fill_a_turn(ours: Ours) -> None:
    conversations = ours.store.conversations
    conversations.save_partial(ours.turn_id, "남의 글", institution_id="other")
    assert not conversations.stop_turn(ours.turn_id, institution_id="other")
    assert not conversations.finish_turn(ours.turn_id, make_answer(), institution_id="other")
    stored = conversations.turn(ours.turn_id, institution_id="default")
    assert (stored.turn.state, stored.partial_text) == ("running", "")


def test_the_public_corpus_is_read_by_all_and_changed_by_none_of_them(store: Store) -> None:
    added = add(store, ["공용"], institution_id="public")
    found = store.sections.many([(added.version_id, 0)], institution_ids=visible_to("default"))
    assert found[(added.version_id, 0)].text == "공용"
    with pytest.raises(NotFoundError):
        store.documents.delete(added.document_id, institution_id="default")
