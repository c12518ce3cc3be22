"""Values that are one of a few: found by the words that stand for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.applications.readings import Reading
from assistant.domain import Choice


def read_choices(text: str, choices: Sequence[Choice], *, many: bool) -> Iterator[Reading]:
    """Yield the allowed values that a folded text names; longer names are looked for first.

    Where one value is asked for and several are named, nothing is: the text lists the options.

    >>> goods = (Choice(value="제품"), Choice(value="제품+서비스", synonyms=("제품 및 서비스",)))
    >>> [one.value for one in read_choices("제품 및 서비스", goods, many=False)]
    ['제품+서비스']
    """
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    bare = "".join(text[place] for place in places).casefold()
    found: dict[int, Reading] = {}
    taken = [False] * len(bare)
    for word, choice in _words(choices):
        at = bare.find(word)
        while at >= 0:
            end = at + len(word)
            if not any(taken[at:end]) and _stands_alone(bare, at, end):
                taken[at:end] = [True] * len(word)
                found[at] = Reading(
                    value=choice.value,
                    display=choice.value,
                    start=places[at],
                    end=places[end - 1] + 1,
                )
            at = bare.find(word, end)
    readings = [found[at] for at in sorted(found)]
    distinct = {one.value: one for one in reversed(readings)}
    if many:
        yield from sorted(distinct.values(), key=lambda one: one.start)
    elif len(distinct) == 1:
        yield readings[0]


def _words(choices: Sequence[Choice]) -> list[tuple[str, Choice]]:
    words = [
        ("".join(word.split()).casefold(), choice)
        for choice in choices
        for word in (choice.value, *choice.synonyms)
    ]
    return sorted((pair for pair in words if pair[0]), key=lambda pair: -len(pair[0]))


def _stands_alone(bare: str, start: int, end: int) -> bool:
    """Return whether a Latin word or a figure is not part of a longer one: `Y` in `SYSTEM`."""
    first, last = bare[start], bare[end - 1]
    before = bare[start - 1] if start else " "
    after = bare[end] if end < len(bare) else " "
    joins_before = first.isascii() and first.isalnum() and before.isascii() and before.isalnum()
    joins_after = last.isascii() and last.isalnum() and after.isascii() and after.isalnum()
    return not joins_before and not joins_after
