"""The two passes over one document: rules first, then what a model points at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.applications.enclosures import papers
from assistant.applications.layout import Piece, gives_orders, pieces, texts
from assistant.applications.merging import Texts, cells
from assistant.applications.rules import search
from assistant.applications.suggestions import Suggestion, weigh
from assistant.domain import ColumnSet, Document, ItemCell, PaperFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The cells of one document and the papers that it lists.

    `gives_orders`: text of it speaks to an assistant; `dropped` counts what a model pointed at
    that is not there or says something else.
    """

    file_name: str
    columns: ColumnSet
    cells: tuple[ItemCell, ...]
    papers: tuple[PaperFound, ...]
    pieces: tuple[Piece, ...]
    texts: Texts
    gives_orders: bool
    dropped: int = 0


def by_rules(document: Document, columns: ColumnSet, *, file_name: str) -> Extracted:
    """Return what rules find in a document; needs no model.

    Args:
        document: As read.
        columns: What is looked for.
        file_name: Named in the evidence.
    """
    found = pieces(document)
    held = texts(document)
    return Extracted(
        file_name=file_name,
        columns=columns,
        cells=cells(search(found, columns), columns, texts=held, file_name=file_name),
        papers=papers(found, columns, texts=held, file_name=file_name),
        pieces=found,
        texts=held,
        gives_orders=gives_orders(document),
    )


def with_model(extracted: Extracted, suggestions: Sequence[Suggestion]) -> Extracted:
    """Return what rules found with what a model's suggestions add to it.

    Only this document is looked at; a suggestion whose words are not in it is dropped.
    """
    weighed = weigh(
        extracted.cells,
        suggestions,
        extracted.pieces,
        extracted.columns,
        texts=extracted.texts,
        file_name=extracted.file_name,
    )
    return replace(extracted, cells=weighed.cells, dropped=weighed.dropped)
