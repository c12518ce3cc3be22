"""HWP 5 and HWPX, the files Korean offices write: text, tables with their spans, notes, memos."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.domain import Aside, AsideKind, Block, BlockKind, ReadWarning
from assistant.errors import DocumentUnreadableError
from assistant.reading import hwp_package, hwp_records
from assistant.reading.hwp_blocks import blocks_of
from assistant.reading.hwp_net import lost_pieces
from assistant.reading.hwp_parts import Found, texts_of
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed, text_block
from assistant.text import squeeze

TABLE_COUNT = "표 개수"
_OLE = b"\xd0\xcf\x11\xe0"
_TITLE_WITHIN_CHARS = 3_000
_TITLE_WITHIN_BLOCKS = 20
_MIN_TITLE_CHARS = 4
_LITTLE_CHARS = 50
_LITTLE_FROM_BYTES = 200_000


def parse(data: bytes, *, limits: Limits) -> Parsed:  # noqa: ARG001  # the door of all readers
    """Read a HWP 5.x or HWPX file; what its library left out comes last, with a warning.

    Raises:
        DocumentTooLargeError: It unpacks to more than the limit.
        DocumentUnreadableError: `encrypted`, `hostile`, `damaged` or `no_text`.
        UnsupportedFormatError: Rights management keeps its text from us.
    """
    reader = hwp_records if data.startswith(_OLE) else hwp_package
    found, metadata = reader.read(data)
    blocks = list(blocks_of(found.parts))
    lost = lost_pieces(found.pieces, [*texts_of(found.parts), *(a.text for a in found.asides)])
    blocks += [text_block(BlockKind.PARAGRAPH, piece) for piece in lost]
    if found.faults and not blocks:
        raise DocumentUnreadableError(reason="damaged")
    return Parsed(
        blocks=tuple(blocks),
        title=_title(metadata.get("title", ""), blocks),
        metadata={**metadata, TABLE_COUNT: str(found.table_count)},
        warnings=tuple(_warnings(found, lost, blocks, len(data))),
        asides=_once(found.asides),
    )


def _once(asides: Sequence[Aside]) -> tuple[Aside, ...]:
    return tuple(dict.fromkeys(asides))


def _warnings(
    found: Found, lost: Sequence[str], blocks: Sequence[Block], size_bytes: int
) -> Iterator[ReadWarning]:
    if found.faults or lost:
        yield ReadWarning(code="doubtful_text", count=found.faults + len(lost))
    chars = sum(len(text) for text in texts_of(found.parts))
    if blocks and chars < _LITTLE_CHARS and size_bytes > _LITTLE_FROM_BYTES:
        yield ReadWarning(code="little_text", count=chars)
    kinds = [aside.kind for aside in _once(found.asides) if aside.text.strip()]
    if memos := kinds.count(AsideKind.MEMO):
        yield ReadWarning(code="memos", count=memos)
    if hidden := kinds.count(AsideKind.HIDDEN):
        yield ReadWarning(code="hidden_text", count=hidden)
    if found.foreign_count:
        yield ReadWarning(code="external_content", count=found.foreign_count)


def _title(named: str, blocks: Sequence[Block]) -> str:
    """Title of the properties when it stands in the text: most are left from an older file."""
    first = squeeze(" ".join(block.text for block in blocks[:_TITLE_WITHIN_BLOCKS]))
    bare = squeeze(named)
    if len(bare) >= _MIN_TITLE_CHARS and bare in first[:_TITLE_WITHIN_CHARS]:
        return named
    opening = blocks[:_TITLE_WITHIN_BLOCKS]
    headings = [block for block in opening if block.kind is BlockKind.HEADING]
    return min(headings, key=lambda block: block.level).text if headings else ""
