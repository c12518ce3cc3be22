"""The words of a reply around what the sources say: names of points, quotations, open places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.complaints import name_of, wanted_of
from assistant.domain import (
    LedgerSentence,
    Origin,
    PaperSentence,
    Passage,
    SentenceStatus,
    SourceKind,
)
from assistant.domain.complaints import ComplaintKind, Decision, Point
from assistant.flows.complaint.composing import open_place, open_sentence
from assistant.flows.complaint.masking import shown
from assistant.flows.complaint.quoting import quotable
from assistant.lexical import tagged
from assistant.officialdoc import polite_form
from assistant.privacy import MaskedText

# What stands as law: rules before guides; plans, papers of firms and news never.
RULES = (SourceKind.LAW, SourceKind.DECREE, SourceKind.RULE, SourceKind.NOTICE)
_DIGEST = re.compile(r"\s*\(?요약\)?$")
_SHAKY = frozenset({SentenceStatus.UNCHECKED})
_LEADING_MARK = re.compile(r"^(?:[①-⑳]|\d{1,2}(?:의\d)?\\?\.|[가-하]\\?\.|\d{1,2}\))\s*")
_ENDING = re.compile(r"(?P<word>[가-힣]{1,12}다)(?P<behind>\s?\([^()]{1,40}\))?\.$")
_HEADED = re.compile(r"^[^.:]{1,24}:\s")
_REASONED = re.compile(r"[과와] 그 근거(?: 규정)?(?=,|$)")


def named(point: Point, masked: MaskedText) -> str:
    """Return what a point asks as a letter names it: `‘기한이 언제인지’`.

    What only tells an assistant what to write is left for a person to put into words.
    """
    text, _ = shown(point.question or point.text, masked)
    line = quotable(text)
    return str(name_of(line, tagged=tagged)) if line else open_place("쟁점의 요지")


def lead_of(
    point: Point, masked: MaskedText, *, is_only: bool, is_alone: bool, decision: Decision
) -> str:
    """Return what opens the answer to a point; nothing where the decision stands above it.

    Args:
        point: the point.
        masked: the text that it was found in.
        is_only: whether the letter answers nothing else.
        is_alone: whether the answer is one paragraph.
        decision: what the letter says to what was asked for.
    """
    if not is_only:
        return f"{named(point, masked)}에 대하여 답변드립니다."
    if decision.refuses:
        return "" if is_alone else "이와 관련된 규정은 다음과 같습니다."
    if is_alone:
        return "이에 대하여 검토한 의견을 말씀드립니다."
    return "이에 대하여 검토한 의견은 다음과 같습니다."


def missing(point: Point, kind: ComplaintKind, decision: Decision) -> PaperSentence:
    """Return the place for an answer that no source gave, saying what it has to hold."""
    return open_sentence(wanted_of(point.question, kind, decision))


def conclusion(point: Point, kind: ComplaintKind, decision: Decision) -> PaperSentence:
    """Return the place for what follows from the rules quoted before."""
    wanted = _REASONED.sub("", wanted_of(point.question, kind, decision))
    if decision.refuses:
        return open_sentence(wanted)
    return open_sentence(
        f"위 규정에 따른 결론({wanted})" if wanted != "답변" else "위 규정에 따른 결론"
    )


def quotation(lines: Sequence[LedgerSentence], passage: Passage, label: str) -> PaperSentence:
    """Return what a source says, with where it stands.

    A digest is told in the voice of the letter, as its words are not those of the law; the words
    of a law stand in quotation marks.
    """
    said = tuple(
        dict.fromkeys(_LEADING_MARK.sub("", " ".join(line.text.split())) for line in lines)
    )
    worst = max((line.status for line in lines), key=lambda status: status in _SHAKY)
    return PaperSentence(
        text=_told(said, passage, label),
        origin=Origin.EVIDENCE,
        status=worst,
        citations=tuple(one for line in lines for one in line.citations),
        problems=tuple(one for line in lines for one in line.problems),
    )


def _told(said: Sequence[str], passage: Passage, label: str) -> str:
    words, title = " ".join(said), passage.document_title
    if _DIGEST.search(title):
        law = f"「{_DIGEST.sub('', title)}」 {label}"
        polite = _polite(said)
        return f"{law}에 따르면 {polite}" if polite else f"{law}의 요지는 “{words}”입니다."
    if passage.kind in RULES:
        return f"「{title}」 {label}에서는 “{words}”라고 정하고 있습니다."
    return f"「{title}」({label})에서는 “{words}”라고 안내하고 있습니다."


def _polite(said: Iterable[str]) -> str:
    """Return sentences in the polite voice, nothing where one of them is no plain sentence.

    >>> _polite(["기관장은 1개월 안에 보고서를 낸다.", "늦으면 사유를 적는다(제2항)."])
    '기관장은 1개월 안에 보고서를 냅니다. 늦으면 사유를 적습니다(제2항).'
    >>> _polite(["성공: 심사를 받을 자격을 준다."])
    ''
    """
    told = []
    for sentence in said:
        end = _ENDING.search(sentence)
        if end is None or _HEADED.match(sentence) or polite_form(end["word"]) == end["word"]:
            return ""
        told.append(f"{sentence[: end.start()]}{polite_form(end['word'])}{end['behind'] or ''}.")
    return " ".join(told)
