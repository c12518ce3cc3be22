"""PDF/A-2b of a draft: set by typst in a process of its own, with fonts that come along."""

from __future__ import annotations

import logging
from dataclasses import replace

from assistant.domain import Draft, Picture, Table
from assistant.errors import DraftUnwritableError
from assistant.writing.facts import facts
from assistant.writing.fonts import fonts
from assistant.writing.pdf_content import Content, content, words_of
from assistant.writing.pdf_glyphs import joined, supplement
from assistant.writing.pdf_metadata import with_facts
from assistant.writing.pdf_order import in_reading_order
from assistant.writing.pdf_process import Bounds, BrokenPicturesError, compiled

logger = logging.getLogger(__name__)

MAX_CHARS = 1_000_000
MAX_WORDS = 250_000
DEFAULT_BOUNDS = Bounds()


def write(draft: Draft, *, bounds: Bounds = DEFAULT_BOUNDS) -> bytes:
    """Return the draft as PDF/A-2b; a draft with a time of making always gives the same bytes.

    Raises:
        ConfigurationError: A font package is not installed.
        DraftUnwritableError: The draft is too large; `reason` says what ran out.
    """
    laid_out = _within_limits(_content(draft))
    try:
        return _written(draft, laid_out, bounds)
    except BrokenPicturesError as error:
        logger.warning("pdf.pictures_left_out", extra={"count": len(error.names)})
        broken = {laid_out.pictures[name] for name in error.names}
        return _written(draft, _content(_without(draft, broken)), bounds)


def missing_letters(draft: Draft) -> tuple[str, ...]:
    """Return the letters that no font has; the PDF shows their number in a frame instead."""
    return supplement(words_of(_content(draft).data), fonts()).missing


def _written(draft: Draft, laid_out: Content, bounds: Bounds) -> bytes:
    files = fonts()
    extra = supplement(words_of(laid_out.data), files)
    if extra.missing:
        logger.warning("pdf.letters_framed", extra={"count": len(extra.missing)})
    pdf = compiled(
        laid_out.data,
        pictures=laid_out.pictures,
        fonts=(files.serif, files.sans, files.sans_bold),
        supplement=extra.font,
        moment=draft.facts.created_at,
        bounds=bounds,
    )
    if _has_row_spans(draft):
        pdf = in_reading_order(pdf)
    return with_facts(pdf, facts(draft), generator=draft.facts.generator)


def _content(draft: Draft) -> Content:
    return content(draft, joined=joined(fonts().serif))


def _has_row_spans(draft: Draft) -> bool:
    return any(
        cell.row_span > 1
        for block in draft.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
    )


def _within_limits(laid_out: Content) -> Content:
    lengths = [len(word) for word in words_of(laid_out.data)]
    if sum(lengths) > MAX_CHARS or len(lengths) > MAX_WORDS:
        raise DraftUnwritableError(reason="too_large")
    return laid_out


def _without(draft: Draft, broken: set[bytes]) -> Draft:
    return replace(
        draft,
        blocks=tuple(
            replace(block, data=b"")
            if isinstance(block, Picture) and block.data in broken
            else block
            for block in draft.blocks
        ),
    )
