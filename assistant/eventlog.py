"""One line for each event: time, level, event name, request id and facts; never any content."""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import IO

request_id_var: ContextVar[str] = ContextVar("request_id", default="")

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


class EventFormatter(logging.Formatter):
    """Write a record as `time LEVEL event {"fact": …}`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line for `record`, with the trace below it when there is one."""
        facts = {key: value for key, value in vars(record).items() if key not in _STANDARD}
        request_id = request_id_var.get()
        if request_id:
            facts.setdefault("request_id", request_id)
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = f"{time} {record.levelname} {record.name} {record.getMessage()}"
        if facts:
            line += " " + json.dumps(facts, ensure_ascii=False, default=str)
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line


def configure(level: int = logging.INFO, stream: IO[str] | None = None) -> None:
    """Send events of this process to `stream`, standard error when none is given."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(EventFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("assistant", "api"):
        logging.getLogger(name).setLevel(level)
