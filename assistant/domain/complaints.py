"""A civil complaint: what came in, its points, what it resembles, what a reply must hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from assistant.domain.documents import Grade
from assistant.domain.retrieval import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class LawPlace:
    """A place in a law by its official name; `label` is empty where the whole law is meant."""

    law: str
    label: str = ""

    def __str__(self) -> str:
        return f"「{self.law}」 {self.label}".rstrip()


# -- what came in -----------------------------------------------------------------------------


class ComplaintKind(StrEnum):
    """Kinds of complaint (민원 처리에 관한 법률 제2조), and two that are none.

    The values are those of the rules of `assistant.deadlines`.
    """

    QUERY_LAW = "query_law"  # 질의민원(법령)
    QUERY_PROCEDURE = "query_procedure"  # 질의민원(제도ㆍ절차)
    SUGGESTION = "suggestion"  # 건의민원
    OTHER = "other"  # 기타민원
    GRIEVANCE = "grievance"  # 고충민원
    STATUTORY = "statutory"  # 법정민원
    PROPOSAL = "proposal"  # 국민제안: 국민 제안 규정
    DISCLOSURE = "disclosure"  # 정보공개 청구: 공공기관의 정보공개에 관한 법률

    @property
    def is_complaint(self) -> bool:
        """Whether the complaints act covers it."""
        return self not in {ComplaintKind.PROPOSAL, ComplaintKind.DISCLOSURE}


class Channel(StrEnum):
    """How a complaint came in."""

    PORTAL = "portal"  # 국민신문고, 전자민원창구
    WEBSITE = "website"
    EMAIL = "email"
    VISIT = "visit"
    POST = "post"
    FAX = "fax"
    PHONE = "phone"
    OTHER = "other"


class ReplyForm(StrEnum):
    """How the complainant wants to be answered; a document where nothing was said (제27조)."""

    DOCUMENT = "document"
    ELECTRONIC = "electronic"
    EMAIL = "email"
    TEXT_MESSAGE = "text_message"
    PHONE = "phone"
    FAX = "fax"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintAttachment:
    """A file that came with a complaint; `document_id` is empty while it is not read."""

    name: str = field(repr=False)
    document_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A complaint as received, and as everything but the official's own view may see it.

    `title` and `body` are the original, which never leaves the institution; `masked_title` and
    `masked_body` hold placeholders for personal data. `applicants` is how many signed it.
    """

    complaint_id: str
    institution_id: str
    number: str
    received_at: datetime
    channel: Channel
    title: str = field(repr=False)
    body: str = field(repr=False)
    masked_title: str = field(repr=False)
    masked_body: str = field(repr=False)
    attachments: tuple[ComplaintAttachment, ...] = ()
    reply_form: ReplyForm = ReplyForm.DOCUMENT
    applicants: int = 1
    grade: Grade = Grade.SENSITIVE

    @property
    def is_of_many(self) -> bool:
        """Whether it may be one of many persons (제2조제6호: five or more names)."""
        return self.applicants >= 5


# -- its kind and its points ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Words of a text that speak for something, and why.

    `span` is in the body, or in the title where `is_in_title`.
    """

    span: Span
    text: str
    reason: str
    weight: float = 1.0
    is_in_title: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KindAlternative:
    """Another kind that a complaint may be of; `share` is 0 to 1, all kinds together 1."""

    kind: ComplaintKind
    share: float
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KindGuess:
    """The kind that a text seems to be of, with the deciding words; the official decides."""

    kind: ComplaintKind
    share: float
    signs: tuple[Sign, ...] = ()
    alternatives: tuple[KindAlternative, ...] = ()


class PointStatus(StrEnum):
    """What became of a point."""

    UNTOUCHED = "untouched"
    ANSWERED = "answered"
    PARTLY = "partly"
    NO_BASIS = "no_basis"
    OTHER_BODY = "other_body"

    @property
    def is_settled(self) -> bool:
        """Whether the reply may go out with the point as it is."""
        return self in {PointStatus.ANSWERED, PointStatus.OTHER_BODY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Something in a complaint that needs an answer.

    `spans` are its passages in the text that was split, in order: more than one where it is asked
    again further down. `text` is the wording there, `question` the same as one sentence to search
    with. The part of the reply that answers it carries `point_id` as its `subject_id`.
    """

    point_id: str
    text: str
    question: str
    spans: tuple[Span, ...] = ()
    status: PointStatus = PointStatus.UNTOUCHED
    other_body: str = ""
    by: str = ""  # who added or changed it by hand


@dataclass(frozen=True, slots=True, kw_only=True)
class RemitSign:
    """A sign that a point is for another body; a suggestion, never a decision."""

    point_id: str
    body: str
    subject: str
    signs: tuple[Sign, ...]
    basis: LawPlace


# -- what it resembles ------------------------------------------------------------------------


class Likeness(StrEnum):
    """Why two complaints are taken for alike."""

    WORDING = "wording"
    ARTICLE = "article"
    PLACE = "place"
    OBJECT = "object"
    TITLE = "title"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True, kw_only=True)
class LikenessReason:
    """One reason for a match; `text` names what is shared."""

    kind: Likeness
    text: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierComplaint:
    """An earlier complaint as the search for similar ones needs it: masked text only.

    `applicant_key` is an opaque key of the complainant, "" where unknown; `answered_on` lists the
    days on which a result was told.
    """

    complaint_id: str
    received_on: date
    title: str = field(repr=False)
    text: str = field(repr=False)
    reply: str = field(default="", repr=False)
    applicant_key: str = field(default="", repr=False)
    answered_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarComplaint:
    """An earlier complaint that resembles this one; `score` is 0 to 1."""

    complaint_id: str
    score: float
    reasons: tuple[LikenessReason, ...]
    received_on: date
    answered_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarGroup:
    """Complaints that one reviewed reply may answer; `lead_id` is the most typical of them."""

    lead_id: str
    complaint_ids: tuple[str, ...]
    reasons: tuple[LikenessReason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatFact:
    """One condition of closing a repeated complaint; `holds` None where a person must judge."""

    text: str
    holds: bool | None
    basis: LawPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatFacts:
    """What 제23조 asks about repeated complaints; the official decides, nothing here does.

    `received_on` and `answered_on` are those of the earlier complaints of the same content and
    applicant, in order; `count` includes the present one.
    """

    count: int
    received_on: tuple[date, ...]
    answered_on: tuple[date, ...]
    earlier_ids: tuple[str, ...]
    facts: tuple[RepeatFact, ...]

    @property
    def may_be_closed(self) -> bool:
        """Whether no condition is known to fail: closing may then be offered."""
        return all(fact.holds is not False for fact in self.facts)


# -- what a reply must hold -------------------------------------------------------------------


class LetterKind(StrEnum):
    """What is written in a case."""

    REPLY = "reply"
    EXTENSION = "extension"
    SUPPLEMENT = "supplement"
    TRANSFER = "transfer"
    PROGRESS = "progress"
    CLOSING = "closing"


class Decision(StrEnum):
    """What a reply says to what was asked for."""

    ANSWER = "answer"
    PARTIAL = "partial"
    REFUSAL = "refusal"
    REFERRAL = "referral"

    @property
    def refuses(self) -> bool:
        """Whether something is refused, so that remedies must be named (제27조제3항)."""
        return self in {Decision.REFUSAL, Decision.PARTIAL}


class RemedyKind(StrEnum):
    """Ways to contest a decision."""

    STATUTORY_OBJECTION = "statutory_objection"
    DISPOSITION_OBJECTION = "disposition_objection"
    DISCLOSURE_OBJECTION = "disclosure_objection"
    FINE_OBJECTION = "fine_objection"
    PERSONAL_OBJECTION = "personal_objection"
    PROPOSAL_REVIEW = "proposal_review"
    APPEAL = "appeal"
    LAWSUIT = "lawsuit"
    OMBUDSMAN = "ombudsman"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """A way to contest a decision, with its limits in days and the wording for the reply."""

    kind: RemedyKind
    name: str
    limits_days: tuple[int, ...]
    text: str
    basis: tuple[LawPlace, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """Who is in charge, as every notice names them (시행령 제31조)."""

    department: str = ""
    name: str = ""
    contact: str = ""


class GateSeverity(StrEnum):
    """How much a finding of a gate weighs."""

    ERROR = "error"  # the reply must not go out like this
    WARNING = "warning"  # a person should look


@dataclass(frozen=True, slots=True, kw_only=True)
class GateFinding:
    """One thing that a letter lacks or must not hold.

    The place is a sentence of a part; `span` is in that sentence's text. Something that is missing
    altogether has no part (`part_id` "").
    """

    rule: str
    severity: GateSeverity
    message: str
    basis: LawPlace
    part_id: str = ""
    block: int = 0
    sentence: int = 0
    span: Span | None = None
    point_id: str = ""
