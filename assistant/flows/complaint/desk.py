"""Everything about complaints, wired together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from assistant.drafting import Drafter
from assistant.flows.complaint.casework import Casework
from assistant.flows.complaint.checks import LetterChecks
from assistant.flows.complaint.drafting import Letters
from assistant.flows.complaint.grouping import Groups
from assistant.flows.complaint.line import DraftLine
from assistant.flows.complaint.receiving import Receiving
from assistant.flows.complaint.shelf import Openings
from assistant.flows.complaint.similar import SimilarCases
from assistant.reading import Limits
from assistant.store import Store
from assistant.templates import DocumentTemplate


class ComplaintDesk:
    """The flows behind `/api/complaints` and `gongmun complaint`.

    Args:
        store: the truth.
        drafter: writes stretches from evidence.
        templates: by name.
        openings: finds the stored section of an article.
        limits: for reading one file.
        now: the clock of the installation.
    """

    def __init__(
        self,
        store: Store,
        *,
        drafter: Drafter,
        templates: Mapping[str, DocumentTemplate],
        openings: Openings,
        limits: Limits,
        now: Callable[[], datetime],
    ) -> None:
        self.receiving = Receiving(store, limits=limits, now=now)
        self.cases = Casework(store, now=now)
        self.similar = SimilarCases(store)
        self.letters = Letters(
            store,
            drafter=drafter,
            templates=templates,
            openings=openings,
            similar=self.similar,
            now=now,
        )
        self.groups = Groups(store, self.letters)
        self.line = DraftLine(store, self.letters)
        self.checks = LetterChecks(store, now=now)
