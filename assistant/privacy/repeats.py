"""The same name elsewhere in a text, also without its surname."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.privacy.kinds import Tagger
from assistant.privacy.shapes import (
    HANGUL,
    TITLE_TAIL,
    USUAL_LENGTH,
    VERBAL,
    Reader,
    given_name,
    is_listed,
)
from assistant.privacy.vocabulary import PLACE_ENDINGS, SELF_TAILS

_VOCATIVE = r"(?=\s?(?:씨|님|군|양)(?![가-힣]{3})|이[가는를의와](?![가-힣]))"


def repeated_names(
    text: str, names: Sequence[str], *, tagger: Tagger | None
) -> list[tuple[int, int]]:
    """Return where a found name stands again, or its given name with a title.

    >>> repeated_names("도윤 씨와 이도윤의 글", ["이도윤"], tagger=None)
    [(6, 9), (0, 2)]
    """
    reader = Reader(text, tagger, ())
    spans: list[tuple[int, int]] = []
    for name in dict.fromkeys(names):
        if len(name) >= USUAL_LENGTH and not _is_one_word(reader, name):
            spans.extend(match.span() for match in re.finditer(re.escape(name), text))
        else:
            spans.extend(_as_word(text, name))
        given = given_name(name) if HANGUL.fullmatch(name) else ""
        if len(given) >= 2:
            pattern = rf"(?<![가-힣]){re.escape(given)}{_VOCATIVE}"
            spans.extend(match.span() for match in re.finditer(pattern, text))
    return spans


def _is_one_word(reader: Reader, name: str) -> bool:
    tags = reader.tags(name)
    known = len(tags) == 1 and (
        tags[0][2] not in {"NNP", "?"} or (tags[0][2] == "NNP" and name.endswith(PLACE_ENDINGS))
    )
    return known or is_listed(name) or any(tag in VERBAL for _, _, tag in tags)


def _as_word(text: str, name: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"(?<![가-힣]){re.escape(name)}(?P<tail>[가-힣]*)", text):
        titled = TITLE_TAIL.match(match["tail"]) or re.match(
            r"\s(?:씨|님|귀하)(?![가-힣]{3})", text[match.end() :]
        )
        if titled or match["tail"] in SELF_TAILS:
            yield match.start(), match.start() + len(name)
