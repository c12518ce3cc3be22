"""A paper: a text that officials work on until one of them signs it, part by part, with its ledger.

A complaint reply, a completion report and a deliberation report are papers. A paper is stored in
versions and written to files as a `Draft`; `assistant.papers` turns one into the other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from assistant.domain.answers import Citation, Problem, SentenceStatus
from assistant.domain.documents import Grade
from assistant.domain.drafts import DraftStyle, Note, PageBreak, Picture, Table

OPEN_MARK = "【확인 필요】"
# What is missing may stand in it: 【확인 필요: 현장 확인 결과】.
OPEN_PLACE = re.compile(r"【확인 필요[^】]*】?")


class PartKind(StrEnum):
    """Where the words of a part come from (template.yaml, `kind`)."""

    GIVEN = "given"  # copied from the form or record
    COMPUTED = "computed"  # made by code from figures; cannot be typed over
    DRAFTED = "drafted"  # written from evidence, by a model or from the passages themselves
    RESERVED = "reserved"  # left for the official


class Origin(StrEnum):
    """Who wrote a sentence."""

    TEMPLATE = "template"  # fixed wording of the template
    RECORD = "record"  # copied from the case or record
    CODE = "code"  # computed
    EVIDENCE = "evidence"  # taken from a source word for word
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSentence:
    """One sentence with what carries it.

    `status` None means that the sentence states nothing that needs evidence (a greeting, a
    heading line). `is_open` sentences hold 【확인 필요】 and block approval until acknowledged.
    """

    text: str
    origin: Origin
    status: SentenceStatus | None = None
    citations: tuple[Citation, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether something is left for a person to fill in."""
        return OPEN_PLACE.search(self.text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperParagraph:
    """Sentences set as one paragraph; `depth` as in `drafts.Paragraph` (0: no number)."""

    sentences: tuple[PaperSentence, ...]
    depth: int = 0
    align: Literal["left", "center", "right"] = "left"

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return " ".join(sentence.text for sentence in self.sentences)


PaperBlock: TypeAlias = PaperParagraph | Table | Picture | Note | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPart:
    """A section of a paper.

    `part_id` is unique in the paper and stays the same over its versions. `heading` is "" for
    parts without one; `level` as in `drafts.Heading`. `subject_id` names what the part is about
    in the case (the id of a complaint's point), "" otherwise.
    """

    part_id: str
    kind: PartKind
    blocks: tuple[PaperBlock, ...]
    heading: str = ""
    level: int = 1
    subject_id: str = ""

    @property
    def is_locked(self) -> bool:
        """Whether a person cannot type over it: computed text is changed in the record."""
        return self.kind is PartKind.COMPUTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A text under work. `template` is `name@version`; `grade` is the highest of its sources.

    `renamed` names the parts whose heading a person wrote, "" stands for the title: what follows
    from a record leaves them alone.
    """

    title: str
    template: str
    parts: tuple[PaperPart, ...]
    style: DraftStyle = DraftStyle.PLAIN
    grade: Grade = Grade.SENSITIVE
    summary: str = ""
    keywords: tuple[str, ...] = ()
    # `name` of the model and `name@version` of each prompt that had a share in it
    models: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()


class PaperSubject(StrEnum):
    """What a paper belongs to."""

    COMPLAINT = "complaint"
    PILOT = "pilot"
    BATCH = "batch"


class ItemKind(StrEnum):
    """Why a person has to look at a place of a paper before it can be approved."""

    OPEN = "open"  # 【확인 필요】
    UNSUPPORTED = "unsupported"  # no basis was found for the sentence
    DIFFERS = "differs"  # a figure that the sources do not carry
    UNCHECKED = "unchecked"  # carried by text read off a picture alone
    FORM = "form"  # an error of form (official document rules)
    PERSONAL = "personal"  # personal data of a third person
    POINT = "point"  # a point of the complaint that is not answered


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """A place that blocks approval until it is put right or acknowledged with a reason.

    `item_id` is stable while the text of the place stays the same. `code` names the rule of a
    FORM item or the problem of a sentence.
    """

    item_id: str
    kind: ItemKind
    part_id: str
    text: str
    block: int = 0
    sentence: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """A person took an open item over, with a reason."""

    item_id: str
    kind: ItemKind
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A named person's decision, bound to the hash of the text; any later edit voids it."""

    version_number: int
    content_hash: str
    by: str
    at: datetime
    acknowledgements: tuple[Acknowledgement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperVersion:
    """One saved state of a paper; `by` is "" for what code or a model wrote.

    `parent` is the version it was made from. Two versions with the same parent were saved by two
    people at once: both are kept, the later is `is_aside` until a person settles it.
    """

    number: int
    parent: int | None
    paper: Paper
    content_hash: str
    by: str
    reason: str
    created_at: datetime
    is_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHead:
    """A version without its text, as lists show it; fields as in `PaperVersion`.

    `reason` is a code: created, edited, redrafted, restored:<number>, settled:<number>.
    """

    number: int
    parent: int | None
    content_hash: str
    by: str
    reason: str
    created_at: datetime
    is_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperComment:
    """A remark on a part of a paper."""

    comment_id: str
    part_id: str
    version_number: int
    text: str
    by: str
    created_at: datetime
    resolved_at: datetime | None = None
    resolved_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRecord:
    """A stored paper: its current version, and the approval when it holds for that version.

    `lapsed` is the last approval when an edit has voided it; `asides` are versions that two people
    saved at once, until one of them settles it.
    """

    paper_id: str
    institution_id: str
    subject: PaperSubject
    subject_id: str
    current: PaperVersion
    approval: Approval | None = None
    lapsed: Approval | None = None
    asides: tuple[PaperHead, ...] = ()
    comments: tuple[PaperComment, ...] = field(default=())
    created_at: datetime
    updated_at: datetime
