"""Cut Korean official prose into sentences, and a section into the units that a citation shows."""

from __future__ import annotations

import re

from assistant.domain import Span

# A dot ends a sentence after Hangul, a bracket or a quote, never after a digit (2026. 2. 3.) or a
# list letter (가.), and never inside brackets.
_STOP = re.compile(r"[.!?。]+[\"'”’)\]」』]*(?=\s|$)|(?<=[다요까음함임됨])\.(?=[가-힣])")
_LIST_LETTER = re.compile(
    r"(?:^|[\s(\"'])(?:[가나다라마바사아자차카타파하]|[A-Za-z]|No|no|vs|e\.g|i\.e|Art|art|제?\d+)$"
)
_OPEN = re.compile(r"[(\[「『]")
_CLOSE = re.compile(r"[)\]」』]")
_BRACKET_REACH = 400
_LETTER_REACH = 60
_ROW_CHARS = 300  # a table row up to this length is one unit: a dot in a cell ends nothing


def _is_inside_brackets(text: str, start: int, end: int) -> bool:
    reach = text[max(start, end - _BRACKET_REACH) : end]
    return len(_OPEN.findall(reach)) > len(_CLOSE.findall(reach))


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of one paragraph as trimmed spans.

    >>> text = "제36조제1항제1호. 기한은 2026. 2. 3.까지이다(다만, 늦으면 안 된다. 예외 없음). 끝."
    >>> [text[s.start:s.end] for s in split_sentences(text)]
    ['제36조제1항제1호.', '기한은 2026. 2. 3.까지이다(다만, 늦으면 안 된다. 예외 없음).', '끝.']
    """
    spans: list[Span] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.start() < start:
            continue
        before = text[max(start, match.start() - _LETTER_REACH) : match.start()]
        if match[0] == "." and (
            _LIST_LETTER.search(before) or (before[-1:].isdigit() and match.end() < len(text))
        ):
            continue
        if _is_inside_brackets(text, start, match.end()):
            continue
        spans.append(Span(start=start, end=match.end()))
        start = match.end()
    spans.append(Span(start=start, end=len(text)))
    trimmed = (trim(text, span.start, span.end) for span in spans)
    return [span for span in trimmed if span.end > span.start]


def trim(text: str, start: int, end: int) -> Span:
    """Return the span without white space at its ends.

    >>> trim(" 가 ", 0, 3)
    Span(start=1, end=2)
    """
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Span(start=start + lead, end=max(start + lead, start + len(piece.rstrip())))


def source_units(text: str) -> tuple[Span, ...]:
    r"""Return the sentences, 항, 호 and 목 of a section's text in order, as trimmed spans.

    >>> text = "제1조(목적)\n① 낸다. 다만, 예외가 있다.\n  1. 서류"
    >>> [text[u.start:u.end] for u in source_units(text)]
    ['제1조(목적)', '① 낸다.', '다만, 예외가 있다.', '1. 서류']
    >>> row = "| 시범사용 전(2025. 9.) | 12건. 낸다. |"
    >>> source_units(row) == (Span(start=0, end=len(row)),)
    True
    """
    units: list[Span] = []
    position = 0
    for line in text.split("\n"):
        is_row = line.startswith("|") and line.endswith("|") and len(line) <= _ROW_CHARS
        for span in [trim(line, 0, len(line))] if is_row else split_sentences(line):
            units.append(Span(start=position + span.start, end=position + span.end))
        position += len(line) + 1
    return tuple(units)
