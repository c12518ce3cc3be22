"""A sentence that a person wrote, held against what stood there before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain import (
    Citation,
    Origin,
    Paper,
    PaperParagraph,
    PaperSentence,
    Passage,
    Problem,
    SentenceStatus,
    Table,
    TokenKind,
)
from assistant.grounding import Token, check_sentence, extract_tokens

_LEGAL = frozenset({TokenKind.ARTICLE, TokenKind.LAW})
_OWN = frozenset({Origin.RECORD, Origin.CODE, Origin.TEMPLATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecker:
    """Gives a person's sentence the status that it has earned.

    What states no figure, date or article is the person's word (given), and so is what the case
    itself says. Else the passages that carried the sentence before must carry it now; where there
    were none, a figure is the person's word, a rule that is named has no basis.

    Args:
        passage_of: The section that a citation points at under a key; None when it is gone.
        context: Texts of the case, whose figures may be repeated.
        reference_date: Rules that take effect later are flagged.
    """

    passage_of: Callable[[Citation, str], Passage | None]
    context: tuple[str, ...]
    reference_date: date

    def __call__(self, mine: PaperSentence, stood: Sequence[PaperSentence]) -> PaperSentence:
        """Return the sentence with its status; `stood` are the ones it stands for, best first."""
        tokens = self._unknown(mine.text)
        if not tokens:
            return mine
        before = next((old for old in stood if old.citations), None)
        passages = self._passages(before.citations) if before else []
        if passages:
            return self._checked(mine, passages)
        if stood and stood[0].status is SentenceStatus.COMPUTED:
            return _differing(mine, tokens)
        named = [token for token in tokens if token.kind in _LEGAL]
        if named:
            problems = (Problem(code="no_citation"),)
            return replace(mine, status=SentenceStatus.UNSUPPORTED, problems=problems)
        return mine

    def _unknown(self, text: str) -> list[Token]:
        """Return the tokens of a sentence that the case itself does not hold."""
        held = {t.canonical for own in self.context for t in extract_tokens(own)}
        return [token for token in extract_tokens(text) if token.canonical not in held]

    def _passages(self, citations: Sequence[Citation]) -> list[Passage]:
        places: dict[tuple[str, int], Passage] = {}
        for citation in citations:
            place = (citation.version_id, citation.section_ordinal)
            if place not in places:
                passage = self.passage_of(citation, f"S{len(places) + 1}")
                if passage is not None:
                    places[place] = passage
        return list(places.values())

    def _checked(self, mine: PaperSentence, passages: Sequence[Passage]) -> PaperSentence:
        line = check_sentence(
            mine.text, passages, given=self.context, reference_date=self.reference_date
        )
        return replace(mine, status=line.status, citations=line.citations, problems=line.problems)


def context_of(paper: Paper) -> tuple[str, ...]:
    """Return the texts of a paper that come from the case, not from evidence or a person.

    Tables are made of records and figures, whatever part they stand in.
    """
    found = [paper.title]
    for block in (block for part in paper.parts for block in part.blocks):
        if isinstance(block, PaperParagraph):
            found += [one.text for one in block.sentences if one.origin in _OWN]
        elif isinstance(block, Table):
            found += [run.text for row in block.rows for cell in row for run in cell.runs]
    return tuple(found)


def _differing(mine: PaperSentence, tokens: Sequence[Token]) -> PaperSentence:
    problems = tuple(
        Problem(code="token_missing", token=token.text, token_kind=token.kind) for token in tokens
    )
    return replace(mine, status=SentenceStatus.DIFFERS, problems=problems)
