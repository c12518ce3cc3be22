"""Replace personal data by placeholders that only this case can issue, and put it back.

What an official adds or lifts is remembered in the register of the case.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.privacy.addresses import find_addresses
from assistant.privacy.births import find_births_beside
from assistant.privacy.forms import Form, fold, key_of, squeeze
from assistant.privacy.kinds import Finding, Kind, Reason, Tagger
from assistant.privacy.names import find_names
from assistant.privacy.numbers import find_numbers
from assistant.privacy.register import (
    LOOKALIKE,
    Issuer,
    Known,
    Register,
    Restored,
    fresh_mark,
    restore,
)
from assistant.privacy.repeats import repeated_names

_REPEATED_LENGTH_MIN = 5
_SURE_NAME_LENGTH = 3
_FEW = 64
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """A masked stretch of a text, in code points of the text as stored."""

    mask_id: str
    start: int
    end: int
    kind: Kind
    reason: Reason
    confidence: float
    placeholder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaskedText:
    """A text, what of it is masked, and the text as it may be shown to a model."""

    original: str = field(repr=False)
    text: str = field(repr=False)
    masks: tuple[Mask, ...]
    register: Register = field(repr=False)

    def restore(self, reply: str) -> Restored:
        """Return `reply` with the values of this case in place of their placeholders."""
        return restore(reply, self.register)

    def with_added(self, span: tuple[int, int], kind: Kind) -> MaskedText:
        """Return this text with `span` of the original masked as well, wherever its value stands.

        The value is remembered in the register of the case.
        """
        value = self.original[slice(*span)]
        key = key_of(value)
        if not key:
            return self
        register = replace(
            self.register,
            added=(*self.register.added, Known(value=value, kind=kind)),
            lifted=self.register.lifted - {key},
        )
        found = [*self._findings(), _Located(span[0], span[1], kind, Reason.ADDED, 1.0)]
        return _assemble(self.original, found, register)

    def without(self, mask_id: str) -> MaskedText:
        """Return this text with one mask lifted, wherever its value stands; remembered as well."""
        lifted = next((mask for mask in self.masks if mask.mask_id == mask_id), None)
        if lifted is None:
            return self
        key = key_of(self.original[lifted.start : lifted.end])
        register = replace(
            self.register,
            added=tuple(one for one in self.register.added if key_of(one.value) != key),
            lifted=self.register.lifted | {key},
        )
        return _assemble(self.original, self._findings(), register)

    def _findings(self) -> list[_Located]:
        return [_Located(m.start, m.end, m.kind, m.reason, m.confidence) for m in self.masks]

    def to_json(self) -> str:
        """Return everything as JSON, for storing with the case."""
        masks = [[m.start, m.end, m.kind, m.reason, m.confidence] for m in self.masks]
        return json.dumps(
            {"original": self.original, "masks": masks, "register": self.register.to_json()},
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, stored: str) -> MaskedText:
        """Return the masked text that `to_json` wrote."""
        raw = json.loads(stored)
        found = [
            _Located(start, end, Kind(kind), Reason(reason), confidence)
            for start, end, kind, reason, confidence in raw["masks"]
        ]
        register = Register.from_json(raw["register"])
        return _assemble(raw["original"], found, register, spread=False)


@dataclass(frozen=True, slots=True)
class _Located:
    """A finding in offsets of the text as stored."""

    start: int
    end: int
    kind: Kind
    reason: Reason
    confidence: float


def mask(
    text: str,
    *,
    known: Iterable[Known] = (),
    allow: Collection[str] = (),
    names: Tagger | None = None,
    register: Register | None = None,
) -> MaskedText:
    """Return `text` with the personal data in it replaced by placeholders.

    Args:
        text: any text; offsets of the masks count its code points.
        known: values of form fields, masked wherever they stand.
        allow: values that are not masked (the institution's own lines, an official's name).
        names: gives the morphemes of a word; without it the word lists find names alone.
        register: the register of the case, so that its placeholders and corrections hold on.
    """
    held = register or Register(mark=fresh_mark(text))
    held = replace(
        held,
        added=tuple(dict.fromkeys((*held.added, *(one for one in known if key_of(one.value))))),
        lifted=held.lifted | {key_of(value) for value in allow},
    )
    form = fold(text)
    found = [_located(form, one) for one in find_personal_data(form, names=names)]
    return _assemble(text, found, held, names=names, form=form)


def find_personal_data(form: Form, *, names: Tagger | None = None) -> list[Finding]:
    """Return the personal data in a folded text: numbers, addresses, names, dates beside names."""
    found = [*find_numbers(form), *find_addresses(form.text)]
    spots = sorted({(one.start, one.end) for one in found})
    persons = find_names(form.text, tagger=names, identifiers=spots)
    births = find_births_beside(form.text, [one.end for one in persons])
    return [*found, *persons, *births]


def unmask(masked: MaskedText) -> str:
    """Return the text as it was before masking.

    >>> text = "연락처 010-1234-5678"
    >>> masked = mask(text)
    >>> "1234" in masked.text, unmask(masked) == text
    (False, True)
    """
    return restore(masked.text, masked.register).text


def _located(form: Form, finding: Finding) -> _Located:
    start, end = form.source(finding.start, finding.end)
    return _Located(start, end, finding.kind, finding.reason, finding.confidence)


def _assemble(
    text: str,
    found: Sequence[_Located],
    register: Register,
    *,
    names: Tagger | None = None,
    form: Form | None = None,
    spread: bool = True,
) -> MaskedText:
    """Merge, spread and number the findings, and write the masked text."""
    all_found = [*found, *_forged(text, register.mark)]
    if spread:
        all_found = _spread(text, all_found, register, names=names, form=form or fold(text))
    if register.lifted:
        all_found = [
            one for one in all_found if key_of(text[one.start : one.end]) not in register.lifted
        ]
    merged = _merged(all_found)
    seen = frozenset(match.group() for match in LOOKALIKE.finditer(text))
    issuer = Issuer(register)
    masks: list[Mask] = []
    pieces: list[str] = []
    at = 0
    for one in merged:
        entry = issuer.issue(one.kind, text[one.start : one.end])
        pieces.extend((text[at : one.start], entry.placeholder))
        masks.append(
            Mask(
                mask_id=f"{one.start}-{one.end}",
                start=one.start,
                end=one.end,
                kind=one.kind,
                reason=one.reason,
                confidence=one.confidence,
                placeholder=entry.placeholder,
            )
        )
        at = one.end
    pieces.append(text[at:])
    held = replace(register, entries=tuple(issuer.entries), lookalikes=register.lookalikes | seen)
    return MaskedText(original=text, text="".join(pieces), masks=tuple(masks), register=held)


def _forged(text: str, mark: str) -> Iterator[_Located]:
    """Yield where the text holds the mark of the case, so that nothing forged is restored."""
    for match in re.finditer(re.escape(mark), text):
        yield _Located(match.start(), match.end(), Kind.MARKER, Reason.FORM, 1.0)


_Evidence = tuple[Kind, Reason, float]


def _spread(
    text: str,
    found: Sequence[_Located],
    register: Register,
    *,
    names: Tagger | None,
    form: Form,
) -> list[_Located]:
    """Add every other place where a value that was found, or is known, stands."""
    values: dict[str, _Evidence] = {
        key_of(text[one.start : one.end]): (one.kind, Reason.REPEATED, one.confidence)
        for one in found
        if one.kind is not Kind.MARKER
    }
    values.update({key_of(one.value): (one.kind, Reason.KNOWN, 1.0) for one in register.added})
    squeezed = squeeze(form)
    spread = list(found)
    for key, start, end in _places(form, squeezed, set(values) - register.lifted, values, names):
        first, last = form.source(start, end)
        kind, reason, confidence = values[key]
        spread.append(_Located(first, last, kind, reason, confidence))
    return spread


def _places(
    form: Form,
    squeezed: Form,
    keys: Collection[str],
    values: Mapping[str, _Evidence],
    names: Tagger | None,
) -> Iterator[tuple[str, int, int]]:
    """Yield each key with a place of the form where it stands."""
    persons = [key for key in keys if values[key][0] is Kind.PERSON]
    for name in persons:
        for start, end in repeated_names(form.text, [name], tagger=names):
            yield name, start, end
    short = {key for key in persons if len(key) < _SURE_NAME_LENGTH}
    for key, first, last in _occurrences(squeezed.text, set(keys) - short):
        start, end = squeezed.source(first, last)
        is_person = values[key][0] is Kind.PERSON
        if not is_person or _stands_alone(form.text, start, end):
            yield key, start, end


def _occurrences(text: str, keys: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Yield where the keys stand, in time that hardly grows with their number."""
    kept = [key for key in keys if len(key) >= _REPEATED_LENGTH_MIN or _HANGUL.search(key)]
    if len(kept) <= _FEW:
        for key in kept:
            at = text.find(key)
            while at >= 0:
                yield key, at, at + len(key)
                at = text.find(key, at + 1)
        return
    by_length: dict[int, set[str]] = defaultdict(set)
    for key in kept:
        by_length[len(key)].add(key)
    for length, same_length in by_length.items():
        for at in range(len(text) - length + 1):
            piece = text[at : at + length]
            if piece in same_length:
                yield piece, at, at + length


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether a spaced-out name is one: it begins a word and is spaced as names are."""
    inner = text[start:end]
    if not re.search(r"\s", inner):
        return False
    begins = start == 0 or not re.match(r"[가-힣A-Za-z]", text[start - 1])
    closes = end == len(text) or not re.match(r"[가-힣]{3}", text[end : end + 3])
    return begins and closes


def _merged(found: Iterable[_Located]) -> list[_Located]:
    """Return findings that do not overlap; of those that do, their union in the surest kind."""
    merged: list[_Located] = []
    for one in sorted(found, key=lambda item: (item.start, -item.end)):
        if not merged or one.start >= merged[-1].end:
            merged.append(one)
            continue
        last = merged[-1]
        best = max(last, one, key=lambda item: (item.confidence, item.end - item.start))
        merged[-1] = replace(best, start=last.start, end=max(last.end, one.end))
    return merged
