"""Durable work over many files: a queue that survives crashes, and the workers that empty it."""

from assistant.jobs.desk import JobDesk
from assistant.jobs.exporting import MEDIA_TYPES, export_job, items_of
from assistant.jobs.queue import QueueLimits, queue_url
from assistant.jobs.replies import KeepingModel
from assistant.jobs.rollup import roll_up
from assistant.jobs.runner import JobRunner
from assistant.jobs.work import ItemWork, RowMaker

__all__ = [
    "MEDIA_TYPES",
    "ItemWork",
    "JobDesk",
    "JobRunner",
    "KeepingModel",
    "QueueLimits",
    "RowMaker",
    "export_job",
    "items_of",
    "queue_url",
    "roll_up",
]
