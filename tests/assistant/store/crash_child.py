"""A process that brings documents in, tells what it was promised, and is killed meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Block, BlockKind, Document, Locator
from assistant.store import Store
from tests.assistant.store.builders import make_upload, make_version


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def reading_of(texts: Sequence[str]) -> Document:
    blocks = tuple(
        Block(kind=BlockKind.PARAGRAPH, text=text, locator=Locator(ordinal=ordinal))
        for ordinal, text in enumerate(texts)
    )
    return Document(title="규정", media_type="text/markdown", blocks=blocks)


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
            version = replace(make_version(texts), reading=reading_of(texts))
            added = store.documents.add_version(received.upload_id, version)
            say("added", received.upload_id, added.version_id)
            if number % 2:
                entries = store.outbox.peek("lexical", limit=100)
                store.outbox.done([entry.seq for entry in entries])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
