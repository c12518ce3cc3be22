"""Jobs: begun, looked at, corrected and confirmed; the work itself is done by `assistant.jobs`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.applications.values import read_values
from assistant.domain import (
    CellCorrection,
    CellStatus,
    Column,
    ColumnSet,
    ItemCell,
    Job,
    JobFile,
    JobItem,
    ModelUse,
)
from assistant.errors import (
    AssistantError,
    CellValueError,
    NotFoundError,
)
from assistant.originals import Originals
from assistant.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """What a million tokens cost, in won; 0 where that is not known."""

    prompt_won: float = 0.0
    completion_won: float = 0.0

    def cost_won(self, use: ModelUse) -> float | None:
        """Return what was spent, None where the price or the tokens are not known.

        >>> Prices(prompt_won=1000.0).cost_won(ModelUse(prompt_tokens=500_000))
        500.0
        """
        if not (self.prompt_won or self.completion_won) or use.prompt_tokens is None:
            return None
        completion = use.completion_tokens or 0
        won = use.prompt_tokens * self.prompt_won + completion * self.completion_won
        return won / 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What a person typed for a cell; an empty text means that the file does not state it."""

    column: str
    text: str
    by: str
    reason: str = ""


class BatchFlow:
    """Everything that people do with jobs and their tables.

    Args:
        store: the truth.
        originals: where the files are kept.
        prices: of the model's tokens.
        now: the time, for corrections.
        wake: tells the worker of this process that there is something to do.
    """

    def __init__(
        self,
        store: Store,
        originals: Originals,
        *,
        prices: Prices,
        now: Callable[[], datetime],
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._originals = originals
        self._prices = prices
        self._now = now
        self._wake = wake

    # -- making -----------------------------------------------------------------------------------

    def begin(
        self,
        *,
        institution_id: str,
        columns: ColumnSet,
        title: str,
        files: Sequence[JobFile],
        by: str,
    ) -> Job:
        """Begin a job over these files; more may come with `add_file`."""
        job = self._store.jobs.create(
            institution_id=institution_id, title=title, columns=columns, files=files, by=by
        )
        self._wake()
        return self._priced(job)

    def add_file(self, job_id: str, file: JobFile, *, institution_id: str) -> JobItem:
        """Add a file to a job; when this returns, it will not be forgotten.

        Raises:
            ConflictError: the job was cancelled, or would grow too large.
            NotFoundError: the institution has no such job.
        """
        try:
            [item_id] = self._store.jobs.add_files(job_id, [file], institution_id=institution_id)
        except AssistantError:
            self._originals.remove(file.blob_id)
            raise
        self._wake()
        return self._store.jobs.item(job_id, item_id, institution_id=institution_id)

    # -- looking ----------------------------------------------------------------------------------

    def job(self, job_id: str, *, institution_id: str) -> Job:
        """Return a job with what it cost; raise `NotFoundError` when there is none."""
        return self._priced(self._store.jobs.get(job_id, institution_id=institution_id))

    def jobs(self, *, institution_id: str, limit: int = 100) -> list[Job]:
        """Return the jobs of an institution, newest first."""
        found = self._store.jobs.list(institution_id=institution_id, limit=limit)
        return [self._priced(job) for job in found]

    def _priced(self, job: Job) -> Job:
        return replace(job, cost_won=self._prices.cost_won(job.use))

    # -- deciding ---------------------------------------------------------------------------------

    def pause(self, job_id: str, *, institution_id: str) -> Job:
        """Begin no more rows; raise as `Jobs.pause` does."""
        return self._priced(self._store.jobs.pause(job_id, institution_id=institution_id))

    def resume(self, job_id: str, *, institution_id: str) -> Job:
        """Go on; raise as `Jobs.resume` does."""
        job = self._store.jobs.resume(job_id, institution_id=institution_id)
        self._wake()
        return self._priced(job)

    def cancel(self, job_id: str, *, institution_id: str) -> Job:
        """End a job; raise as `Jobs.cancel` does."""
        job = self._store.jobs.cancel(job_id, institution_id=institution_id)
        self._wake()
        return self._priced(job)

    def run_again(
        self,
        job_id: str,
        *,
        institution_id: str,
        item_ids: Sequence[str] | None,
        columns: tuple[str, ...],
        failed_only: bool,
    ) -> int:
        """Run rows again and return how many.

        Raises:
            ConflictError: the job was cancelled.
            NotFoundError: the institution has no such job or row, or the job no such column.
        """
        known = self._store.jobs.get(job_id, institution_id=institution_id).columns
        for name in columns:
            _require_column(known, name)
        count = self._store.jobs.run_again(
            job_id,
            institution_id=institution_id,
            item_ids=item_ids,
            columns=columns,
            failed_only=failed_only,
        )
        self._wake()
        return count

    def correct(self, job_id: str, item_id: str, said: Entered, *, institution_id: str) -> JobItem:
        """Keep a person's value for a cell beside the machine's; "" means not stated.

        Raises:
            CellValueError: it is no value of the column's type.
            NotFoundError: the institution has no such row, or the job no such column.
        """
        job = self._store.jobs.get(job_id, institution_id=institution_id)
        item = self._store.jobs.item(job_id, item_id, institution_id=institution_id)
        canonical, display = entered(_require_column(job.columns, said.column), said.text)
        correction = CellCorrection(
            column=said.column,
            value=canonical,
            display=display,
            replaced=_machine(item, said.column).value,
            by=said.by,
            at=self._now(),
            reason=said.reason,
        )
        return self._store.job_decisions.correct(
            job_id, item_id, correction, institution_id=institution_id
        )

    def withdraw(
        self, job_id: str, item_id: str, column: str, *, institution_id: str, by: str
    ) -> JobItem:
        """Let the machine's value of a cell hold again; raise `NotFoundError` as `correct` does."""
        job = self._store.jobs.get(job_id, institution_id=institution_id)
        _require_column(job.columns, column)
        nothing = CellCorrection(
            column=column, value="", display="", replaced="", by=by, at=self._now()
        )
        return self._store.job_decisions.withdraw(
            job_id, item_id, nothing, institution_id=institution_id
        )


def entered(column: Column, text: str) -> tuple[str, str]:
    """Return what a person typed in the canonical form of a column, and as it is shown.

    Raises:
        CellValueError: it is no value of the column's type.
    """
    if not text.strip():
        return "", ""
    found = read_values(column, text, unit=column.unit)
    if not found:
        raise CellValueError(column=column.label, type=column.type.value)
    return "; ".join(one.value for one in found), ", ".join(one.display for one in found)


def _require_column(columns: ColumnSet, name: str) -> Column:
    try:
        return columns.column(name)
    except KeyError as error:
        raise NotFoundError(what="column") from error


def _machine(item: JobItem, column: str) -> ItemCell:
    if item.result is None:
        return ItemCell(column=column, status=CellStatus.NOT_STATED)
    return item.result.cell(column)
