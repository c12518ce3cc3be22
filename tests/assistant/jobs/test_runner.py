"""Jobs at work in one process: each file once, in order, whatever becomes of the others."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from assistant.domain import ItemTask, JobItemState, JobState
from assistant.errors import StoreUnavailableError
from assistant.jobs import QueueLimits
from assistant.llm import Endpoint, EndpointModel
from tests.assistant.jobs.office import CountingModel, FirstWords, open_office, until
from tests.fakes import FakeEndpoint


def test_every_file_gets_its_row_in_order(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        job = office.job(*(office.file(f"신청 {number}") for number in range(30)))
        done = office.wait(job.job_id)
        assert office.column(job.job_id, "first") == [f"신청 {number}" for number in range(30)]
    assert (done.counts.done, done.counts.failed) == (30, 0)


def test_one_bad_file_among_a_hundred_never_stops_the_others(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        files = [office.file(f"신청 {number}") for number in range(99)]
        files.insert(50, office.file("깨짐", "%PDF-1.7 이것은 깨진 파일"))
        done = office.wait(office.job(*files).job_id, timeout_s=60)
        [bad] = [i for i in office.items(done.job_id) if i.state is JobItemState.FAILED]
    assert (done.counts.done, done.counts.failed) == (99, 1)
    assert (bad.position, bad.error_code) == (50, "document_unreadable")


def test_a_fault_of_ours_is_kept_as_the_failure_of_one_file(tmp_path: Path) -> None:
    def fault(task: ItemTask) -> None:
        if task.file.file_name == "나.md":
            raise ZeroDivisionError

    with open_office(tmp_path, maker=FirstWords(before=fault)) as office:
        done = office.wait(office.job(*(office.file(name) for name in "가나다")).job_id)
        codes = [item.error_code for item in office.items(done.job_id)]
    assert codes == [None, "internal", None]


def test_what_fails_for_the_moment_is_tried_again(tmp_path: Path) -> None:
    tries = []

    def busy_at_first(task: ItemTask) -> None:
        tries.append(task.item_id)
        if len(tries) == 1:
            raise StoreUnavailableError

    with open_office(tmp_path, maker=FirstWords(before=busy_at_first)) as office:
        done = office.wait(office.job(office.file("가")).job_id)
    assert (done.counts.done, len(tries)) == (1, 2)


def test_the_model_is_asked_again_when_the_endpoint_fails_for_the_moment(tmp_path: Path) -> None:
    model = CountingModel(failures=["timeout", "unreachable"])
    with open_office(tmp_path, model=model) as office:
        done = office.wait(office.job(office.file("가")).job_id)
    assert (done.counts.done, len(model.asked), done.use.calls) == (1, 3, 1)


def test_a_model_that_stays_away_leaves_what_the_rules_found(tmp_path: Path) -> None:
    model = CountingModel(failures=["timeout"] * 3)
    with open_office(tmp_path, model=model) as office:
        job = office.job(office.file("가"))
        office.wait(job.job_id)
        [item] = office.items(job.job_id)
        assert (item.state, item.error_code) == (JobItemState.FAILED, "item_model")
        assert office.column(job.job_id, "first") == ["가"]
        office.store.jobs.run_again(job.job_id, institution_id="default", failed_only=True)
        done = office.wait(job.job_id)
    assert (done.counts.done, done.counts.failed) == (1, 0)


def test_nothing_is_paid_for_twice(tmp_path: Path) -> None:
    model = CountingModel()
    with open_office(tmp_path, model=model) as office:
        office.wait(office.job(office.file("가"), office.file("나")).job_id)
        again = office.wait(office.job(office.file("나"), office.file("가")).job_id)
        assert (len(model.asked), again.use.calls, again.reused) == (2, 0, 2)


def test_what_the_model_cost_is_counted(tmp_path: Path, endpoint: FakeEndpoint) -> None:
    model = EndpointModel(Endpoint(base_url=endpoint.base_url, model="test-model"))
    with open_office(tmp_path, model=model) as office:
        done = office.wait(office.job(office.file("가"), office.file("나")).job_id)
    assert (done.use.calls, done.use.completion_tokens) == (2, 2 * len(endpoint.reply))


def test_a_person_who_asks_anew_gets_a_new_reply_for_that_column_alone(tmp_path: Path) -> None:
    model = CountingModel()
    with open_office(tmp_path, model=model) as office:
        job = office.job(office.file("가"), office.file("나"))
        office.wait(job.job_id)
        item = office.items(job.job_id)[1]
        office.store.jobs.run_again(
            job.job_id, institution_id="default", item_ids=[item.item_id], columns=("remark",)
        )
        office.wait(job.job_id)
        assert len(model.asked) == 3
        assert office.column(job.job_id, "remark")[1].endswith("3번째")
        assert office.column(job.job_id, "first") == ["가", "나"]


def test_a_paused_job_stands_still_and_goes_on(tmp_path: Path) -> None:
    limits = QueueLimits(here=1, everywhere=1)
    slow = FirstWords(before=lambda _: time.sleep(0.1))
    with open_office(tmp_path, maker=slow, limits=limits) as office:
        job = office.job(*(office.file(f"{n}") for n in range(8)))
        until(lambda: office.get(job.job_id).counts.done >= 1)
        office.store.jobs.pause(job.job_id, institution_id="default")
        until(lambda: office.get(job.job_id).counts.running == 0)
        stood = office.get(job.job_id).counts.done
        time.sleep(0.8)
        assert office.get(job.job_id).counts.done == stood < 8
        office.store.jobs.resume(job.job_id, institution_id="default")
        assert office.wait(job.job_id).counts.done == 8


def test_what_is_under_way_ends_when_its_job_is_cancelled(tmp_path: Path) -> None:
    class Hanging(CountingModel):
        async def complete(self, messages: object, *, schema: object = None) -> str:
            import asyncio

            self.asked.append("")
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                ended.set()
                raise
            return ""

    ended, model = threading.Event(), Hanging()
    with open_office(tmp_path, model=model) as office:
        job = office.job(office.file("가"))
        until(lambda: bool(model.asked))
        office.store.jobs.cancel(job.job_id, institution_id="default")
        assert ended.wait(5)
        assert office.get(job.job_id).state is JobState.CANCELLED


def test_a_file_that_takes_the_worker_down_each_time_is_given_up(tmp_path: Path) -> None:
    with open_office(tmp_path, starts=False) as office:
        job = office.job(office.file("가"))
        for _ in range(5):
            [due] = office.store.job_work.due(is_queue_new=True)
            office.store.job_work.claim(due.item_id, due.run)
        office.runner.start()
        done = office.wait(job.job_id)
        [item] = office.items(job.job_id)
    assert (done.counts.failed, item.error_reason) == (1, "crashed")


def test_a_queue_that_was_lost_is_made_anew(tmp_path: Path) -> None:
    with open_office(tmp_path, starts=False) as office:
        job = office.job(office.file("가"), office.file("나"))
        office.store.job_work.note_queued(office.store.job_work.due())  # and the queue is gone
        office.runner.start()
        assert office.wait(job.job_id).counts.done == 2


def test_the_queue_is_closed_when_nothing_is_left_and_opened_again(tmp_path: Path) -> None:
    with open_office(tmp_path, close_after_s=0.2) as office:
        office.wait(office.job(office.file("가")).job_id)
        until(lambda: office.runner._queue is None, 15)
        assert office.wait(office.job(office.file("나")).job_id).counts.done == 1


def test_two_workers_of_one_process_take_turns_at_the_queue(tmp_path: Path) -> None:
    """A second store in one process, as in tests of two institutions, must not stop either."""
    one, other = tmp_path / "가", tmp_path / "나"
    with open_office(one, close_after_s=1.0) as first, open_office(other) as second:
        assert first.wait(first.job(first.file("가")).job_id).counts.done == 1
        assert second.wait(second.job(second.file("나")).job_id).counts.done == 1
        until(lambda: first.runner._queue is None, 15)  # idle: it closes, and only its own
        assert second.wait(second.job(second.file("다")).job_id).counts.done == 1
        assert first.wait(first.job(first.file("라")).job_id).counts.done == 1


def test_no_more_than_so_many_are_begun_in_a_minute(tmp_path: Path) -> None:
    limits = QueueLimits(here=4, everywhere=4, per_minute=3)
    with open_office(tmp_path, limits=limits) as office:
        job = office.job(*(office.file(f"{n}") for n in range(6)))
        until(lambda: office.get(job.job_id).counts.done == 3)
        time.sleep(1.0)
        assert office.get(job.job_id).counts.done == 3


def test_a_classified_paper_is_refused(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        done = office.wait(office.job(office.file("가", "대외비\n\n내용")).job_id)
        [item] = office.items(done.job_id)
    assert (item.error_code, item.result) == ("grade_not_allowed", None)


def test_a_worker_that_stops_leaves_its_files_to_the_next(tmp_path: Path) -> None:
    started = threading.Event()

    def slow(_: ItemTask) -> None:
        started.set()
        time.sleep(0.3)

    limits = QueueLimits(here=2, everywhere=2)
    with open_office(tmp_path, maker=FirstWords(before=slow), limits=limits) as office:
        job = office.job(*(office.file(f"{n}") for n in range(6)))
        assert started.wait(10)
    with open_office(tmp_path) as office:
        assert office.wait(job.job_id).counts.done == 6
        assert max(item.attempts for item in office.items(job.job_id)) <= 2


@pytest.mark.parametrize("count", [3])
def test_a_small_job_does_not_wait_for_a_large_one(tmp_path: Path, count: int) -> None:
    limits = QueueLimits(here=2, everywhere=2)
    slow = FirstWords(before=lambda _: time.sleep(0.05))
    with open_office(tmp_path, maker=slow, limits=limits) as office:
        large = office.job(*(office.file(f"큰 {n}") for n in range(40)))
        small = office.job(*(office.file(f"작은 {n}") for n in range(count)))
        office.wait(small.job_id)
        assert office.get(large.job_id).state is JobState.RUNNING
