"""The placeholders of a case: issued once, known by heart, and put back only from here.

A placeholder carries a random mark of the case (`⟦이름·k3f1x9·1⟧`), so that a text or a model
cannot make one up: what is not in the register stays as it is and is reported. The same value
has the same number throughout a case; another spelling of it gets a sub-number, so that each
comes back exactly.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections import Counter
from dataclasses import dataclass, field

from assistant.privacy.forms import key_of
from assistant.privacy.kinds import LABELS, Kind

UNKNOWN_PLACEHOLDER = "unknown_placeholder"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_MARK_LENGTH = 6
LOOKALIKE = re.compile(
    r"⟦[^⟦⟧\n]{1,40}⟧|[<\[{(〈【]{1,2}\s?(?:"
    + "|".join(dict.fromkeys(LABELS.values()))
    + r")\s?\d{1,4}\s?[>\]})〉】]{1,2}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A value that an official or a form field says is personal data."""

    value: str = field(repr=False)
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A placeholder that was issued, and the exact text it stands for."""

    kind: Kind
    placeholder: str
    number: int
    value: str = field(repr=False)
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The placeholders of one case, what an official added or lifted, and look-alikes seen.

    Keep it with the case and pass it to the next `mask`; it holds personal data.
    """

    mark: str
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    added: tuple[Known, ...] = field(default=(), repr=False)
    lifted: frozenset[str] = field(default=frozenset(), repr=False)
    lookalikes: frozenset[str] = field(default=frozenset(), repr=False)

    def to_json(self) -> str:
        """Return the register as JSON."""
        return json.dumps(
            {
                "mark": self.mark,
                "entries": [[e.kind, e.placeholder, e.number, e.value] for e in self.entries],
                "added": [[known.kind, known.value] for known in self.added],
                "lifted": sorted(self.lifted),
                "lookalikes": sorted(self.lookalikes),
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, stored: str) -> Register:
        """Return the register that `to_json` wrote."""
        raw = json.loads(stored)
        return cls(
            mark=raw["mark"],
            entries=tuple(
                Entry(
                    kind=Kind(kind),
                    placeholder=placeholder,
                    number=number,
                    value=value,
                    key=key_of(value),
                )
                for kind, placeholder, number, value in raw["entries"]
            ),
            added=tuple(Known(kind=Kind(kind), value=value) for kind, value in raw["added"]),
            lifted=frozenset(raw["lifted"]),
            lookalikes=frozenset(raw["lookalikes"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A text with its personal data back, and the placeholders in it that nobody issued."""

    text: str = field(repr=False)
    unknown: tuple[str, ...] = field(default=(), repr=False)

    @property
    def flags(self) -> tuple[str, ...]:
        """Return the warnings this text carries."""
        return (UNKNOWN_PLACEHOLDER,) if self.unknown else ()


def restore(reply: str, register: Register) -> Restored:
    """Return `reply` with values for the placeholders in `register`; others stay and are named."""
    values = {entry.placeholder: entry.value for entry in register.entries}
    unknown: list[str] = []

    def put_back(match: re.Match[str]) -> str:
        written = match.group()
        exact = re.sub(r"\s", "", written)
        if exact in values:
            return values[exact]
        if written not in register.lookalikes:
            unknown.append(written)
        return written

    text = LOOKALIKE.sub(put_back, reply)
    if register.mark in LOOKALIKE.sub("", reply):
        unknown.append(register.mark)
    return Restored(text=text, unknown=tuple(dict.fromkeys(unknown)))


def fresh_mark(text: str) -> str:
    """Return a random mark that does not stand in `text`."""
    while True:
        mark = "".join(secrets.choice(_ALPHABET) for _ in range(_MARK_LENGTH))
        if mark not in text:
            return mark


def steady_mark(text: str) -> str:
    """Return a mark that does not stand in `text` and is the same whenever the text is.

    For work whose replies are kept and found again by what was sent. Nobody can write the mark of
    a text into that text: it is made of the hash of the whole.
    """
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest())
    while True:
        mark, rest = "", number
        for _ in range(_MARK_LENGTH):
            rest, place = divmod(rest, len(_ALPHABET))
            mark += _ALPHABET[place]
        if mark not in text:
            return mark
        number += 1


class Issuer:
    """Gives each value its placeholder, new or as issued before."""

    def __init__(self, register: Register) -> None:
        self.entries = list(register.entries)
        self._mark = register.mark
        self._exact = {(LABELS[one.kind], one.value): one for one in self.entries}
        self._numbers = {(LABELS[one.kind], one.key): one.number for one in self.entries}
        self._spellings = Counter((LABELS[one.kind], one.key) for one in self.entries)
        self._values = Counter(label for label, _ in self._numbers)

    def issue(self, kind: Kind, value: str) -> Entry:
        """Return the placeholder of `value`, a new one where it has none."""
        label = LABELS[kind]
        if (label, value) in self._exact:
            return self._exact[label, value]
        key = key_of(value)
        if (label, key) not in self._numbers:
            self._values[label] += 1
            self._numbers[label, key] = self._values[label]
        number = self._numbers[label, key]
        self._spellings[label, key] += 1
        spelling = self._spellings[label, key]
        variant = f"-{spelling}" if spelling > 1 else ""
        entry = Entry(
            kind=kind,
            placeholder=f"⟦{label}·{self._mark}·{number}{variant}⟧",
            number=number,
            value=value,
            key=key,
        )
        self.entries.append(entry)
        self._exact[label, value] = entry
        return entry
