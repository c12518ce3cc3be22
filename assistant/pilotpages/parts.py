"""Sections of a report made into the parts of a paper, every sentence held to the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.domain import (
    Grade,
    Ledger,
    LedgerSentence,
    Origin,
    Paper,
    PaperBlock,
    PaperParagraph,
    PaperPart,
    PartKind,
    Passage,
    Problem,
    Scope,
    SentenceStatus,
)
from assistant.domain.pilots import Opinion
from assistant.drafting import Drafted
from assistant.grades import highest
from assistant.papers import from_ledger, from_text
from assistant.pilotpages.material import Blocks, Material, Page, asked, remark
from assistant.pilots import Severity, validate
from assistant.templates import DocumentTemplate, TemplateSection, Value, lines, one_line

_VERBATIM = "이 보고서의 초안 자리는 언어 모델 없이 파일의 문장을 그대로 옮겼습니다."
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionText:
    """What stands in a drafted section; `drafted` is None where the words are the files' own."""

    ledger: Ledger
    drafted: Drafted | None = None
    notices: tuple[str, ...] = ()

    @property
    def is_verbatim(self) -> bool:
        """Whether there are words, and they are the files' own."""
        return self.drafted is None and bool(self.ledger)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportCase:
    """What the drafted sections of one report share; `people` are who its files name."""

    material: Material
    evidence: tuple[Passage, ...]
    scope: Scope
    grade: Grade
    facts: tuple[str, ...] = field(default=())
    people: tuple[str, ...] = field(default=())


def held_to_figures(texts: Mapping[str, SectionText], case: ReportCase) -> dict[str, SectionText]:
    """Return the texts with every sentence marked that contradicts the figures of the pilot.

    A number that neither the figures nor the pilot's own files carry contradicts them as well.
    """
    opinions = [
        Opinion(section=f"{name}/{number}", text=line.text)
        for name, text in texts.items()
        for number, line in enumerate(text.ledger)
    ]
    found = validate(
        case.material.examined,
        opinions=opinions,
        evidence=[passage.text for passage in case.evidence],
        for_report=False,
    )
    wrong = {each.place: each.code for each in found if each.severity is Severity.MUST}
    return {
        name: replace(
            text,
            ledger=tuple(
                _differing(line, wrong.get(f"opinions[{name}/{number}]"))
                for number, line in enumerate(text.ledger)
            ),
        )
        for name, text in texts.items()
    }


def _differing(line: LedgerSentence, code: str | None) -> LedgerSentence:
    if code is None:
        return line
    problems = (*line.problems, Problem(code=code))
    return replace(line, status=SentenceStatus.DIFFERS, problems=problems)


def inputs_of(template: DocumentTemplate, material: Material) -> dict[str, Value]:
    """Return what a template asks for, of what a pilot has to say."""
    record = material.record
    known: dict[str, Value] = {
        "product": record.product.name or record.title,
        "institution": record.institution.name,
        "has_unmet": material.figures.fulfilment.unmet > 0,
        "is_ai": material.figures.ai is not None,
    }
    wanted = {each.name for each in template.inputs}
    return {name: value for name, value in known.items() if name in wanted}


def parts_of(
    template: DocumentTemplate,
    values: Values,
    case: ReportCase,
    drafts: Mapping[str, SectionText],
    pages: Mapping[str, Page],
) -> list[PaperPart]:
    """Return the sections of a template as the parts of a report; `pages` make computed ones."""
    parts: list[PaperPart] = []
    is_told = False
    for section in template.sections:
        if not is_wanted(section, values):
            continue
        blocks: Blocks = fixed_of(section, values)
        if section.function:
            blocks += pages[section.function](case.material)
        elif section.kind is PartKind.DRAFTED:
            text = drafts[section.section_id]
            blocks += _drafted(section, text)
            if text.is_verbatim and not is_told:
                blocks += (remark(_VERBATIM),)
                is_told = True
        parts.append(part_of(section, values, blocks))
    return parts


def refreshed(paper: Paper, built: Paper) -> Paper:
    """Return a paper with what follows from the record set anew; words that people wrote stay.

    Drafted and reserved parts stay as they are, and a given part that a person has written into;
    so do a title and headings that a person gave.
    """
    new = {part.part_id: part for part in built.parts}
    parts = tuple(
        _anew(part, new[part.part_id], keeps_heading=part.part_id in paper.renamed)
        if part.part_id in new and _follows(part)
        else part
        for part in paper.parts
    )
    title = paper.title if "" in paper.renamed else built.title
    return replace(paper, title=title, parts=parts)


def _anew(part: PaperPart, built: PaperPart, *, keeps_heading: bool) -> PaperPart:
    return replace(built, heading=part.heading) if keeps_heading else built


def _follows(part: PaperPart) -> bool:
    """Tell whether a part follows from the record and no person has changed it."""
    if part.kind is PartKind.COMPUTED:
        return True
    by_hand = any(
        sentence.origin is Origin.PERSON
        for block in part.blocks
        if isinstance(block, PaperParagraph)
        for sentence in block.sentences
    )
    return part.kind is PartKind.GIVEN and not by_hand


def is_wanted(section: TemplateSection, values: Values) -> bool:
    """Tell whether a section belongs into the report of this pilot."""
    return not section.when or bool(values.get(section.when))


def part_of(section: TemplateSection, values: Values, blocks: Sequence[PaperBlock]) -> PaperPart:
    """Return a section as a part of a paper."""
    return PaperPart(
        part_id=section.section_id,
        kind=section.kind,
        heading=one_line(section.heading, values),
        level=section.level,
        blocks=tuple(blocks),
    )


def fixed_of(section: TemplateSection, values: Values) -> Blocks:
    """Return the fixed wording of a section."""
    return tuple(
        paragraph
        for line in lines(section.text, values, depth=section.depth)
        for paragraph in from_text(line.text, Origin.TEMPLATE, depth=line.depth)
    )


def _drafted(section: TemplateSection, text: SectionText) -> Blocks:
    """Return the drafted text, plainly marked where no model wrote it."""
    if not text.ledger:
        name = _without_number(section.heading)
        return (asked(f"근거를 찾지 못했습니다. 적을 것: {name}"),)
    if text.drafted is None:
        return from_ledger(text.ledger, Origin.EVIDENCE)
    return from_ledger(text.ledger, Origin.MODEL)


def _without_number(heading: str) -> str:
    """Return a heading without its number.

    >>> _without_number("가. 성능·기능"), _without_number("5. 종합의견")
    ('성능·기능', '종합의견')
    """
    head, dot, rest = heading.partition(". ")
    return rest if dot and len(head) <= len("제2부 1") else heading


def paper_of(
    template: DocumentTemplate,
    values: Values,
    parts: Sequence[PaperPart],
    drafts: Sequence[Drafted],
    grade: Grade,
) -> Paper:
    """Return the parts as a paper, with what had a share in it."""
    return Paper(
        title=one_line(template.title, values),
        template=template.reference,
        parts=tuple(parts),
        style=template.style,
        grade=highest((grade, *(each.grade for each in drafts))),
        summary=one_line(template.summary, values),
        keywords=("혁신제품", "시범사용"),
        models=tuple(dict.fromkeys(each.model for each in drafts if each.model)),
        prompts=tuple(dict.fromkeys(each.prompt for each in drafts if each.prompt)),
    )
