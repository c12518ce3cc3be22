"""The one place where everything meets: settings in, an assistant out."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from assistant.domain import ChatModel, Embedder, Grade, PaperSubject
from assistant.drafting import Checks, Drafter, DraftingBounds, MaskingEmbedder
from assistant.embedding import EmbeddingStatus, make_embedder
from assistant.errors import AssistantError, ServiceError
from assistant.flows.answer import AnswerBounds, AnswerFlow
from assistant.flows.answerfile import AnswerFileFlow
from assistant.flows.complaint.desk import ComplaintDesk
from assistant.flows.deadline import DeadlineFlow
from assistant.flows.ingest import IngestFlow
from assistant.flows.paper import PaperFlow
from assistant.flows.pilotfiles import PilotFilesFlow
from assistant.flows.pilots import PilotFlow
from assistant.flows.preview import PreviewFlow
from assistant.flows.report import ReportFlow
from assistant.indexing import IndexKeeper
from assistant.jobs import JobDesk
from assistant.lexical import morphemes_of
from assistant.llm import EndpointModel
from assistant.originals import Originals
from assistant.pilots import Thresholds, load_thresholds
from assistant.prompts import load_all
from assistant.reading import Limits
from assistant.retrieval import HybridRetriever, Searchers
from assistant.settings import Settings
from assistant.sources import FILE_NAME as SOURCES_FILE
from assistant.store import Store, new_id
from assistant.templates import load_all as load_templates
from assistant.writing.drawings import draw_all
from assistant.writing.pdf_process import sweep_leftovers

logger = logging.getLogger(__name__)

SEOUL = timezone(timedelta(hours=9), "Asia/Seoul")  # no summer time: no zone database is needed
_STOP_WITHIN_S = 8.0
_LISTEN_FIRST_S = 0.3
_WARM_WITHIN_S = 20.0
_FOUND_WITHIN_S = 120.0
_LOOK_EVERY_S = 0.1
_TIDY_EVERY_S = 600.0
_REPLIES_KEPT_FOR = timedelta(days=30)


def utc_now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


class Assistant:
    """Everything that a door (web, command line, evaluation) needs, wired together."""

    def __init__(
        self,
        *,
        settings: Settings,
        clock: Callable[[], datetime] = utc_now,
        store: Store,
        model: ChatModel | None,
    ) -> None:
        self.settings = settings
        self.store = store
        self.model = model
        self._clock = clock
        self._is_warm = threading.Event()
        self._is_warm.set()
        self._is_reading = threading.Event()  # the corpus, which the first start does for a while
        self._stopping = threading.Event()
        self.keeper = IndexKeeper(
            store,
            settings.data_dir / "indexes",
            make_embedder=self._make_embedder,
            grades=_grades_for_embedding(settings),
            min_free_bytes=settings.min_free_bytes // 2,
        )
        self._originals = Originals(settings.data_dir / "blobs")
        self.ingest = IngestFlow(
            store,
            self.keeper,
            self._originals,
            limits=_limits(settings),
            min_free_bytes=settings.min_free_bytes,
        )
        self.preview = PreviewFlow(store, self._originals, limits=_limits(settings))
        self.deadlines = DeadlineFlow(store, now=clock)
        self.retriever = HybridRetriever(
            store=store,
            searchers=self._searchers,
            today=self.today,
            suspect=self.keeper.suspect,
        )
        prompts = load_all()
        secrets = (settings.llm_api_key.get_secret_value(),)
        self.answer_flow = AnswerFlow(
            retriever=self.retriever,
            model=model,
            prompts=prompts,
            is_internal=settings.llm_is_internal,
            bounds=AnswerBounds(
                limit=settings.retrieval_limit,
                max_chars=settings.answer_max_chars,
                secrets=secrets,
            ),
            is_reading=self._is_reading.is_set,
        )
        self.answer_files = AnswerFileFlow(store, institution=store.collections.institution_name)
        self.drafter = Drafter(
            retriever=self.retriever,
            model=model,
            prompts=prompts,
            is_internal=settings.llm_is_internal,
            bounds=DraftingBounds(secrets=secrets),
        )
        self.paper_checks: dict[PaperSubject, Checks] = {}
        self.papers = PaperFlow(
            store,
            now=clock,
            today=self.today,
            institution=store.collections.institution_name,
            checks=self.paper_checks,
        )
        thresholds = _thresholds(settings)
        self.pilots = PilotFlow(store, now=clock, new_id=new_id, thresholds=thresholds)
        self.pilot_files = PilotFilesFlow(store, reading=self.preview.reading, now=clock)
        self.paper_checks[PaperSubject.PILOT] = self.pilots.checks
        self.reports = ReportFlow(
            store,
            drafter=self.drafter,
            templates=load_templates(),
            draw=draw_all,
            now=clock,
            today=self.today,
        )
        self.reports.thresholds = thresholds
        self.jobs = JobDesk(
            settings, store, self._originals, model=model, prompts=prompts, clock=clock
        )
        self.complaints = ComplaintDesk(
            store,
            drafter=self.drafter,
            templates=load_templates(),
            openings=self.deadlines.openings,
            limits=_limits(settings),
            now=clock,
        )
        self.paper_checks[PaperSubject.COMPLAINT] = self.complaints.checks
        self._threads: list[threading.Thread] = []

    # -- life -----------------------------------------------------------------------------------

    def start(self) -> None:
        """Open the index of words and begin the background work; returns soon.

        Only the one process that serves the page does this: what a crash left running is ended,
        unread files are taken up again, and the corpus is read.
        """
        self._is_warm.clear()
        if (self.settings.corpus_dir / SOURCES_FILE).exists():
            self._is_reading.set()
        self.keeper.start()
        self.store.conversations.stop_abandoned()
        self.ingest.start()
        self.jobs.runner.start()
        self.complaints.line.start()
        self._begin(self._warm, uses_store=False)
        self._begin(self._load_corpus)
        self._begin(self._tidy)

    def stop(self) -> None:
        """End the background work and close everything; harmless when done twice."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        deadline = time.monotonic() + _STOP_WITHIN_S
        self.jobs.runner.stop(timeout_s=_STOP_WITHIN_S / 2)
        self.complaints.line.stop()
        self.ingest.stop()
        self.keeper.stop(timeout_s=max(deadline - time.monotonic(), 1.0))
        for thread in self._threads:
            thread.join(max(deadline - time.monotonic(), 0.1))
        self.store.close()

    def wake(self) -> None:
        """Tell the background work that the store has changed."""
        self.keeper.wake()

    def wait_idle(self, *, timeout_s: float) -> bool:
        """Wait until every file is read and both indexes hold it; False when time is up first."""
        deadline = time.monotonic() + timeout_s
        if not self.ingest.wait_idle(timeout_s):
            return False
        return self.keeper.wait_idle(max(deadline - time.monotonic(), 0.0))

    # -- state ----------------------------------------------------------------------------------

    def today(self) -> date:
        """Return the date in Korea."""
        return self._clock().astimezone(SEOUL).date()

    @property
    def is_ready(self) -> bool:
        """Whether a question can be answered at once."""
        return self._is_warm.is_set() and self.keeper.lexical is not None

    @property
    def words_only(self) -> bool:
        """Whether questions are answered by words alone for the moment."""
        return self.keeper.vectors is None

    @property
    def embedding_status(self) -> EmbeddingStatus:
        """How the embedder stands."""
        return self.keeper.embedding_status

    # -- background -----------------------------------------------------------------------------

    def _searchers(self) -> Searchers:
        keeper = self.keeper
        return Searchers(
            words=keeper.lexical,
            meaning=keeper.vectors,
            embedder=keeper.embedder,
            embeds_inside=self.settings.embedding_is_internal,
        )

    def _warm(self) -> None:
        """Load the dictionary of the tokeniser, which the first question needs, before all else.

        That holds the interpreter for a second or two, so the server gets a moment to listen first.
        """
        self._stopping.wait(_LISTEN_FIRST_S)
        try:
            morphemes_of("완료보고서 제출기한")
        finally:
            self._is_warm.set()

    def _make_embedder(self) -> tuple[Embedder | None, EmbeddingStatus]:
        self._is_warm.wait(_WARM_WITHIN_S)
        embedder, status = make_embedder(self.settings)
        if embedder is not None and not self.settings.embedding_is_internal:
            embedder = MaskingEmbedder(embedder)
        return embedder, status

    def _load_corpus(self) -> None:
        self._is_warm.wait(_WARM_WITHIN_S)
        try:
            results = self.ingest.load_corpus(self.settings.corpus_dir)
            self._await_words()
        except AssistantError as error:
            logger.warning("corpus.failed", extra={"code": error.code})
            return
        finally:
            self._is_reading.clear()
        failed = sum(result.outcome == "failed" for result in results)
        logger.info("corpus.loaded", extra={"files": len(results), "failed": failed})

    def _await_words(self) -> None:
        """Wait, within reason, until what was read of the corpus can be found by its words."""
        until = time.monotonic() + _FOUND_WITHIN_S
        while self.store.outbox.pending("lexical") and time.monotonic() < until:
            if self._stopping.wait(_LOOK_EVERY_S):
                return

    def _tidy(self) -> None:
        """Remove for good, once in a while, what was deleted and can no longer be brought back."""
        while not self._stopping.wait(_TIDY_EVERY_S):
            try:
                self.store.purge()
                self._originals.sweep(self.store.uploads.blob_ids())
                sweep_leftovers(self._clock().timestamp())
                self.store.job_work.forget_replies(self._clock() - _REPLIES_KEPT_FOR)
            except ServiceError as error:
                logger.warning("tidy.failed", extra={"code": error.code})

    def _begin(self, work: Callable[[], object], *, uses_store: bool = True) -> None:
        """Run `work` in the background; `stop` waits for what uses the store."""
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        if uses_store:
            self._threads.append(thread)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOffice:
    """The jobs of a data folder, without its indexes: may stand beside the server."""

    store: Store
    desk: JobDesk

    def close(self) -> None:
        """End the work and close the store."""
        self.desk.runner.stop()
        self.store.close()


def open_jobs(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> JobOffice:
    """Return the jobs of the data folder of `settings`; no work is begun yet.

    Raises:
        ConfigurationError: The database or a prompt cannot be used.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.resolved_database_url, clock=clock, check=False)
    desk = JobDesk(
        settings,
        store,
        Originals(settings.data_dir / "blobs"),
        model=_model(settings),
        prompts=load_all(),
        clock=clock,
    )
    return JobOffice(store=store, desk=desk)


def _model(settings: Settings) -> ChatModel | None:
    is_set = bool(settings.llm_base_url and settings.llm_model)
    return EndpointModel.from_settings(settings) if is_set else None


def build(settings: Settings, *, clock: Callable[[], datetime] = utc_now) -> Assistant:
    """Return an assistant over the data folder of `settings`, not yet started.

    Raises:
        ConfigurationError: The database or a prompt cannot be used.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.resolved_database_url, clock=clock)
    return Assistant(settings=settings, clock=clock, store=store, model=_model(settings))


def _thresholds(settings: Settings) -> Thresholds | None:
    """Return the institution's own thresholds for the reference assessment, where a file is set."""
    return load_thresholds(Path(settings.pilot_thresholds)) if settings.pilot_thresholds else None


def _grades_for_embedding(settings: Settings) -> tuple[Grade, ...]:
    """Return the grades of text that the embedder may see: S stays inside the institution."""
    is_inside = settings.embedding_is_internal
    return (Grade.OPEN, Grade.SENSITIVE) if is_inside else (Grade.OPEN,)


def _limits(settings: Settings) -> Limits:
    return Limits(
        wall_s=settings.reader_timeout_s,
        memory_bytes=settings.reader_memory_bytes,
        max_bytes=settings.upload_max_bytes,
    )
