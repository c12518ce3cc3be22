"""Durable work over many files: a queue that survives crashes, and the workers that empty it."""

from assistant.jobs.queue import QueueLimits, queue_url
from assistant.jobs.replies import KeepingModel
from assistant.jobs.runner import JobRunner
from assistant.jobs.work import ItemWork, RowMaker

__all__ = ["ItemWork", "JobRunner", "KeepingModel", "QueueLimits", "RowMaker", "queue_url"]
