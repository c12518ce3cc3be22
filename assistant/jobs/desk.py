"""Everything about jobs, wired together: what people do with them, and the worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from assistant.domain import ChatModel
from assistant.flows.application import PROMPT, ApplicationFlow
from assistant.flows.batch import BatchFlow, Prices
from assistant.flows.batch_files import JobFilesFlow
from assistant.flows.tables import TableFlow
from assistant.jobs.queue import QueueLimits, queue_url
from assistant.jobs.replies import KeepingModel
from assistant.jobs.runner import JobRunner
from assistant.jobs.work import ItemWork
from assistant.llm import EndpointModel
from assistant.originals import Originals
from assistant.prompts import Prompt
from assistant.reading import Limits, shared_pool
from assistant.settings import Settings
from assistant.store import Store


class JobDesk:
    """Where jobs are made and done, in a server or in a worker of its own.

    Args:
        settings: of the installation.
        store: the truth.
        originals: where the files are kept.
        model: None means that rules alone fill the tables.
        prompts: by name.
        clock: the time.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        originals: Originals,
        *,
        model: ChatModel | None,
        prompts: Mapping[str, Prompt],
        clock: Callable[[], datetime],
    ) -> None:
        limits = Limits(
            wall_s=settings.reader_timeout_s,
            memory_bytes=settings.reader_memory_bytes,
            max_bytes=settings.upload_max_bytes,
        )
        maker = ApplicationFlow(
            model=None if model is None else KeepingModel(model, store),
            prompt=prompts[PROMPT],
            is_internal=settings.llm_is_internal,
            secrets=(settings.llm_api_key.get_secret_value(),),
        )
        self._model = model
        self.runner = JobRunner(
            store,
            ItemWork(store, originals, maker, limits=limits),
            url=queue_url(
                jobs_url=settings.jobs_database_url,
                database_url=settings.resolved_database_url,
                folder=settings.data_dir,
            ),
            folder=settings.data_dir / "workers",
            limits=QueueLimits(
                here=settings.jobs_at_once,
                everywhere=settings.jobs_at_once_everywhere,
                per_minute=settings.jobs_per_minute,
            ),
        )
        self.tables = TableFlow(store)
        self.files = JobFilesFlow(store, originals, maker, limits=limits)
        self.batch = BatchFlow(
            store,
            originals,
            prices=Prices(
                prompt_won=settings.llm_prompt_won, completion_won=settings.llm_completion_won
            ),
            now=clock,
            wake=self.runner.wake,
        )

    def warm_up(self) -> None:
        """Load what the first file would wait for: the reading process and the model's client."""
        shared_pool().warm_up()
        if isinstance(self._model, EndpointModel):
            asyncio.run(self._model.warm_up())
