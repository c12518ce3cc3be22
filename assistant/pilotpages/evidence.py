"""The sections of a pilot's files in which something is said in sentences."""

from __future__ import annotations

import re

from assistant.domain import DocumentRecord, Passage, Section, Standing
from assistant.errors import NotFoundError
from assistant.store import Store, visible_to

_SENTENCE = re.compile(r"[가-힣]{2,}.*[가-힣](?:다|음|함|임|요)[.\s]*$")
_PLAN = re.compile(r"수행\s?계획서")
_INVENTED = re.compile(r"^가상의 [^.]*입니다\.|실제와 관계가 없습니다\.$")


def pilot_evidence(store: Store, pilot_id: str, *, institution_id: str) -> tuple[Passage, ...]:
    """Return what a pilot's files say in words; tables go into the record, not into prose.

    A performance plan says what was hoped for, which is no evidence of what came of it.
    """
    visible = visible_to(institution_id)
    found: list[Passage] = []
    for file in store.pilots.files(pilot_id, institution_id=institution_id):
        try:
            record = store.documents.get(file.document_id, institution_ids=visible).record
        except NotFoundError:
            continue  # a file that was removed carries nothing any more
        if _PLAN.search(record.title) or _PLAN.search(record.file_name):
            continue
        sections = store.sections.list(record.version_id, institution_ids=visible)
        found += [_passage(record, section) for section in sections if _tells(section)]
    return tuple(found)


def is_sentence(text: str) -> bool:
    """Tell whether a text is a sentence and no row, caption or heading.

    >>> is_sentence("공백이 없었다고 보고했다."), is_sentence("| 1 |"), is_sentence("논의")
    (True, False, False)
    """
    bare = text.strip()
    return "|" not in bare and bool(_SENTENCE.search(bare)) and not _INVENTED.search(bare)


def _tells(section: Section) -> bool:
    return any(is_sentence(line) for line in section.text.splitlines())


def _passage(record: DocumentRecord, section: Section) -> Passage:
    return Passage(
        key="S1",
        chunk_id=f"{record.document_id}#",
        document_id=record.document_id,
        version_id=record.version_id,
        section_ordinal=section.ordinal,
        institution_id=record.institution_id,
        collection_id=record.collection_id,
        document_title=record.title,
        label=section.label,
        heading=section.title,
        path=section.path,
        text=section.text,
        kind=record.kind,
        section_kind=section.kind,
        grade=record.grade,
        effective_from=record.effective_from,
        standing=Standing.IN_FORCE,
        hits=(),
        score=1.0,
        is_ocr=section.is_ocr,
    )
