"""Where the articles that fixed wording names can be opened, as citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from assistant.deadlines import Article
from assistant.domain import Citation, LawPlace, Ledger, Passage, Span, Standing
from assistant.grounding import SourceSpan, ledger_from_spans
from assistant.law.articles import parse_parts, part_label
from assistant.law.references import parse_references
from assistant.store import SectionView, Store


class Place(Protocol):
    """The stored section that holds an article."""

    @property
    def document_id(self) -> str:
        """Return the document."""
        ...

    @property
    def version_id(self) -> str:
        """Return its version."""
        ...

    @property
    def section_ordinal(self) -> int:
        """Return the section."""
        ...


class Openings(Protocol):
    """Finds the stored sections of articles."""

    def __call__(
        self, articles: Iterable[Article], *, institution_ids: tuple[str, ...], today: date
    ) -> Mapping[Article, Place]:
        """Return the sections of those articles that can be opened."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """The articles that a sentence names: how many, and those that can be opened."""

    named: int
    citations: tuple[Citation, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every article that the sentence names can be opened."""
        return len(self.citations) == self.named


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An article, or the 항 of it that was asked for, as the store holds it."""

    place: LawPlace
    label: str
    passage: Passage
    ledger: Ledger


class Shelf:
    """The laws as the store holds them.

    Args:
        store: the truth.
        openings: finds the section of an article, in the law itself or a digest of it.
        institution_ids: whose texts may be opened.
        today: the day on which the rules must be in force.
    """

    def __init__(
        self,
        store: Store,
        openings: Openings,
        *,
        institution_ids: tuple[str, ...],
        today: date,
    ) -> None:
        self._store = store
        self._openings = openings
        self._institution_ids = institution_ids
        self._today = today

    def cite(self, text: str, spans: Sequence[Span]) -> tuple[Cited, ...]:
        """Return for each sentence of a paragraph the articles that it names, as citations.

        Only places in a law named by its full name count, or by `같은 영` after it.
        """
        named = [
            one
            for one in parse_references(text)
            if one.law and not one.law.startswith("#") and one.label.startswith("제")
        ]
        articles = {(one.law, one.label): Article(law=one.law, article=one.label) for one in named}
        found = self._openings(
            articles.values(), institution_ids=self._institution_ids, today=self._today
        )
        cited: list[Cited] = []
        for span in spans:
            places = list(
                dict.fromkeys(
                    (one.law, one.label, one.detail)
                    for one in named
                    if span.start <= one.start < span.end
                )
            )
            sources = [
                source
                for law, label, detail in places
                if (place := found.get(articles[law, label])) is not None
                and (source := self._span(place, label, detail)) is not None
            ]
            ledger = ledger_from_spans(sources, reference_date=self._today)
            citations = tuple(one for line in ledger for one in line.citations)
            cited.append(Cited(named=len(places), citations=citations))
        return tuple(cited)

    def opened(self, places: Sequence[LawPlace]) -> tuple[Opened, ...]:
        """Return those of the places that can be opened, each with its first line as a sentence."""
        parted = {one: parse_references(str(one))[0] for one in places}
        articles = {one: Article(law=one.law, article=ref.label) for one, ref in parted.items()}
        found = self._openings(
            articles.values(), institution_ids=self._institution_ids, today=self._today
        )
        opened: list[Opened] = []
        for one, ref in parted.items():
            place = found.get(articles[one])
            source = self._span(place, ref.label, ref.detail, is_whole=False) if place else None
            if source is not None:
                ledger = ledger_from_spans([_first_line(source)], reference_date=self._today)
                opened.append(
                    Opened(
                        place=one,
                        label=f"{ref.label}{ref.detail}",
                        passage=source.passage,
                        ledger=ledger,
                    )
                )
        return tuple(opened)

    def _span(
        self, place: Place, label: str, detail: str, *, is_whole: bool = True
    ) -> SourceSpan | None:
        """Return the place; where the 항 is not told apart, the article, or nothing."""
        view = self._store.sections.view(
            place.document_id,
            place.version_id,
            place.section_ordinal,
            institution_ids=self._institution_ids,
        )
        chunks = self._store.chunks.of_section(
            place.version_id, place.section_ordinal, institution_ids=self._institution_ids
        )
        if not chunks:
            return None
        text = view.section.text
        span = _part(text, label, detail)
        if span is None and detail and not is_whole:
            return None
        span = span or Span(start=0, end=len(text))
        return SourceSpan(
            passage=_passage(view, chunks[0].chunk_id), start=span.start, end=span.end
        )


def _first_line(source: SourceSpan) -> SourceSpan:
    """Return a place without its heading and the items below it."""
    text = source.passage.text[source.start : source.end]
    heading = len(text.split("\n", 1)[0]) if source.start == 0 and "\n" in text else 0
    lead = heading + len(text[heading:]) - len(text[heading:].lstrip())
    line = text[lead:].split("\n", 1)[0].rstrip()
    start = source.start + lead
    return replace(source, start=start, end=start + len(line))


def _part(text: str, label: str, detail: str) -> Span | None:
    """Return the 항 or 호 that `detail` names; None when the text does not part so."""
    if not detail:
        return None
    parts = parse_parts(text)
    for part in parts:
        if part_label(label, parts, part.start) == label + detail:
            return Span(start=part.start, end=part.end)
    return None


def _passage(view: SectionView, chunk_id: str) -> Passage:
    section = view.section
    return Passage(
        key="L1",
        chunk_id=chunk_id,
        document_id=view.document_id,
        version_id=view.version_id,
        section_ordinal=section.ordinal,
        institution_id=view.institution_id,
        collection_id=view.collection_id,
        document_title=view.document_title,
        label=section.label,
        heading=section.title,
        path=section.path,
        text=section.text,
        kind=view.kind,
        section_kind=section.kind,
        grade=view.grade,
        effective_from=view.effective_from,
        standing=Standing.IN_FORCE,
        hits=(),
        score=1.0,
        via="reference",
    )


def labelled(passage: Passage, start: int) -> str:
    """Return the finest place around a position of a passage, as a letter cites it."""
    if not passage.label.startswith("제"):
        return passage.label
    return part_label(passage.label, parse_parts(passage.text), start)


def by_key(passages: Sequence[Passage]) -> dict[str, Passage]:
    """Return passages by their key."""
    return {passage.key: passage for passage in passages}
