"""A process that brings documents in, tells what it was promised, and is killed meanwhile."""

from __future__ import annotations

import sys

from assistant.store import Store
from tests.assistant.store.builders import make_upload, make_version


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def main(url: str, run: str) -> None:
    with Store.open(url) as store:
        say("open")
        for number in range(10_000):
            name = f"{run}-{number % 7}.md"
            texts = [f"{run} {number} {n}" if n % 3 else f"{n}" for n in range(60)]
            received = store.uploads.receive(make_upload(f"{run} {number}", file_name=name))
            if received.upload_id is None:
                continue
            say("received", received.upload_id)
            store.uploads.claim(received.upload_id)
            added = store.documents.add_version(received.upload_id, make_version(texts))
            say("added", received.upload_id, added.version_id)
            if number % 2:
                entries = store.outbox.peek("lexical", limit=100)
                store.outbox.done([entry.seq for entry in entries])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
