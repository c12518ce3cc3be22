"""Which kind a complaint seems to be, and the words that say so; the official decides.

Rules that are data (`kinds.yaml`) name the deciding words with their reasons; weights learned from
invented complaints (`grams`) see to wordings that no rule foresaw.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.complaints.asking import Act
from assistant.complaints.grams import grams_of, logits, telling_words
from assistant.complaints.points import Asking, find_askings
from assistant.complaints.shelf import shelf
from assistant.domain import ComplaintKind, KindAlternative, KindGuess, Sign, Span

_FILE = "kinds.yaml"
_QUERIES = frozenset((ComplaintKind.QUERY_LAW, ComplaintKind.QUERY_PROCEDURE))
_SIGNS_MAX = 5
_ALTERNATIVES_MAX = 3
_SHARE_MIN = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    kind: ComplaintKind
    pattern: re.Pattern[str]
    reason: str
    weight: float
    where: str
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    title: str
    body: str
    askings: tuple[Asking, ...]

    def share(self, act: Act) -> float:
        """Return how many of what is asked are of this act, 0 to 1."""
        if not self.askings:
            return 0.0
        return sum(asking.act is act for asking in self.askings) / len(self.askings)


def guess_kind(title: str, body: str) -> KindGuess:
    """Return the kind that a complaint seems to be, with its deciding words and alternatives.

    >>> guess = guess_kind("가로등 고장", "집 앞 가로등이 꺼져 있습니다. 고쳐 주세요.")
    >>> guess.kind, guess.signs[0].text
    (<ComplaintKind.OTHER: 'other'>, '고장')
    """
    text = _Text(title=title, body=body, askings=find_askings(body) or _title_asking(title))
    signs = {kind: tuple(_signs(text, kind)) for kind in ComplaintKind}
    scores = [_score(text, kind, signs[kind]) for kind in ComplaintKind]
    weighed = logits(grams_of(title, body, _asked(text)), scores)
    shares = _shares(dict(zip(ComplaintKind, weighed, strict=True)))
    ranked = sorted(ComplaintKind, key=lambda kind: -shares[kind])
    best, *rest = ranked
    return KindGuess(
        kind=best,
        share=round(shares[best], 3),
        signs=_deciding(signs[best]) or _telling(body, best),
        alternatives=tuple(
            KindAlternative(kind=kind, share=round(shares[kind], 3), signs=_deciding(signs[kind]))
            for kind in rest[:_ALTERNATIVES_MAX]
            if shares[kind] >= _SHARE_MIN
        ),
    )


def evidence_of(title: str, body: str) -> tuple[Counter[str], list[float]]:
    """Return the letter groups of a complaint and the rules' scores, to learn weights from."""
    text = _Text(title=title, body=body, askings=find_askings(body) or _title_asking(title))
    scores = [_score(text, kind, tuple(_signs(text, kind))) for kind in ComplaintKind]
    return grams_of(title, body, _asked(text)), scores


def _asked(text: _Text) -> list[tuple[str, Act]]:
    return [(text.body[asking.start : asking.end], asking.act) for asking in text.askings]


def _telling(body: str, kind: ComplaintKind) -> tuple[Sign, ...]:
    """Return the words that speak for a kind by their letters, where no rule names any."""
    found = telling_words(body, kind)[:_SIGNS_MAX]
    return tuple(
        Sign(
            span=Span(start=start, end=end),
            text=body[start:end],
            reason="이 유형의 민원에 자주 쓰이는 말",
            weight=round(gain, 2),
        )
        for gain, start, end in sorted(found, key=lambda one: one[1])
    )


def _title_asking(title: str) -> tuple[Asking, ...]:
    return tuple(find_askings(title))


def _signs(text: _Text, kind: ComplaintKind) -> Iterator[Sign]:
    for rule in _rules()[kind]:
        in_title = rule.where in {"any", "title"}
        found = [(match, True) for match in rule.pattern.finditer(text.title) if in_title]
        if rule.where != "title":
            found += [(match, False) for match in _in_body(text, rule)]
        for match, is_in_title in found[: rule.most]:
            yield Sign(
                span=Span(start=match.start(), end=match.end()),
                text=match.group().strip(),
                reason=rule.reason,
                weight=rule.weight,
                is_in_title=is_in_title,
            )


def _in_body(text: _Text, rule: _Rule) -> Iterator[re.Match[str]]:
    if rule.where == "any":
        yield from rule.pattern.finditer(text.body)
        return
    for asking in text.askings:
        if asking.act == rule.where:
            yield from rule.pattern.finditer(text.body, asking.start, asking.end)


def _score(text: _Text, kind: ComplaintKind, signs: Sequence[Sign]) -> float:
    weighed = sum(sign.weight for sign in signs)
    questions, requests = text.share(Act.QUESTION), text.share(Act.REQUEST)
    settings = shelf(_FILE)
    given = settings["acts"]["question"].get(kind, 0.0) * questions
    given += settings["acts"]["request"].get(kind, 0.0) * requests
    if kind in _QUERIES:
        least = settings["damped_without_question"]
        return float(given + weighed * (least + (1 - least) * questions))
    if not requests and questions and kind is not ComplaintKind.OTHER:
        weighed *= settings["damped_without_request"]
    return float(given + weighed)


def _shares(scores: Mapping[ComplaintKind, float]) -> dict[ComplaintKind, float]:
    most = max(scores.values())
    raised = {kind: math.exp(score - most) for kind, score in scores.items()}
    total = sum(raised.values())
    return {kind: value / total for kind, value in raised.items()}


def _deciding(signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """Return the signs that weigh most, each word once, in the order of the text."""
    seen: dict[str, Sign] = {}
    for sign in sorted(signs, key=lambda sign: -sign.weight):
        seen.setdefault(sign.text, sign)
    chosen = list(seen.values())[:_SIGNS_MAX]
    return tuple(sorted(chosen, key=lambda sign: (not sign.is_in_title, sign.span.start)))


@cache
def _rules() -> Mapping[ComplaintKind, tuple[_Rule, ...]]:
    grouped: dict[ComplaintKind, list[_Rule]] = defaultdict(list)
    for row in shelf(_FILE)["rules"]:
        kind = ComplaintKind(row["kind"])
        grouped[kind].append(
            _Rule(
                kind=kind,
                pattern=re.compile(row["pattern"]),
                reason=row["reason"],
                weight=float(row["weight"]),
                where=row.get("where", "any"),
                most=int(row["most"]),
            )
        )
    return {kind: tuple(grouped[kind]) for kind in ComplaintKind}
