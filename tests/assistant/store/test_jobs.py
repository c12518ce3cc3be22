"""Jobs in the store: what was asked for is kept, and each run counts once."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain import (
    CellStatus,
    Document,
    Grade,
    ItemTask,
    JobItemState,
    JobState,
    ModelUse,
)
from assistant.errors import ConflictError, GradeNotAllowedError, NotFoundError
from assistant.store import Reply, Store
from tests.assistant.store.builders import FrozenClock
from tests.assistant.store.jobs import (
    COLUMNS,
    OURS,
    claim_next,
    correction,
    finish_next,
    make_file,
    make_job,
    make_result,
)

NOTHING = ModelUse()


def state_of(store: Store, job_id: str) -> JobState:
    return store.jobs.get(job_id, institution_id=OURS).state


def test_a_job_ends_when_its_last_item_does(store: Store) -> None:
    job = make_job(store, 2)
    finish_next(store)
    assert state_of(store, job.job_id) is JobState.RUNNING
    store.job_work.fail(
        claim_next(store), code="document_unreadable", reason="damaged", use=NOTHING, reused=0
    )
    job = store.jobs.get(job.job_id, institution_id=OURS)
    assert (job.state, job.counts.done, job.counts.failed) == (JobState.DONE, 1, 1)
    assert job.finished_at is not None


def test_results_come_back_as_they_were_found_in_the_order_of_the_files(store: Store) -> None:
    job = make_job(store, 3)
    for company in ("가", "나", "다"):
        finish_next(store, make_result(company, "1000"))
    items = store.jobs.items(job.job_id, institution_id=OURS)
    assert [i.result.cell("company").value for i in items if i.result] == ["가", "나", "다"]
    assert items[0].result == make_result("가", "1000")


def test_a_run_counts_once_however_often_it_is_done(store: Store) -> None:
    job = make_job(store, 1)
    task = claim_next(store)
    again = store.job_work.claim(task.item_id, task.run)  # recovered after a crash
    assert again is not None
    assert again.attempts == 2
    use = ModelUse(calls=1)
    assert store.job_work.finish(again, make_result("가"), use=use, reused=0)
    assert not store.job_work.finish(task, make_result("나"), use=use, reused=0)
    [item] = store.jobs.items(job.job_id, institution_id=OURS)
    assert item.result == make_result("가")
    assert store.jobs.get(job.job_id, institution_id=OURS).use.calls == 1


def test_a_paused_job_begins_nothing_and_goes_on_when_resumed(store: Store) -> None:
    job = make_job(store, 2)
    [first, _] = store.job_work.due()
    store.job_work.note_queued([first])
    store.jobs.pause(job.job_id, institution_id=OURS)
    assert store.job_work.due() == []
    assert store.job_work.claim(first.item_id, first.run) is None
    store.jobs.resume(job.job_id, institution_id=OURS)
    assert [entry.run for entry in store.job_work.due()] == [1, 1]
    assert store.job_work.claim(first.item_id, first.run) is None  # the queue's old entry


def test_what_is_cancelled_stays_cancelled_and_keeps_what_was_found(store: Store) -> None:
    job = make_job(store, 3)
    finish_next(store)
    late = claim_next(store)
    cancelled = store.jobs.cancel(job.job_id, institution_id=OURS)
    assert (cancelled.counts.done, cancelled.counts.cancelled) == (1, 2)
    assert not store.job_work.is_wanted(late.item_id, late.run)
    assert not store.job_work.finish(late, make_result(), use=NOTHING, reused=0)
    assert store.job_work.due(is_queue_new=True) == []
    with pytest.raises(ConflictError):
        store.jobs.run_again(job.job_id, institution_id=OURS)


@pytest.mark.parametrize(
    ("act", "reason"),
    [("pause", "job_not_running"), ("resume", "job_not_paused"), ("cancel", "job_ended")],
)
def test_a_job_that_has_ended_says_so(store: Store, act: str, reason: str) -> None:
    job = make_job(store, 1)
    finish_next(store)
    with pytest.raises(ConflictError) as caught:
        getattr(store.jobs, act)(job.job_id, institution_id=OURS)
    assert caught.value.reason == reason


def test_one_column_of_one_item_is_run_again_alone(store: Store) -> None:
    job = make_job(store, 2)
    tasks = [finish_next(store), finish_next(store)]
    count = store.jobs.run_again(
        job.job_id, institution_id=OURS, item_ids=[tasks[1].item_id], columns=("price",)
    )
    assert (count, state_of(store, job.job_id)) == (1, JobState.RUNNING)
    task = claim_next(store)
    assert (task.item_id, task.only, task.is_fresh) == (tasks[1].item_id, ("price",), True)
    assert task.earlier == make_result()


def test_only_failed_items_are_tried_again_and_use_what_was_paid_for(store: Store) -> None:
    job = make_job(store, 2)
    finish_next(store)
    store.job_work.fail(claim_next(store), code="service", reason="", use=NOTHING, reused=0)
    assert store.jobs.run_again(job.job_id, institution_id=OURS, failed_only=True) == 1
    task = claim_next(store)
    assert (task.is_fresh, task.attempts) == (False, 1)


def test_a_reply_of_no_use_is_not_taken_again(store: Store) -> None:
    job = make_job(store, 1)
    failed = claim_next(store)
    store.job_work.finish(failed, make_result(), use=NOTHING, reused=0, failure="bad_reply")
    store.jobs.run_again(job.job_id, institution_id=OURS, failed_only=True)
    assert claim_next(store).is_fresh


def test_a_foreign_item_is_not_run_again(store: Store) -> None:
    job, other = make_job(store, 1), make_job(store, 1)
    [item] = store.jobs.items(other.job_id, institution_id=OURS)
    with pytest.raises(NotFoundError):
        store.jobs.run_again(job.job_id, institution_id=OURS, item_ids=[item.item_id])


def test_files_may_join_a_job_that_is_done(store: Store) -> None:
    job = make_job(store, 1)
    finish_next(store)
    store.jobs.add_files(job.job_id, [make_file(9, grade=Grade.SENSITIVE)], institution_id=OURS)
    job = store.jobs.get(job.job_id, institution_id=OURS)
    assert (job.state, job.grade, job.counts.total) == (JobState.RUNNING, Grade.SENSITIVE, 2)
    assert [i.position for i in store.jobs.items(job.job_id, institution_id=OURS)] == [0, 1]


def test_a_classified_file_is_refused(store: Store) -> None:
    with pytest.raises(GradeNotAllowedError):
        store.jobs.create(
            institution_id=OURS,
            title="",
            columns=COLUMNS,
            files=[make_file(1, grade=Grade.CLASSIFIED)],
            by="",
        )
    assert list(store.jobs.list(institution_id=OURS)) == []


def test_a_correction_stands_beside_the_value_and_ends_a_confirmation(store: Store) -> None:
    job = make_job(store, 1)
    task = finish_next(store, make_result("가", "1000", "2000"))
    decisions = store.job_decisions
    decisions.confirm(job.job_id, task.item_id, institution_id=OURS, by="과장 이가상")
    assert store.jobs.get(job.job_id, institution_id=OURS).counts.conflicting == 1
    item = decisions.correct(job.job_id, task.item_id, correction(), institution_id=OURS)
    assert item.result is not None
    assert item.result.cell("price").status is CellStatus.CONFLICTING
    assert (item.correction("price"), item.confirmation) == (correction(), None)
    assert store.jobs.get(job.job_id, institution_id=OURS).counts.conflicting == 0
    item = decisions.withdraw(job.job_id, task.item_id, correction(), institution_id=OURS)
    assert item.corrections == ()
    assert store.jobs.get(job.job_id, institution_id=OURS).counts.conflicting == 1


@pytest.mark.parametrize(("company", "stays"), [("가", True), ("나", False)])
def test_a_confirmation_holds_while_the_row_says_the_same(
    store: Store, company: str, *, stays: bool
) -> None:
    job = make_job(store, 1)
    task = finish_next(store, make_result("가"))
    store.job_decisions.confirm(job.job_id, task.item_id, institution_id=OURS, by="과장 이가상")
    store.jobs.run_again(job.job_id, institution_id=OURS)
    finish_next(store, make_result(company))
    item = store.jobs.item(job.job_id, task.item_id, institution_id=OURS)
    assert (item.confirmation is not None) is stays


def test_a_row_without_a_result_cannot_be_confirmed(store: Store) -> None:
    job = make_job(store, 1)
    [item] = store.jobs.items(job.job_id, institution_id=OURS)
    with pytest.raises(ConflictError):
        store.job_decisions.confirm(job.job_id, item.item_id, institution_id=OURS, by="x")


def test_tokens_add_up_and_stay_unknown_where_nobody_counts(store: Store) -> None:
    job = make_job(store, 2)
    finish_next(store)
    store.job_work.finish(claim_next(store), make_result(), use=ModelUse(calls=2), reused=3)
    job = store.jobs.get(job.job_id, institution_id=OURS)
    assert job.use == ModelUse(calls=3, prompt_tokens=100, completion_tokens=10)
    assert job.reused == 3


def test_what_is_left_is_told_from_the_pace(store: Store, clock: FrozenClock) -> None:
    job = make_job(store, 4)
    assert store.jobs.get(job.job_id, institution_id=OURS).left_s is None
    clock.advance(seconds=10)
    finish_next(store)
    assert store.jobs.get(job.job_id, institution_id=OURS).left_s == pytest.approx(30, abs=0.1)


def test_changes_since_a_look_are_told(store: Store) -> None:
    job = make_job(store, 3)
    seen = store.jobs.get(job.job_id, institution_id=OURS).changed
    task = finish_next(store)
    [item] = store.jobs.items(job.job_id, institution_id=OURS, changed_after=seen)
    assert item.item_id == task.item_id


def test_a_run_that_is_put_back_waits_for_the_next_worker(store: Store) -> None:
    make_job(store, 1)
    task = claim_next(store)
    store.job_work.note_queued(store.job_work.due())
    store.job_work.put_back(task)
    [due] = store.job_work.due()
    assert (due.item_id, due.run) == (task.item_id, task.run + 1)


def test_the_first_reply_of_a_key_stays_and_is_the_institutions_own(store: Store) -> None:
    store.collections.ensure_institution("other", "다른 기관")
    work = store.job_work
    work.keep_reply("k", Reply(text="가", prompt_tokens=3), institution_id=OURS)
    work.keep_reply("k", Reply(text="나"), institution_id=OURS)
    assert work.reply("k", institution_id=OURS) == Reply(text="가", prompt_tokens=3)
    assert work.reply("k", institution_id="other") is None


def test_old_replies_are_forgotten(store: Store, clock: FrozenClock) -> None:
    store.job_work.keep_reply("old", Reply(text="가"), institution_id=OURS)
    clock.advance(days=2)
    store.job_work.keep_reply("new", Reply(text="나"), institution_id=OURS)
    assert store.job_work.forget_replies(clock() - timedelta(days=1)) == 1
    assert store.job_work.reply("old", institution_id=OURS) is None
    assert store.job_work.reply("new", institution_id=OURS) is not None


def test_what_was_read_is_kept_for_its_institution(store: Store) -> None:
    make_job(store, 1)
    task = claim_next(store)
    document = Document(title="신청서", media_type="text/markdown", blocks=())
    store.job_work.keep_reading(task, document)
    assert store.job_work.reading(task.item_id, institution_id=OURS) == document
    assert store.job_work.reading(task.item_id, institution_id="other") is None


def test_a_job_that_is_removed_leaves_nothing(store: Store) -> None:
    job = make_job(store, 1)
    task = finish_next(store)
    store.job_decisions.correct(job.job_id, task.item_id, correction(), institution_id=OURS)
    assert make_file(0).blob_id in store.uploads.blob_ids()
    store.jobs.delete(job.job_id, institution_id=OURS)
    assert make_file(0).blob_id not in store.uploads.blob_ids()
    with pytest.raises(NotFoundError):
        store.jobs.get(job.job_id, institution_id=OURS)


def test_a_column_set_has_a_version_for_each_saving(store: Store) -> None:
    sets = store.column_sets
    first = sets.save(COLUMNS, institution_id=OURS, by="가")
    second = sets.save(replace(COLUMNS, title="새 이름"), institution_id=OURS, by="나", based_on=1)
    assert (first.columns.version, second.columns.version) == (1, 2)
    with pytest.raises(ConflictError):
        sets.save(COLUMNS, institution_id=OURS, by="다", based_on=1)
    assert [s.columns.title for s in sets.list(institution_id=OURS)] == ["새 이름"]
    sets.remove("sample", institution_id=OURS, by="가")
    assert list(sets.list(institution_id=OURS)) == []


STEPS = st.lists(
    st.sampled_from(["claim", "finish", "fail", "pause", "resume", "again", "add", "crash"]),
    max_size=40,
)


class _Play:
    """A worker and an official who do one thing after the other."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.job_id = make_job(store, 3).job_id
        self.claimed: list[ItemTask] = []

    def claim(self) -> None:
        due = [d for d in self.store.job_work.due() if d.item_id in _ids(self.store, self.job_id)]
        self.store.job_work.note_queued(due[:1])
        tasks = [self.store.job_work.claim(entry.item_id, entry.run) for entry in due[:1]]
        self.claimed += [task for task in tasks if task]

    def finish(self) -> None:
        if self.claimed:
            task = self.claimed.pop()
            self.store.job_work.finish(task, make_result(), use=NOTHING, reused=0)

    def fail(self) -> None:
        if self.claimed:
            task = self.claimed.pop()
            self.store.job_work.fail(task, code="x", reason="", use=NOTHING, reused=0)

    def crash(self) -> None:
        self.claimed.clear()

    def again(self) -> None:
        self.store.jobs.run_again(self.job_id, institution_id=OURS)

    def add(self) -> None:
        self.store.jobs.add_files(self.job_id, [make_file(9)], institution_id=OURS)

    def pause(self) -> None:
        self.store.jobs.pause(self.job_id, institution_id=OURS)

    def resume(self) -> None:
        self.store.jobs.resume(self.job_id, institution_id=OURS)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_every_item_ends_once(sqlite_store: Store, steps: list[str]) -> None:
    play = _Play(sqlite_store)
    for step in steps:
        with suppress(ConflictError):
            getattr(play, step)()
    _complete(sqlite_store, play.job_id)
    job = sqlite_store.jobs.get(play.job_id, institution_id=OURS)
    assert job.state is JobState.DONE
    assert job.counts.settled == job.counts.total == job.counts.done + job.counts.failed


def _ids(store: Store, job_id: str) -> set[str]:
    return {item.item_id for item in store.jobs.items(job_id, institution_id=OURS)}


def _complete(store: Store, job_id: str) -> None:
    if state_of(store, job_id) is JobState.PAUSED:
        store.jobs.resume(job_id, institution_id=OURS)
    ours = _ids(store, job_id)
    for due in store.job_work.due(is_queue_new=True):
        if due.item_id in ours and (task := store.job_work.claim(due.item_id, due.run)):
            store.job_work.finish(task, make_result(), use=NOTHING, reused=0)
    left = store.jobs.items(job_id, institution_id=OURS, state=JobItemState.WAITING)
    assert list(left) == []
