"""A paper under work: edited, compared, talked about, approved by a named person, exported.

Whose paper it is (a complaint's reply, a pilot's report) does not matter here; what its subject
still asks of it comes in as `checks`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from assistant.domain import (
    Approval,
    Paper,
    PaperComment,
    PaperHead,
    PaperPart,
    PaperSubject,
    PaperVersion,
)
from assistant.drafting import (
    Checks,
    ExportedPaper,
    PaperReader,
    PaperState,
    SaveResult,
    exported,
    named,
    new_version,
)
from assistant.errors import ConflictError, OpenItemsError
from assistant.grounding import split_sentences
from assistant.papers import (
    CellText,
    Comparison,
    Line,
    acknowledged,
    compare,
    content_hash,
    edit_cells,
    edit_part,
    rename,
    replace_part,
    unmet,
    with_makers,
)
from assistant.store import Store
from assistant.text import clean

logger = logging.getLogger(__name__)

_TRIES = 5


class PaperFlow:
    """The flow behind `/api/drafts`.

    Args:
        store: the truth.
        now: the time.
        today: the date in Korea.
        institution: name of an institution by its id, for the files.
        checks: see `PaperReader`.
    """

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime],
        today: Callable[[], date],
        institution: Callable[[str], str],
        checks: Mapping[PaperSubject, Checks],
    ) -> None:
        self._papers = store.papers
        self._reader = PaperReader(store, checks)
        self._now = now
        self._today = today
        self._institution = institution

    def get(self, paper_id: str, *, institution_id: str) -> PaperState:
        """Return a paper as it is now.

        Raises:
            NotFoundError: The institution has no such paper.
        """
        return self._reader.get(paper_id, institution_id=institution_id)

    def version(self, paper_id: str, number: int, *, institution_id: str) -> PaperState:
        """Return a paper as it was in one of its versions.

        Raises:
            NotFoundError: The institution has no such paper or version.
        """
        return self._reader.version(paper_id, number, institution_id=institution_id)

    def versions(self, paper_id: str, *, institution_id: str) -> tuple[PaperHead, ...]:
        """Return the versions of a paper, newest first.

        Raises:
            NotFoundError: The institution has no such paper.
        """
        return self._papers.versions(paper_id, institution_id=institution_id)

    def compare(self, paper_id: str, old: int, new: int, *, institution_id: str) -> Comparison:
        """Return what differs between two versions of a paper.

        Raises:
            NotFoundError: The institution has no such paper or version.
        """
        before = self._papers.version(paper_id, old, institution_id=institution_id)
        after = self._papers.version(paper_id, new, institution_id=institution_id)
        return compare(before.paper, after.paper)

    def create(
        self,
        paper: Paper,
        *,
        subject: PaperSubject,
        subject_id: str,
        institution_id: str,
        by: str = "",
    ) -> PaperState:
        """Store a new paper; `by` is "" for what code or a model wrote."""
        paper_id = self._papers.create(
            new_version(paper, by=by, reason="created"),
            subject=subject,
            subject_id=subject_id,
            institution_id=institution_id,
        )
        logger.info("paper.created", extra={"paper_id": paper_id, "template": paper.template})
        return self.get(paper_id, institution_id=institution_id)

    def edit(
        self,
        paper_id: str,
        part_id: str,
        lines: Sequence[Line],
        *,
        parent: int,
        by: str,
        institution_id: str,
    ) -> SaveResult:
        """Save a part as a person wrote it, made from version `parent`.

        Unchanged sentences keep what carries them; changed ones are held against the passages
        that carried them before. Typing what is there saves nothing, nor does a change sent twice.

        Raises:
            NotFoundError: The institution has no such paper, version or part.
            PartLockedError: The part is computed.
            PersonUnnamedError: Nobody's name was given.
        """
        by = named(by)
        made_from = self._papers.version(paper_id, parent, institution_id=institution_id)
        paper = edit_part(
            made_from.paper,
            part_id,
            [replace(line, text=clean(line.text)) for line in lines],
            split=split_sentences,
            recheck=self._reader.rechecker(
                made_from.paper, institution_id=institution_id, today=self._today()
            ),
        )
        return self._edited(paper_id, made_from, paper, by, institution_id)

    def edit_cells(
        self,
        paper_id: str,
        part_id: str,
        cells: Sequence[CellText],
        *,
        parent: int,
        by: str,
        institution_id: str,
    ) -> SaveResult:
        """Save cells of a part's tables as a person wrote them, made from version `parent`.

        Raises:
            NotFoundError: The institution has no such paper, version, part or cell.
            PartLockedError: The part is computed.
            PersonUnnamedError: Nobody's name was given.
        """
        by = named(by)
        made_from = self._papers.version(paper_id, parent, institution_id=institution_id)
        typed = [replace(cell, text=clean(cell.text)) for cell in cells]
        paper = edit_cells(made_from.paper, part_id, typed)
        return self._edited(paper_id, made_from, paper, by, institution_id)

    def rename(
        self, paper_id: str, names: Mapping[str, str], *, parent: int, by: str, institution_id: str
    ) -> SaveResult:
        """Save the title ("") and headings (by part) as a person gave them, from version `parent`.

        Raises:
            NotFoundError: The institution has no such paper, version or heading.
            PersonUnnamedError: Nobody's name was given.
        """
        by = named(by)
        made_from = self._papers.version(paper_id, parent, institution_id=institution_id)
        paper = rename(made_from.paper, {part: clean(name) for part, name in names.items()})
        return self._edited(paper_id, made_from, paper, by, institution_id)

    def _edited(
        self, paper_id: str, made_from: PaperVersion, paper: Paper, by: str, institution_id: str
    ) -> SaveResult:
        state = self.get(paper_id, institution_id=institution_id)
        if paper is made_from.paper:
            return SaveResult(state=state, saved=replace(made_from, is_aside=False))
        if content_hash(paper) == state.record.current.content_hash:
            # The same change sent twice: the answer to the first did not get through.
            return SaveResult(state=state, saved=state.record.current)
        return self.save(
            paper_id,
            paper,
            parent=made_from.number,
            by=by,
            reason="edited",
            institution_id=institution_id,
        )

    def save(
        self,
        paper_id: str,
        paper: Paper,
        *,
        parent: int,
        by: str,
        reason: str,
        institution_id: str,
    ) -> SaveResult:
        """Save a whole paper made from version `parent`; both texts stay when that is not current.

        Raises:
            NotFoundError: The institution has no such paper or version.
        """
        new = new_version(paper, by=by, reason=reason)
        saved = self._papers.save(paper_id, new, parent=parent, institution_id=institution_id)
        version = self._papers.version(paper_id, saved.number, institution_id=institution_id)
        return SaveResult(
            state=self.get(paper_id, institution_id=institution_id),
            saved=replace(version, is_aside=saved.is_aside),
        )

    def put_part(
        self,
        paper_id: str,
        part: PaperPart,
        *,
        institution_id: str,
        by: str = "",
        made_by: tuple[str | None, str | None] = (None, None),
    ) -> PaperState:
        """Replace one part of the current version, whatever it is by now; the others stay.

        `made_by` is what had a share in the new part: model, and prompt as `name@version`.

        Raises:
            ConflictError: Others kept saving meanwhile; nothing of theirs is touched.
            NotFoundError: The institution has no such paper, or it no such part.
        """
        for _ in range(_TRIES):
            current = self._papers.get(paper_id, institution_id=institution_id).current
            paper = with_makers(replace_part(current.paper, part), *made_by)
            number = self._papers.save_current(
                paper_id,
                new_version(paper, by=by, reason="redrafted"),
                parent=current.number,
                institution_id=institution_id,
            )
            if number is not None:
                return self.get(paper_id, institution_id=institution_id)
        raise ConflictError(reason="paper_changed")

    def restore(
        self, paper_id: str, number: int, *, parent: int, by: str, institution_id: str
    ) -> SaveResult:
        """Make an earlier version the newest one again, as a version of its own.

        Raises:
            NotFoundError: The institution has no such paper or version.
            PersonUnnamedError: Nobody's name was given.
        """
        earlier = self._papers.version(paper_id, number, institution_id=institution_id)
        return self.save(
            paper_id,
            earlier.paper,
            parent=parent,
            by=named(by),
            reason=f"restored:{number}",
            institution_id=institution_id,
        )

    def settle(
        self, paper_id: str, aside: int, *, parent: int, by: str, take: bool, institution_id: str
    ) -> PaperState:
        """End a conflict: go on with the text set aside (`take`) or with the current one.

        Raises:
            ConflictError: It was settled already, or another version is current by now.
            NotFoundError: The institution has no such paper or version.
            PersonUnnamedError: Nobody's name was given.
        """
        self._papers.settle(
            paper_id,
            aside,
            parent=parent,
            by=named(by),
            take=take,
            institution_id=institution_id,
        )
        return self.get(paper_id, institution_id=institution_id)

    def comment(
        self, paper_id: str, text: str, *, part_id: str, by: str, institution_id: str
    ) -> PaperComment:
        """Store a remark on a part; `part_id` is "" for the whole paper.

        Raises:
            NotFoundError: The institution has no such paper.
            PersonUnnamedError: Nobody's name was given.
        """
        words, name = clean(text).strip(), named(by)
        return self._papers.comment(
            paper_id, words, part_id=part_id, by=name, institution_id=institution_id
        )

    def resolve(
        self, paper_id: str, comment_id: str, *, by: str, is_resolved: bool, institution_id: str
    ) -> PaperComment:
        """Mark a remark as dealt with, or as open again.

        Raises:
            NotFoundError: The institution has no such paper or remark.
            PersonUnnamedError: Nobody's name was given.
        """
        return self._papers.resolve(
            paper_id,
            comment_id,
            by=named(by),
            is_resolved=is_resolved,
            institution_id=institution_id,
        )

    def approve(
        self,
        paper_id: str,
        *,
        content_hash: str,
        by: str,
        reasons: Mapping[str, str],
        institution_id: str,
    ) -> PaperState:
        """Store a named person's decision on this text; `reasons` say why open items are taken.

        Raises:
            ConflictError: The text is not current any more, or a conflict is not settled.
            NotFoundError: The institution has no such paper.
            OpenItemsError: An open item is neither put right nor taken over with a reason.
            PersonUnnamedError: Nobody's name was given.
        """
        name = named(by)
        state = self.get(paper_id, institution_id=institution_id)
        current = state.record.current
        if current.content_hash != content_hash:
            raise ConflictError(reason="paper_changed")
        if state.record.asides:
            raise ConflictError(reason="paper_aside")
        taken = acknowledged(state.items, reasons)
        if left := unmet(state.items, taken):
            raise OpenItemsError(item_ids=tuple(item.item_id for item in left))
        approval = Approval(
            version_number=current.number,
            content_hash=content_hash,
            by=name,
            at=self._now(),
            acknowledgements=taken,
        )
        self._papers.approve(paper_id, approval, institution_id=institution_id)
        logger.info("paper.approved", extra={"paper_id": paper_id, "taken": len(taken)})
        return self.get(paper_id, institution_id=institution_id)

    def export(
        self, paper_id: str, fmt: str, *, institution_id: str, is_plain: bool = False
    ) -> ExportedPaper:
        """Return the current version as a file.

        `is_plain` leaves out the numbers and the list of sources, as for pasting into a form.

        Raises:
            DraftUnwritableError: The file cannot be set.
            NotFoundError: The institution has no such paper.
            UnsupportedFormatError: There is no writer for `fmt`.
        """
        state = self.get(paper_id, institution_id=institution_id)
        institution = self._institution(institution_id)
        return exported(state, fmt, institution=institution, is_plain=is_plain)
