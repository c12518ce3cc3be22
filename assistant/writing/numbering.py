"""The marks that a draft's blocks carry, the same in every format: numbers, captions, citations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import (
    Draft,
    DraftBlock,
    DraftSource,
    DraftStyle,
    Heading,
    Note,
    Paragraph,
    Picture,
    Runs,
    Table,
)

OPEN_MARK = "【확인 필요】"
AI_LINE = "AI 초안 — 담당자 확인 전"
ASSEMBLED_LINE = "AI 초안(자동으로 엮은 글, 생성형 인공지능 미사용) — 담당자 확인 전"
SOURCES_HEADING = "근거"
NOTE_MARK = "※"
MAX_DEPTH = 8

_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_LEADS = (0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18)  # ㄱ ㄴ ㄷ ... ㅎ among the initials
_VOWELS = (0, 4, 8, 13, 18, 20)  # 가 거 고 구 그 기
_BULLETS = ("□", "○", "-", "·")


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedBlock:
    """A block with the marks that its place gives it.

    `marker` stands before the text of a heading, paragraph or note, parted by one space; it is
    empty where none is due. `label` is the `<표 1>` or `<그림 1>` of a captioned table or picture.
    `ordinal` is the count behind the marker, 0 where the marker counts nothing.
    """

    block: DraftBlock
    marker: str = ""
    label: str = ""
    ordinal: int = 0

    @property
    def caption(self) -> str:
        """The caption with its label, empty when the block has none."""
        block = self.block
        if isinstance(block, Table | Picture) and block.caption:
            return f"{self.label} {block.caption}"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of shown text in one look: words, the open mark, or a citation of `source`."""

    text: str
    is_bold: bool = False
    is_open: bool = False
    source: int | None = None


def numbered(draft: Draft) -> list[NumberedBlock]:
    """Return the blocks in order, each with its marker or label.

    A heading or paragraph resets the counts of everything below it. Official documents have one
    ladder for headings and paragraphs; in reports headings count and paragraphs carry bullets.
    """
    counts = [0] * (MAX_DEPTH + 1)
    labels = {"표": 0, "그림": 0}
    found: list[NumberedBlock] = []
    for block in draft.blocks:
        if isinstance(block, Table | Picture):
            found.append(NumberedBlock(block=block, label=_label(block, labels)))
            continue
        rung = _rung(block, draft.style)
        ordinal = _count(counts, rung) if rung else 0
        found.append(
            NumberedBlock(block=block, marker=_marker(block, draft.style, ordinal), ordinal=ordinal)
        )
    return found


def pieces(runs: Runs) -> Iterator[Piece]:
    """Yield what is shown of the runs: their text, the open mark and the citations after it.

    >>> from assistant.domain import Run
    >>> [piece.text for piece in pieces((Run(text="14일", is_open=True, sources=(1, 2)),))]
    ['14일', '【확인 필요】', '[1]', '[2]']
    """
    for run in runs:
        if run.text:
            yield Piece(text=run.text, is_bold=run.is_bold, is_open=run.is_open)
        if run.is_open and OPEN_MARK[:-1] not in run.text:
            yield Piece(text=OPEN_MARK, is_bold=run.is_bold, is_open=True)
        for number in run.sources:
            yield Piece(text=citation(number), source=number)


def shown(runs: Runs) -> str:
    """Return the text of the runs as a reader sees it.

    >>> from assistant.domain import Run
    >>> shown((Run(text="14일 이내", sources=(1,)), Run(text="입니다.")))
    '14일 이내[1]입니다.'
    """
    return "".join(piece.text for piece in pieces(runs))


def citation(number: int) -> str:
    """Return the mark that cites a source.

    >>> citation(3)
    '[3]'
    """
    return f"[{number}]"


def source_text(source: DraftSource) -> str:
    """Return what the closing section says of a source, after its number.

    >>> source_text(DraftSource(number=1, where="제1조", quote="한다.", effective="2026. 1. 1."))
    '제1조(시행 2026. 1. 1.) — “한다.”'
    """
    effective = f"(시행 {source.effective})" if source.effective else ""
    quote = f" — “{source.quote}”" if source.quote else ""
    return f"{source.where}{effective}{quote}"


def ai_line(draft: Draft) -> str | None:
    """Return the line that tells a draft of the assistant apart, until a person has confirmed it.

    What no model wrote says so (인공지능기본법 제31조제2항 is about generated results).
    """
    if draft.facts.is_generated and not draft.facts.is_confirmed:
        return AI_LINE if draft.facts.is_model_written else ASSEMBLED_LINE
    return None


def official_marker(depth: int, ordinal: int) -> str:
    """Return the mark of an item of an official document (행정업무규정 시행규칙 제2조제1항).

    >>> [official_marker(depth, 1) for depth in range(1, 9)]
    ['1.', '가.', '1)', '가)', '(1)', '(가)', '①', '㉮']
    >>> official_marker(2, 15), official_marker(7, 21), official_marker(8, 15)
    ('거.', '㉑', '(거)')
    """
    letter, form = ganada(ordinal), depth - 1
    if depth >= 7:
        return circled_number(ordinal) if depth == 7 else circled_letter(ordinal)
    return ("{n}.", "{l}.", "{n})", "{l})", "({n})", "({l})")[form].format(n=ordinal, l=letter)


def ganada(ordinal: int) -> str:
    """Return the n-th letter of 가 나 다 ... 하 거 너 ... 허 고 ...

    >>> [ganada(n) for n in (1, 14, 15, 29)]
    ['가', '하', '거', '고']
    """
    row, column = divmod(ordinal - 1, len(_LEADS))
    if row >= len(_VOWELS):
        return str(ordinal)
    return chr(0xAC00 + (_LEADS[column] * 21 + _VOWELS[row]) * 28)


def circled_number(ordinal: int) -> str:
    """Return ① to ㊿, and a number in brackets beyond.

    >>> [circled_number(n) for n in (1, 20, 36, 51)]
    ['①', '⑳', '㊱', '(51)']
    """
    for start, last, offset in ((0x2460, 20, 0), (0x3251, 35, 20), (0x32B1, 50, 35)):
        if ordinal <= last:
            return chr(start + ordinal - offset - 1)
    return f"({ordinal})"


def circled_letter(ordinal: int) -> str:
    """Return ㉮ to ㉻, and a letter in brackets beyond.

    >>> circled_letter(2), circled_letter(14)
    ('㉯', '㉻')
    """
    return chr(0x326D + ordinal) if ordinal <= len(_LEADS) else f"({ganada(ordinal)})"


def roman(ordinal: int) -> str:
    """Return the Roman number, as one character up to twelve.

    >>> roman(4), roman(14)
    ('Ⅳ', 'XIV')
    """
    if ordinal <= len(_ROMAN):
        return _ROMAN[ordinal - 1]
    found = ""
    for value, letters in (
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while ordinal >= value:
            found, ordinal = found + letters, ordinal - value
    return found


def _rung(block: DraftBlock, style: DraftStyle) -> int:
    """Return the rung of the ladder that the block stands on, 0 for none."""
    if style is DraftStyle.OFFICIAL and isinstance(block, Heading | Paragraph):
        depth = block.level if isinstance(block, Heading) else block.depth
        return min(max(depth, 0), MAX_DEPTH)
    if style is DraftStyle.REPORT and isinstance(block, Heading):
        return min(max(block.level, 1), MAX_DEPTH)
    return 0


def _count(counts: list[int], rung: int) -> int:
    counts[rung] += 1
    counts[rung + 1 :] = [0] * (len(counts) - rung - 1)
    return counts[rung]


def _marker(block: DraftBlock, style: DraftStyle, ordinal: int) -> str:
    if isinstance(block, Note):
        return "" if shown(block.runs).lstrip().startswith(NOTE_MARK) else NOTE_MARK
    rung = _rung(block, style)
    if style is DraftStyle.REPORT and isinstance(block, Heading):
        return f"{roman(ordinal)}." if rung == 1 else official_marker(rung - 1, ordinal)
    if style is DraftStyle.REPORT and isinstance(block, Paragraph) and block.depth > 0:
        return _BULLETS[min(block.depth, len(_BULLETS)) - 1]
    return official_marker(rung, ordinal) if rung else ""


def _label(block: Table | Picture, labels: dict[str, int]) -> str:
    if not block.caption:
        return ""
    kind = "표" if isinstance(block, Table) else "그림"
    labels[kind] += 1
    return f"<{kind} {labels[kind]}>"
