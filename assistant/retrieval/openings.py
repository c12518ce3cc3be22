"""The first sections of chosen documents, for requests that name nothing to look for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from itertools import chain, zip_longest

from assistant.domain import DocumentRecord, Retrieval, Section, SectionKind
from assistant.retrieval.found import Found, found_in, to_passage
from assistant.retrieval.scoping import Scoped
from assistant.store import Store

_READ = 4  # sections read for each one that is shown: bare headings and the like are passed over
_BARE_CHARS = 30


def opening_passages(
    store: Store, scoped: Scoped, *, limit: int, reference_date: date
) -> Retrieval:
    """Return the leading sections of the documents in scope, taking turns between documents."""
    started = time.perf_counter()
    records = scoped.all_documents()[:limit]
    leading = [list(_leading(store, scoped, record, limit)) for record in records]
    turns = [item for item in chain.from_iterable(zip_longest(*leading)) if item is not None]
    chosen = sorted(turns[:limit], key=lambda item: records.index(item.document))
    return Retrieval(
        passages=tuple(
            to_passage(f"S{number}", item, reference_date)
            for number, item in enumerate(chosen, start=1)
        ),
        words_only=False,
        sufficiency=1.0 if chosen else 0.0,
        elapsed_ms=(time.perf_counter() - started) * 1000,
        searched=tuple(dict.fromkeys(record.collection_id for record in records)),
    )


def _leading(store: Store, scoped: Scoped, record: DocumentRecord, limit: int) -> Iterator[Found]:
    sections = store.sections.list(
        record.version_id, institution_ids=scoped.institution_ids, limit=limit * _READ
    )
    telling = [section for section in sections if _tells(section)] or sections
    for section in telling[:limit]:
        found = found_in(record, section, ())
        yield Found(
            document=record,
            section=section,
            candidate=found.candidate,
            spans=(),
            chunk_id=found.chunk_id,
            score=0.0,
            via="opening",
        )


def _tells(section: Section) -> bool:
    """Return whether a section says more than its own heading."""
    body = section.text.removeprefix(section.label).strip()
    return (
        not section.deleted and section.kind is not SectionKind.ADDENDA and len(body) > _BARE_CHARS
    )
