"""What a person still has to look at before a paper can be approved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.domain import (
    OPEN_MARK,
    OPEN_PLACE,
    Acknowledgement,
    ItemKind,
    Note,
    OpenItem,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    Picture,
    Runs,
    SentenceStatus,
    Table,
)
from assistant.text import clean

_BY_STATUS: Mapping[SentenceStatus, ItemKind] = {
    SentenceStatus.UNSUPPORTED: ItemKind.UNSUPPORTED,
    SentenceStatus.DIFFERS: ItemKind.DIFFERS,
    SentenceStatus.UNCHECKED: ItemKind.UNCHECKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A stretch of shown text with where it stands."""

    text: str
    block: int = 0
    sentence: int = 0
    carried: PaperSentence | None = None


def open_items(paper: Paper, further: Sequence[OpenItem] = ()) -> tuple[OpenItem, ...]:
    """Return what blocks the approval of a paper, in reading order.

    Args:
        paper: The text under work.
        further: What the checks of its subject found (form, points, personal data); their
            `item_id` is set here, so that all ids are made in the same way.
    """
    title = [_open("", _Place(text=paper.title))] if OPEN_PLACE.search(paper.title) else []
    found = [item for part in paper.parts for item in _of_part(part)]
    return _numbered([*title, *found, *further])


def unmet(
    items: Sequence[OpenItem], acknowledgements: Sequence[Acknowledgement]
) -> tuple[OpenItem, ...]:
    """Return the items that nobody took over with a reason."""
    taken = {found.item_id for found in acknowledgements if found.reason.strip()}
    return tuple(item for item in items if item.item_id not in taken)


def acknowledged(
    items: Sequence[OpenItem], reasons: Mapping[str, str]
) -> tuple[Acknowledgement, ...]:
    """Return what a person takes over: the items for whose id there is a reason."""
    return tuple(
        Acknowledgement(
            item_id=item.item_id,
            kind=item.kind,
            text=item.text,
            reason=clean(reasons[item.item_id]).strip(),
        )
        for item in items
        if item.item_id in reasons
    )


def _of_part(part: PaperPart) -> Iterator[OpenItem]:
    for place in _places(part):
        if OPEN_PLACE.search(place.text):
            yield _open(part.part_id, place)
        elif place.carried and (kind := _kind(place.carried)):
            problems = place.carried.problems
            yield OpenItem(
                item_id="",
                kind=kind,
                part_id=part.part_id,
                text=place.text,
                block=place.block,
                sentence=place.sentence,
                code=problems[0].code if problems else "",
            )


def _kind(sentence: PaperSentence) -> ItemKind | None:
    return _BY_STATUS.get(sentence.status) if sentence.status else None


def _open(part_id: str, place: _Place) -> OpenItem:
    return OpenItem(
        item_id="",
        kind=ItemKind.OPEN,
        part_id=part_id,
        text=place.text,
        block=place.block,
        sentence=place.sentence,
    )


def _places(part: PaperPart) -> Iterator[_Place]:
    yield _Place(text=part.heading)
    for index, block in enumerate(part.blocks):
        match block:
            case PaperParagraph():
                for number, sentence in enumerate(block.sentences):
                    yield _Place(text=sentence.text, block=index, sentence=number, carried=sentence)
            case Table():
                for cell in (cell for row in block.rows for cell in row):
                    yield _Place(text=shown(cell.runs), block=index)
                yield _Place(text=block.caption, block=index)
            case Note():
                yield _Place(text=shown(block.runs), block=index)
            case Picture():
                yield _Place(text=block.caption, block=index)


def shown(runs: Runs) -> str:
    """Return the text of runs with the open mark where one is due."""
    return "".join(
        run.text + (OPEN_MARK if run.is_open and not OPEN_PLACE.search(run.text) else "")
        for run in runs
    )


def _numbered(items: Sequence[OpenItem]) -> tuple[OpenItem, ...]:
    """Give each item an id that only its kind, part, code, text and turn among equals decide."""
    seen: Counter[str] = Counter()
    out: list[OpenItem] = []
    for item in items:
        what = "\x1f".join((item.kind.value, item.part_id, item.code, item.text))
        seen[what] += 1
        digest = hashlib.sha256(f"{what}\x1f{seen[what]}".encode(errors="surrogatepass"))
        out.append(replace(item, item_id=digest.hexdigest()[:16]))
    return tuple(out)
