"""The sections of a pilot's files in which something is said in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain import DocumentRecord, Passage, Section, Standing
from assistant.domain.pilots import PilotRecord
from assistant.drafting import people_in
from assistant.errors import NotFoundError
from assistant.store import Store, StoredPilot, visible_to

# Also verbs made nouns ("친숙해짐", "있음"), but no nouns that end alike ("책임", "도움").
_SENTENCE = re.compile(
    r"[가-힣]{2,}.*[가-힣]\s?(?:다|요|(?<![다처마])음|함|(?<![책담모])임|짐|됨|킴|옴|(?<!도)움|큼)[.\s]*$"
)
_PLAN = re.compile(r"(?:수행|기본|사업|추진|시범사용)\s?계획")
_LIST = re.compile(r"[.\[]")
_PLANNED = frozenset({"plan", "items"})
_CAME_OF = frozenset(
    ("measurements", "stages", "changes", "committee", "surveys", "effect_results", "report")
)
_INVENTED = re.compile(r"^가상의 [^.]*입니다\.|실제와 관계가 없습니다\.$")


def pilot_evidence(store: Store, pilot_id: str, *, institution_id: str) -> tuple[Passage, ...]:
    """Return what a pilot's files say in words; tables go into the record, not into prose.

    A performance plan says what was hoped for, which is no evidence of what came of it.
    """
    found: list[Passage] = []
    plans = _plans(store, pilot_id, institution_id)
    for record, sections in _files(store, pilot_id, institution_id):
        is_named = _PLAN.search(record.title) or _PLAN.search(record.file_name)
        if not is_named and record.document_id not in plans:
            found += [_passage(record, section) for section in sections if _tells(section)]
    return tuple(found)


def _plans(store: Store, pilot_id: str, institution_id: str) -> set[str]:
    """Return the files that say what is planned and nothing of what came of it."""
    said: dict[str, set[str]] = {}
    for stored in store.pilots.proposals(pilot_id, institution_id=institution_id):
        told = stored.proposal
        said.setdefault(told.source.document_id, set()).add(_LIST.split(told.place, maxsplit=1)[0])
    return {one for one, places in said.items() if places & _PLANNED and not places & _CAME_OF}


def people_of(store: Store, stored: StoredPilot, *, institution_id: str) -> tuple[str, ...]:
    """Return who is named by a pilot's record or anywhere in its files, lists and plan included."""
    entered = (f"담당자: {name}" for name in _entered(stored.record))
    told = (
        text
        for record, sections in _files(store, stored.pilot_id, institution_id)
        for text in (record.title, *(section.text for section in sections))
    )
    return people_in((*entered, *told))


def is_sentence(text: str) -> bool:
    """Tell whether a text is a sentence and no row, caption or heading.

    >>> is_sentence("공백이 없었다고 보고했다."), is_sentence("| 1 |"), is_sentence("논의")
    (True, False, False)
    """
    bare = text.strip()
    return "|" not in bare and bool(_SENTENCE.search(bare)) and not _INVENTED.search(bare)


def _files(
    store: Store, pilot_id: str, institution_id: str
) -> Iterator[tuple[DocumentRecord, Sequence[Section]]]:
    visible = visible_to(institution_id)
    for file in store.pilots.files(pilot_id, institution_id=institution_id):
        try:
            record = store.documents.get(file.document_id, institution_ids=visible).record
        except NotFoundError:
            continue  # a file that was removed carries nothing any more
        yield record, store.sections.list(record.version_id, institution_ids=visible)


def _entered(record: PilotRecord) -> Iterator[str]:
    """Yield what stands in the fields for persons."""
    for side in (record.institution, record.supplier):
        yield from (side.manager, side.director)
    for stage in record.stages:
        yield from (stage.supplier_manager, stage.supplier_director)
        yield from (stage.institution_manager, stage.institution_director)
    yield from (member.name for member in record.committee.members)
    yield from (score.judge for score in record.judge_scores)


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
