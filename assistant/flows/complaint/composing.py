"""A letter from its template: fixed wording, values of the case, computed and drafted parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.domain import (
    OPEN_MARK,
    Grade,
    Origin,
    Paper,
    PaperBlock,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PartKind,
    Problem,
    SentenceStatus,
    Span,
)
from assistant.flows.complaint.shelf import Cited
from assistant.grounding import split_sentences
from assistant.templates import DocumentTemplate, TemplateSection, Value, lines, one_line

END = "  끝."
# Sections whose words are the official's, as entered for this letter.
_RECORDED = frozenset({"decision", "reason", "need", "needs", "destination", "state", "judgement"})
Cite = Callable[[str, Sequence[Span]], Sequence[Cited]]
Figures = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedPart:
    """The part of a letter that answers a point, and what had a share in it."""

    subject_id: str
    blocks: tuple[PaperBlock, ...]
    grade: Grade = Grade.SENSITIVE
    model: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingredients:
    """What a letter is made of.

    `values` are those of the template; `computed` the paragraphs of its computed sections by the
    name of their function; `drafted` the parts of its drafted section by the id of their point;
    `governing` the part that follows them and quotes what governs the letter.
    """

    values: Mapping[str, Value]
    computed: Figures = field(default_factory=dict)
    drafted: Mapping[str, DraftedPart] = field(default_factory=dict)
    governing: PaperPart | None = None
    keywords: tuple[str, ...] = ()


def compose(template: DocumentTemplate, made_of: Ingredients, *, cite: Cite) -> Paper:
    """Return a letter.

    Raises:
        TemplateFaultError: A value is missing that the wording asks for.
        TemplateInputError: The values are not those of the template.
    """
    values = template.values(made_of.values)
    parts = [
        part
        for section in template.sections
        if not section.when or values[section.when]
        for part in _parts(section, values, made_of, cite)
    ]
    drafted = list(made_of.drafted.values())
    return Paper(
        title=one_line(template.title, values),
        template=template.reference,
        parts=tuple(ended(parts)),
        style=template.style,
        grade=Grade.SENSITIVE,  # it speaks of a person's matter, whatever its sources are
        summary=one_line(template.summary, values),
        keywords=made_of.keywords,
        models=tuple(dict.fromkeys(one.model for one in drafted if one.model)),
        prompts=tuple(dict.fromkeys(one.prompt for one in drafted if one.prompt)),
    )


def _parts(
    section: TemplateSection, values: Mapping[str, Value], made_of: Ingredients, cite: Cite
) -> list[PaperPart]:
    if section.kind is PartKind.DRAFTED:
        return [
            PaperPart(
                part_id=part_id_of(section.section_id, one.subject_id),
                kind=PartKind.DRAFTED,
                blocks=one.blocks,
                subject_id=one.subject_id,
            )
            for one in made_of.drafted.values()
        ] + ([made_of.governing] if made_of.governing else [])
    if section.function:
        blocks = tuple(
            PaperParagraph(sentences=computed_sentences(text, cite), depth=section.depth)
            for text in made_of.computed[section.function]
        )
    else:
        is_recorded = section.section_id in _RECORDED
        blocks = tuple(
            PaperParagraph(
                sentences=given_sentences(line.text, cite, is_recorded=is_recorded),
                depth=line.depth,
            )
            for line in lines(section.text, values, depth=section.depth)
        )
    return [PaperPart(part_id=section.section_id, kind=section.kind, blocks=blocks)]


def part_id_of(section_id: str, subject_id: str) -> str:
    """Return the id of the part about a point, the same in every version.

    >>> part_id_of("point", "ab12")
    'point-ab12'
    """
    return f"{section_id}-{subject_id}"


# -- sentences --------------------------------------------------------------------------------


def given_sentences(
    text: str, cite: Cite, *, is_recorded: bool = False
) -> tuple[PaperSentence, ...]:
    """Return the sentences of fixed wording; those that name an article carry where it opens.

    What the official entered counts as given by a person, not as wording of the template.
    """
    if is_recorded:
        return _sentences(text, Origin.RECORD, SentenceStatus.GIVEN, cite)
    return _sentences(text, Origin.TEMPLATE, None, cite)


def computed_sentences(text: str, cite: Cite) -> tuple[PaperSentence, ...]:
    """Return the sentences of something that code has computed."""
    return _sentences(text, Origin.CODE, SentenceStatus.COMPUTED, cite)


def _sentences(
    text: str, origin: Origin, status: SentenceStatus | None, cite: Cite
) -> tuple[PaperSentence, ...]:
    spans = split_sentences(text)
    return tuple(
        _cited(text[span.start : span.end], origin, status, found)
        for span, found in zip(spans, cite(text, spans), strict=True)
    )


def _cited(text: str, origin: Origin, status: SentenceStatus | None, found: Cited) -> PaperSentence:
    if not found.named:
        return PaperSentence(text=text, origin=origin, status=status)
    if not found.is_whole:
        return PaperSentence(
            text=text,
            origin=origin,
            status=SentenceStatus.UNSUPPORTED,
            citations=found.citations,
            problems=(Problem(code="no_citation"),),
        )
    return PaperSentence(
        text=text,
        origin=origin,
        status=status or SentenceStatus.SUPPORTED,
        citations=found.citations,
    )


def open_place(what: str) -> str:
    """Return a place that a person has to fill in, saying with what.

    >>> open_place("연락처")
    '【확인 필요: 연락처】'
    """
    return f"{OPEN_MARK[:-1]}: {what}{OPEN_MARK[-1]}"


def open_sentence(what: str) -> PaperSentence:
    """Return a sentence that a person has to write."""
    return PaperSentence(text=open_place(what), origin=Origin.TEMPLATE)


# -- the end ----------------------------------------------------------------------------------


def ended(parts: Sequence[PaperPart]) -> list[PaperPart]:
    """Return the parts with the end mark after the last sentence (시행규칙 제4조제5항)."""
    done = list(parts)
    for at in range(len(done) - 1, -1, -1):
        blocks = list(done[at].blocks)
        for place in range(len(blocks) - 1, -1, -1):
            block = blocks[place]
            if isinstance(block, PaperParagraph) and block.sentences:
                last = block.sentences[-1]
                closed = replace(last, text=last.text.rstrip() + END)
                blocks[place] = replace(block, sentences=(*block.sentences[:-1], closed))
                done[at] = replace(done[at], blocks=tuple(blocks))
                return done
    return done
