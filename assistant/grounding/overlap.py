"""How much of a sentence's content a piece of source text carries, and how tokens sit in theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.grounding.folding import fold

Grams = frozenset[str]

_WORD = re.compile(r"[가-힣]+|[A-Za-z]+|\d[\d,.]*")
_PARTICLE = re.compile(
    r"(?<=[가-힣]{2})(?:으로써|으로서|으로부터|로부터|에게서|에서는|에서도|에서의|이라고|이라|"
    r"라고|에는|에도|으로|에서|에게|까지|부터|마다|처럼|보다|이나|이며|이고|만을|만이|와의|과의|"
    r"라도|은|는|이|가|을|를|의|에|로|와|과|도|만|나|며|고)$"
)
_VERB = re.compile(
    r"(?<=[가-힣]{2})(?:하여야|해야|하여서는|해서는|되어야|하여|해서|하거나|되거나|하는|되는|하고|"
    r"되고|하며|되며|하면|되면|하지|되지|한다|된다|합니다|됩니다|하였|되었|했|됐|해|돼|할|될|한|된|"
    r"함|됨|하기|되기|시킬|시켜|받은|받는|토록|도록|"
    r"입니다|인|이다|습니다)(?:[가-힣]{0,4})$"
)
_FUNCTION_WORDS = """
    경우 다음 해당 사항 따라 따른 따르 대하 대하여 대한 관하여 관한 위하여 위한 있습니다
    없습니다 합니다 됩니다 한다 된다 있다 없다 있는 없는 또는 같은 그리고 그러나 다만 단 의하여
    의한 정하는 정한 바에 때에는 때에 경우에는 하여야 해야 한다고 아니하 아니 않습니다 입니다
    수있 규정 각호 어느 하나 이하 이상 이내 미만 초과 이후 이전 그러하지 아니한다 하여 하는 하고
    하며 할 수 것 등 및 때 그 이 각 호 항 조 제 목 후 전 중 내 안 위 외 밖 같습니다 같다
    의합니다 의한다 따른다 따릅니다 정합니다 말한 말합니다 뜻합니다
"""
_EMPTY = frozenset(_FUNCTION_WORDS.split())
_SHORT_VERB = re.compile(r"^[가-힣]{1,2}니다$")  # 냅니다, 둡니다: as empty as 합니다
_SINGLE = frozenset(
    "은는이가을를의에로와과도만인한할된될함됨간당씩일원명건회월년"
)  # what tokens leave


def words(text: str) -> list[str]:
    """Return the content stems of `text`: Hangul words without particles and verb endings.

    >>> words("수요기관은 보고서를 제출하여야 합니다.")
    ['수요기관', '보고서', '제출']
    """
    stems: list[str] = []
    for match in _WORD.finditer(fold(text)):
        word = match[0]
        if word[0].isdigit():
            continue
        stem = _PARTICLE.sub("", _VERB.sub("", _SHORT_VERB.sub("", word)))
        if stem and stem not in _EMPTY and word not in _EMPTY:
            stems.append(stem.casefold())
    return stems


def grams(text: str) -> Grams:
    """Return the character bigrams of the content stems of `text`.

    >>> sorted(grams("보고서를 제출한다"))
    ['고서', '보고', '제출']
    """
    found: set[str] = set()
    for stem in words(text):
        if len(stem) == 1 and stem not in _SINGLE:
            found.add(stem)
        found.update(stem[i : i + 2] for i in range(len(stem) - 1))
    return frozenset(found)


def containment(part: Grams, whole: Grams) -> float:
    """Return the share of `part` that `whole` holds, 1.0 when there is nothing to hold.

    >>> containment(frozenset({"가나", "나다"}), frozenset({"가나"}))
    0.5
    """
    return len(part & whole) / len(part) if part else 1.0


_WINDOW = 14
_ADJACENT = 6
_ASIDE = re.compile(r"^\s?(?:\([^()]{0,200}\)|\[[^\[\]]{0,200}\])")
_NOISE = re.compile(r"[\s\d,.·'\"()\x00]+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The text just before and just after a token, figures and marks left out."""

    before: str
    after: str
    grams: Grams


def surroundings(text: str, start: int, end: int) -> Surroundings:
    """Return what stands around a token.

    >>> found = surroundings("기한은 7일 이내", 4, 6)
    >>> found.before, found.after
    ('기한은', '이내')
    """
    before = _NOISE.sub("", text[max(0, start - 2 * _WINDOW) : start])[-_WINDOW:]
    rest = _ASIDE.sub("", text[end : end + 2 * _WINDOW + 200])
    after = _NOISE.sub("", rest[: 2 * _WINDOW])[:_WINDOW]
    return Surroundings(
        before,
        after,
        frozenset(
            f"{side}{part[i : i + 2]}"
            for side, part in (("<", before), (">", after))
            for i in range(len(part) - 1)
        ),
    )


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return min(count, _ADJACENT)


def closeness(one: Surroundings, other: Surroundings) -> float:
    """Return how alike two surroundings are, from the first one's view, in [0, 1].

    Half of it is what touches the token: that is what tells two figures of one sentence apart.

    >>> text = "물품은 2천만원, 공사는 2억원"
    >>> here, there = surroundings(text, 4, 8), surroundings(text, 14, 17)
    >>> closeness(here, here), closeness(here, there) < 0.5
    (1.0, True)
    """
    reach = min(len(one.before), _ADJACENT) + min(len(one.after), _ADJACENT)
    if not reach or not one.grams:
        return 0.0
    touching = _shared(one.before[::-1], other.before[::-1]) + _shared(one.after, other.after)
    return 0.5 * len(one.grams & other.grams) / len(one.grams) + 0.5 * touching / reach
