"""A worker in a process of its own, to be killed: asks an endpoint once for each file.

`python -m tests.assistant.jobs.child FOLDER STORE_URL ENDPOINT AT_ONCE [create COUNT]`
"""

from __future__ import annotations

import asyncio
import http.client
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from assistant.domain import Message, ReplySchema
from assistant.errors import ModelUnavailableError
from assistant.jobs import QueueLimits
from tests.assistant.jobs.office import open_office


class LoopbackModel:
    """Asks a scripted endpoint of the test, in the plainest way."""

    name = "loopback"

    def __init__(self, address: str) -> None:
        self._host = urlsplit(address).netloc

    async def complete(
        self, messages: Sequence[Message], *, schema: ReplySchema | None = None
    ) -> str:
        """Return what the endpoint says."""
        return await asyncio.to_thread(self._post, messages[-1].content)

    def _post(self, text: str) -> str:
        connection = http.client.HTTPConnection(self._host, timeout=60)
        try:
            connection.request("POST", "/", body=text.encode())
            return connection.getresponse().read().decode()
        except OSError as error:
            raise ModelUnavailableError(reason="unreachable") from error
        finally:
            connection.close()

    def stream(self, messages: Sequence[Message]) -> object:
        """Refuse: nothing here streams."""
        raise NotImplementedError


def main(folder: Path, url: str, endpoint: str, at_once: int, count: int) -> None:
    """Work until killed; with a count, make a job of so many files first."""
    limits = QueueLimits(here=at_once, everywhere=3 * at_once)
    with open_office(
        folder, url=url, model=LoopbackModel(endpoint), limits=limits, starts=False
    ) as office:
        if count:
            job = office.job(*(office.file(f"신청 {number:03d}") for number in range(count)))
            sys.stdout.write(f"{job.job_id}\n")
        else:
            sys.stdout.write("ready\n")
        sys.stdout.flush()
        office.runner.start()
        while True:
            time.sleep(1)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(Path(given[0]), given[1], given[2], int(given[3]), int(given[4]))
