"""Articles named in so many words: by the question, or by another section that was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeAlias

from assistant.domain import DocumentRecord
from assistant.law.references import (
    LawMention,
    LawNames,
    Reference,
    fold_law,
    parse_references,
)
from assistant.ranking import base_law
from assistant.retrieval.found import Found, found_in
from assistant.retrieval.scoping import Scoped
from assistant.store import Store

HOPS = 2
_FAMILY = {"#법": "", "#영": "시행령", "#규칙": "시행규칙"}

SectionPlace: TypeAlias = tuple[str, int]
ByTitle: TypeAlias = Mapping[str, Sequence[DocumentRecord]]


class NamedArticles:
    """Finds the sections that a text names; only within the documents of a scope."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _targets(
        self,
        reference: Reference,
        own_title: str,
        names: LawNames,
        by_title: ByTitle,
    ) -> tuple[DocumentRecord, ...]:
        """Return the documents that a reference in a document of `own_title` points into."""
        if not reference.law:
            title: str | None = own_title
        elif reference.law.startswith("#"):
            title = base_law(own_title) + _FAMILY[reference.law]
        else:
            title = names.resolve(reference.law)
        if title is None:
            return ()
        return _titled(title, names, by_title)

    def referenced(
        self, top: Sequence[Found], names: LawNames, scoped: Scoped
    ) -> dict[tuple[str, str], float]:
        """Return (document id, label) -> best fused score among the top sections that name it."""
        by_title = scoped.by_title
        scores: dict[tuple[str, str], float] = {}
        for item in top:
            own = fold_law(item.document.title)
            for reference in _named_in(item.section.text):
                for target in self._targets(reference, own, names, by_title):
                    place = (target.document_id, reference.label)
                    if place != (item.document.document_id, item.section.label):
                        scores[place] = max(scores.get(place, 0.0), item.candidate.base)
        return scores

    def pinned(self, question: str, found: list[Found], scoped: Scoped) -> list[Found]:
        """Put the articles that the question names first; one named without its law only lifts."""
        references = parse_references(question)
        if not references:
            return found
        names = scoped.names
        by_title = scoped.by_title
        mentions = names.mentions(question)
        wanted: list[tuple[DocumentRecord, str]] = []
        loose: set[str] = set()
        for reference in references:
            title = _title_asked(reference, names, mentions)
            if title is None:
                loose.add(reference.label)
                continue
            wanted += [(document, reference.label) for document in _titled(title, names, by_title)]
        pinned = self._sections_named(wanted, found, scoped)
        places = {(item.document.document_id, item.section.ordinal) for item in pinned}
        rest = [i for i in found if (i.document.document_id, i.section.ordinal) not in places]
        lifted = [item for item in rest if item.section.label in loose]
        return [*pinned, *lifted, *(item for item in rest if item.section.label not in loose)]

    def _sections_named(
        self, wanted: Sequence[tuple[DocumentRecord, str]], found: Sequence[Found], scoped: Scoped
    ) -> list[Found]:
        known = {(item.document.document_id, item.section.ordinal): item for item in found}
        keys = [(document.version_id, label) for document, label in wanted]
        sections = self._store.sections.by_labels(keys, institution_ids=scoped.institution_ids)
        named: dict[SectionPlace, Found] = {}
        for document, label in wanted:
            for section in sections.get((document.version_id, label), []):
                place = (document.document_id, section.ordinal)
                item = known.get(place) or found_in(document, section, [])
                named.setdefault(place, replace(item, via="reference"))
        return list(named.values())

    def hops(self, top: Sequence[Found], found: Sequence[Found], scoped: Scoped) -> list[Found]:
        """Return sections that the best passages refer to and the search did not bring."""
        names = scoped.names
        by_title = scoped.by_title
        shown = {(item.document.document_id, item.section.label) for item in top}
        wanted: dict[tuple[str, str], tuple[DocumentRecord, str]] = {}
        for item in top[:3]:
            own = fold_law(item.document.title)
            for reference in _named_in(item.section.text):
                for target in self._targets(reference, own, names, by_title):
                    place = (target.document_id, reference.label)
                    if place not in shown:
                        wanted.setdefault(place, (target, reference.label))
        ranks = {(f.document.document_id, f.section.label): n for n, f in enumerate(found)}
        best = sorted(wanted, key=lambda place: ranks.get(place, len(ranks)))[:HOPS]
        hops = self._sections_named([wanted[place] for place in best], found, scoped)
        return [replace(item, via="hop") for item in hops if not item.section.deleted][:HOPS]


@lru_cache(maxsize=2_048)
def _named_in(section_text: str) -> tuple[Reference, ...]:
    """The same few hundred sections come up for most questions of an office."""
    return parse_references(section_text)


def _titled(title: str, names: LawNames, by_title: ByTitle) -> tuple[DocumentRecord, ...]:
    return tuple(record for t in names.titles_of(title) for record in by_title.get(t, ()))


def _title_asked(
    reference: Reference, names: LawNames, mentions: Sequence[LawMention]
) -> str | None:
    """Return the folded title that a reference in a question means, or None when it names no law.

    A law in brackets that nobody has is still that law, not the one named before it.
    """
    if reference.law and not reference.law.startswith("#"):
        return names.resolve(reference.law) or reference.law
    before = [mention for mention in mentions if mention.end <= reference.start]
    if not before:
        return None
    name = before[-1].name
    return base_law(name) + _FAMILY[reference.law] if reference.law else name
