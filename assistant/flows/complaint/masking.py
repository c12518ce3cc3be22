"""Personal data of a complaint masked before anything else sees it, and what persons decided.

The whole complaint, title and attachments included, is one text with one register, so that a name
found in one place is masked in all. Only this module and the official's own view see the original.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.domain import Span
from assistant.domain.complaints import Point
from assistant.errors import ComplaintInputError, NotFoundError
from assistant.flows.complaint.intake import Arrival
from assistant.lexical import tagged
from assistant.privacy import Kind, Known, Mask, MaskedText, mask
from assistant.store import MaskAction, Masking
from assistant.text import squeeze

GAP = "\n\n"
_SURE = 0.85  # a finding below this is a candidate until a person has looked
# What a reply may show of the complainant's own words; all else gives way to a general word.
_SHOWN = frozenset({Kind.ADDRESS})
_GENERAL: Mapping[Kind, str] = {
    Kind.PERSON: "○○○",
    Kind.ADDRESS: "해당 주소지",
    Kind.VEHICLE: "해당 차량",
    Kind.MARKER: "",
}
_OMITTED = "(생략)"
_BRACKET = re.compile(r"[⟦⟧]")


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedCase:
    """The text of a complaint with its masks.

    Lengths count in the original: the title, a blank line, the body, then the attachments.
    """

    masked: MaskedText
    title_length: int
    body_length: int
    is_checked: bool = False

    def to_json(self) -> str:
        """Return everything as JSON, for the one table that holds originals."""
        return json.dumps(
            {
                "title_length": self.title_length,
                "body_length": self.body_length,
                "masked": self.masked.to_json(),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, stored: str, *, is_checked: bool) -> MaskedCase:
        """Return what `to_json` wrote."""
        raw = json.loads(stored)
        return cls(
            masked=MaskedText.from_json(raw["masked"]),
            title_length=raw["title_length"],
            body_length=raw["body_length"],
            is_checked=is_checked,
        )

    @property
    def title(self) -> str:
        """The masked title."""
        return self.masked.text[: masked_at(self.masked, self.title_length)]

    @property
    def body_span(self) -> Span:
        """Where the body stands in the masked text."""
        start = self.title_length + len(GAP)
        return Span(
            start=masked_at(self.masked, start),
            end=masked_at(self.masked, start + self.body_length),
        )

    @property
    def body(self) -> str:
        """The masked body, without title and attachments."""
        span = self.body_span
        return self.masked.text[span.start : span.end]

    @property
    def candidates(self) -> tuple[Mask, ...]:
        """The masks that are not certain and that nobody has looked at."""
        if self.is_checked:
            return ()
        return tuple(one for one in self.masked.masks if one.confidence < _SURE)

    def for_store(self) -> Masking:
        """Return what the store keeps of it."""
        return Masking(
            title=self.title,
            text=self.masked.text,
            payload=self.to_json(),
            candidates=len(self.candidates),
        )


def masked_case(arrival: Arrival) -> MaskedCase:
    """Return a complaint with the personal data in it masked, the signer's wherever it stands."""
    parts = [arrival.title, arrival.body]
    parts += [f"[붙임] {one.name}\n{one.text}".strip() for one in arrival.attachments]
    known = [
        Known(value=value, kind=kind)
        for value, kind in (
            (arrival.applicant, Kind.PERSON),
            *((one, Kind.OTHER_ID) for one in arrival.contact.split(",")),
        )
        if len(squeeze(value)) > 1
    ]
    masked = mask(GAP.join(parts), known=known, names=tagged)
    return MaskedCase(masked=masked, title_length=len(arrival.title), body_length=len(arrival.body))


def applicant_key(arrival: Arrival, *, institution_id: str) -> str:
    """Return whether two complaints come from one person can be asked with; "" when unknown."""
    name, contact = squeeze(arrival.applicant), squeeze(arrival.contact)
    if not name or not contact:
        return ""
    said = "\x1f".join((institution_id, name, contact))
    return hashlib.sha256(said.encode()).hexdigest()[:32]


# -- decisions --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A case after a person's decision on its masks, and what was decided where."""

    case: MaskedCase
    action: MaskAction
    kind: str = ""
    span: Span = field(default_factory=lambda: Span(start=0, end=0))


def add_mask(case: MaskedCase, span: Span, kind: Kind) -> Decided:
    """Mask a stretch of the original too, wherever its value stands.

    Raises:
        ComplaintInputError: There is nothing at that place.
    """
    original = case.masked.original
    if not 0 <= span.start < span.end <= len(original) or not squeeze(
        original[span.start : span.end]
    ):
        raise ComplaintInputError(reason="mask_place")
    masked = case.masked.with_added((span.start, span.end), kind)
    return Decided(
        case=replace(case, masked=masked, is_checked=False),
        action=MaskAction.ADDED,
        kind=kind.value,
        span=span,
    )


def lift_mask(case: MaskedCase, mask_id: str) -> Decided:
    """Take a mask away, wherever its value stands.

    Raises:
        NotFoundError: The text has no such mask.
    """
    lifted = next((one for one in case.masked.masks if one.mask_id == mask_id), None)
    if lifted is None:
        raise NotFoundError(what="mask")
    return Decided(
        case=replace(case, masked=case.masked.without(mask_id), is_checked=False),
        action=MaskAction.LIFTED,
        kind=lifted.kind.value,
        span=Span(start=lifted.start, end=lifted.end),
    )


def check_masks(case: MaskedCase) -> Decided:
    """Note that a person has looked at the whole text and found its masks right."""
    return Decided(case=replace(case, is_checked=True), action=MaskAction.CHECKED)


# -- places -----------------------------------------------------------------------------------


def _pieces(masked: MaskedText) -> Iterator[tuple[int, int, int, int]]:
    """Yield each mask as (start, end) in the original and (start, end) in the masked text."""
    grown = 0
    for one in masked.masks:
        start = one.start + grown
        end = start + len(one.placeholder)
        yield one.start, one.end, start, end
        grown += len(one.placeholder) - (one.end - one.start)


def masked_at(masked: MaskedText, place: int) -> int:
    """Return where a place of the original lies in the masked text; within a mask, its end."""
    grown = 0
    for start, end, _, masked_end in _pieces(masked):
        if place <= start:
            break
        if place < end:
            return masked_end
        grown = masked_end - end
    return place + grown


def original_span(masked: MaskedText, span: Span) -> Span:
    """Return the stretch of the original that a stretch of the masked text stands for."""
    return Span(
        start=_original_at(masked, span.start, is_end=False),
        end=_original_at(masked, span.end, is_end=True),
    )


def _original_at(masked: MaskedText, place: int, *, is_end: bool) -> int:
    grown = 0
    for start, end, masked_start, masked_end in _pieces(masked):
        if place <= masked_start:
            break
        if place < masked_end:
            return end if is_end else start
        grown = masked_end - end
    return place - grown


def moved(points: Sequence[Point], old: MaskedText, new: MaskedText) -> tuple[Point, ...]:
    """Return points with their places and wording in a text that is masked otherwise."""
    return tuple(_moved(point, old, new) for point in points)


def _moved(point: Point, old: MaskedText, new: MaskedText) -> Point:
    spans = []
    for span in point.spans:
        back = original_span(old, span)
        spans.append(Span(start=masked_at(new, back.start), end=masked_at(new, back.end)))
    return replace(
        point,
        spans=tuple(spans),
        text=_masked_anew(point.text, old, new),
        question=_masked_anew(point.question, old, new),
    )


def _masked_anew(text: str, old: MaskedText, new: MaskedText) -> str:
    restored = old.restore(text).text
    values = {new.original[one.start : one.end]: one.placeholder for one in new.masks}
    for value in sorted(values, key=len, reverse=True):
        restored = restored.replace(value, values[value])
    return restored


def hide(text: str, masked: MaskedText) -> str:
    """Return what an official typed with the masked values of the case as their placeholders.

    Personal data that the case does not know gives way to general words.
    """
    values = {masked.original[one.start : one.end]: one.placeholder for one in masked.masks}
    for value in sorted(values, key=len, reverse=True):
        text = text.replace(value, values[value])
    further = mask(text, names=tagged)
    pieces: list[str] = []
    at = 0
    for one in further.masks:
        pieces += (text[at : one.start], _GENERAL.get(one.kind, _OMITTED))
        at = one.end
    return "".join((*pieces, text[at:]))


# -- what a reply shows -----------------------------------------------------------------------


def shown(text: str, case: MaskedText) -> tuple[str, tuple[str, ...]]:
    """Return a text as a letter to the complainant may show it, and placeholders nobody issued.

    Where the complainant's matter lies is put back; people and numbers give way to general words,
    because a name in a complaint may be a third person's. A placeholder that is broken or written
    otherwise than it was issued counts as one that nobody issued.
    """
    unknown = case.restore(text).unknown
    for entry in case.register.entries:
        word = entry.value if entry.kind in _SHOWN else _GENERAL.get(entry.kind, _OMITTED)
        text = text.replace(entry.placeholder, word)
    return text, (*unknown, *_BRACKET.findall(text))


def secrets_of(case: MaskedText) -> frozenset[str]:
    """Return the values that must not stand in anything that leaves: for checks, never for logs."""
    return frozenset(
        entry.value for entry in case.register.entries if entry.kind is not Kind.MARKER
    )


def without_placeholders(text: str, case: MaskedText) -> str:
    """Return a text to search with: what is masked says nothing about the rules that apply."""
    for entry in case.register.entries:
        text = text.replace(entry.placeholder, " ")
    return " ".join(text.split())
