"""References in Korean legal text: 「법령」 제N조의M제K항제J호, 별표, 같은 법, 영 제N조.

How rules cite each other follows 법제처 「법령 입안ㆍ심사 기준」: a law is named in 「」, its own
articles without a name, the parent act by `법`, the decree by `영`, a repeated law by `같은 법`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from assistant.text import normalise, squeeze

_NUMBER = r"\d+(?:\s*의\s*\d+)?"
_PLACE = re.compile(
    r"제?\s*(?P<article>\d+)\s*조(?:\s*의\s*(?P<branch>\d+))?"
    r"(?:\s*제?\s*(?P<paragraph>\d+)\s*항)?"
    r"(?:\s*제?\s*(?P<subparagraph>\d+)\s*호(?:\s*의\s*(?P<subbranch>\d+))?)?"
    r"(?:\s*(?P<item>[가-하])\s*목)?"
)
_ANNEX = re.compile(
    r"별표\s*(?:제?\s*(?P<number>\d+)(?!\d|\s*조)(?:\s*의\s*(?P<branch>\d+))?(?:호)?)?"
)
_QUOTED_LAW = re.compile(r"[「『]\s*([^「」『』]{2,80}?)\s*[」』]")
_SAME_LAW = re.compile(
    r"(?<![가-힣])(?:같은|동|위)\s*(?:법\s*)?(법|영|시행령|규칙|시행규칙|규정)\s*$"
)
_OWN_FAMILY = re.compile(r"(?:^|[\s(,ㆍ·및는은의])(법|영|시행령|규칙|시행규칙)\s*$")
_LEVEL = {"시행령": "시행령", "영": "시행령", "시행규칙": "시행규칙", "규칙": "시행규칙"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A place that a text names.

    `law` is the name as written (squeezed by `fold_law`), `""` when the text names its own
    rule, or one of `#법 #영 #규칙` for the act, decree and rule of its own family.
    `label` is `제36조`, `제27조의2` or `별표 3`; `detail` the rest, as in `제1항제2호`.
    """

    law: str
    label: str
    detail: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
def fold_law(name: str) -> str:
    """Fold a law's name so that spacing, dots and brackets do not matter.

    >>> fold_law("「공기업ㆍ준정부기관 계약사무규칙」")
    '공기업준정부기관계약사무규칙'
    """
    return re.sub(r"[「」『』()（）]", "", squeeze(name)).lower()


def parse_references(text: str) -> tuple[Reference, ...]:
    """Return the places that `text` names, in order.

    >>> [(r.law, r.label, r.detail) for r in parse_references("「물품관리법」 제7조의2제1항")]
    [('물품관리법', '제7조의2', '제1항')]
    >>> [(r.law, r.label) for r in parse_references("영 제33조제1항 및 제12조, 별표 3")]
    [('#영', '제33조'), ('#영', '제12조'), ('#영', '별표 3')]
    """
    found: list[Reference] = []
    last_law = ""
    last_end = -1
    quoted = [(m.start(), m.end(), fold_law(m.group(1))) for m in _QUOTED_LAW.finditer(text)]
    for match in _places(text):
        before = text[: match.start()]
        law = _law_before(before, match.start(), quoted, last_law)
        if law is None:
            # "제12조 및 제13조": the second place belongs to the law of the first one.
            joined = last_end >= 0 and re.fullmatch(
                r"\s*(?:[,ㆍ·]|및|또는|부터|과|와|내지|에서)\s*", text[last_end : match.start()]
            )
            law = found[-1].law if joined and found else ""
        if law and not law.startswith("#"):
            last_law = law
        label, detail = _label(match)
        found.append(
            Reference(law=law, label=label, detail=detail, start=match.start(), end=match.end())
        )
        last_end = match.end()
    return tuple(found)


def _places(text: str) -> Iterator[re.Match[str]]:
    matches = [*_PLACE.finditer(text), *_ANNEX.finditer(text)]
    return iter(sorted(matches, key=lambda match: match.start()))


def _label(match: re.Match[str]) -> tuple[str, str]:
    groups = match.groupdict()
    if "number" in groups:
        number = groups["number"] or ""
        branch = f"의{groups['branch']}" if groups["branch"] else ""
        return f"별표 {number}{branch}".strip(), ""
    label = f"제{groups['article']}조" + (f"의{groups['branch']}" if groups["branch"] else "")
    detail = ""
    if groups["paragraph"]:
        detail += f"제{groups['paragraph']}항"
    if groups["subparagraph"]:
        detail += f"제{groups['subparagraph']}호"
        detail += f"의{groups['subbranch']}" if groups["subbranch"] else ""
    if groups["item"]:
        detail += f"{groups['item']}목"
    return label, detail


def _law_before(
    before: str, position: int, quoted: list[tuple[int, int, str]], last_law: str
) -> str | None:
    """Return the law that the words just before a place name, or None when there are none."""
    for start, end, name in reversed(quoted):
        gap = before[end:position]
        if start < position and re.fullmatch(
            r"\s*(?:\(이하[^()]{0,60}\))?\s*(시행령|시행규칙)?\s*", gap
        ):
            suffix = gap.strip()
            return name + (suffix if suffix in _LEVEL else "")
    if same := _SAME_LAW.search(before):
        base = re.sub(r"(시행령|시행규칙)$", "", last_law)
        return base + _LEVEL.get(same.group(1), "") if last_law else None
    if own := _OWN_FAMILY.search(before):
        word = own.group(1)
        return "#" + {"법": "법", "영": "영", "시행령": "영"}.get(word, "규칙")
    return None


@cache
def _aliases() -> Mapping[str, str]:
    """Return folded short name -> folded official name."""
    raw = yaml.safe_load((files("assistant.law") / "aliases.yaml").read_text(encoding="utf-8"))
    return {fold_law(alias): fold_law(name) for name, names in raw.items() for alias in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class LawMention:
    """A law named in a question; `name` is folded and official, `level` its decree or rule."""

    name: str
    start: int
    end: int


class LawNames:
    """Finds which known laws a question names, by full name, short name or family.

    Args:
        titles: official titles of the indexed rules.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        folded = {fold_law(title) for title in titles}
        names = {name: name for name in folded}
        for alias, official in _aliases().items():
            for level in ("", "시행령", "시행규칙"):
                names.setdefault(alias + level, official + level)
            if alias.endswith("법"):
                names.setdefault(alias[:-1] + "령", official + "시행령")
        # "조달사업에 관한 법률(요약)" answers to the law's own name as well.
        for name in list(folded):
            bare = name.removesuffix("요약")
            if bare != name:
                names.setdefault(bare, name)
        self._known = folded
        self._names = names
        self._longest = sorted(names, key=len, reverse=True)

    def resolve(self, name: str) -> str | None:
        """Return the folded official title for a name as written, or None."""
        folded = fold_law(name)
        official = self._names.get(folded)
        return official if official is not None else None

    def titles_of(self, name: str) -> tuple[str, ...]:
        """Return the known folded titles that a resolved name stands for, summaries included."""
        return tuple(title for title in (name, name + "요약") if title in self._known)

    def mentions(self, question: str) -> tuple[LawMention, ...]:
        """Return the laws that a question names, longest match first, without overlaps.

        >>> names = LawNames(["국가를 당사자로 하는 계약에 관한 법률"])
        >>> [m.name for m in names.mentions("국계법상 수의계약은?")]
        ['국가를당사자로하는계약에관한법률']
        """
        folded, offsets = _fold_with_offsets(question)
        taken = [False] * len(folded)
        found: list[LawMention] = []
        for name in self._longest:
            start = folded.find(name)
            while start >= 0:
                end = start + len(name)
                if not any(taken[start:end]):
                    taken[start:end] = [True] * (end - start)
                    found.append(
                        LawMention(
                            name=self._names[name], start=offsets[start], end=offsets[end - 1] + 1
                        )
                    )
                start = folded.find(name, end)
        return tuple(sorted(found, key=lambda mention: mention.start))


def _fold_with_offsets(text: str) -> tuple[str, list[int]]:
    characters: list[str] = []
    offsets: list[int] = []
    for position, character in enumerate(text):
        for folded in fold_law(character):
            characters.append(folded)
            offsets.append(position)
    return "".join(characters), offsets


def normalise_label(label: str) -> str:
    """Return the label in the form that sections carry: no spaces inside 제N조의M.

    >>> normalise_label("제 27 조의 2")
    '제27조의2'
    """
    folded = normalise(label)
    return re.sub(r"\s", "", folded) if "조" in folded else folded
