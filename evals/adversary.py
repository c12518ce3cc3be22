"""A model that cannot be trusted: it cites properly and invents figures, dates, amounts and claims.

It stands where the endpoint stands, so that everything behind it is the real code. What it invents
is chosen so that neither what it was sent nor `truth` (all that is on record) carries it, and is
kept for whoever looks for it afterwards.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from assistant.domain import Message, ReplySchema

_PASSAGE = re.compile(r"^\[(\S+) 시작 (S\d+)\] [^\n]*\n(.*?)\n\[\1 끝\]$", re.S | re.M)
_FACT = re.compile(
    r"^- (?P<name>[^:\n]{2,40}): 결과 (?P<value>[\d.,]+)(?P<unit>[^\s,\d]*), 목표", re.M
)
_UNMET = re.compile(r"^- (?P<name>[^:\n]{2,40}): 결과 [^\n]*, 미충족", re.M)
_SENTENCE = re.compile(r"[^.\n|]{6,120}(?:다|함|음|됨)\.")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_HANGUL = ("스물일곱 명", "서른 건", "열아홉 회", "이천칠백만원", "삼십칠 퍼센트")


@dataclass(slots=True)
class InventingModel:
    """Replies with one true sentence and three false ones; `invented` holds what was made up."""

    name: str = "inventing"
    truth: str = ""
    invented: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    calls: int = 0

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """Yield the whole reply."""
        yield await self.complete(messages)

    async def complete(
        self, messages: Sequence[Message], *, schema: ReplySchema | None = None
    ) -> str:
        """Return a reply to what was asked."""
        del schema  # it fits any shape that it is asked for and lies all the same
        self.calls += 1
        sent = "\n".join([*(message.content for message in messages), self.truth])
        passages = [(key, text) for _, key, text in _PASSAGE.findall(sent)]
        if not passages:
            return "근거를 찾지 못했습니다."
        key, text = passages[self.calls % len(passages)]
        return " ".join(self._sentences(key, text, sent))

    def _sentences(self, key: str, text: str, sent: str) -> Iterator[str]:
        true = _SENTENCE.findall(text)
        if true:
            kept = str(true[self.calls % len(true)]).strip()
            yield f"{kept.removesuffix('.')} [{key}]."
            yield from self._altered(kept, key, sent)
        yield from self._about_items(key, sent)
        yield self._other(key, sent)

    def _altered(self, sentence: str, key: str, sent: str) -> Iterator[str]:
        """Yield a sentence of the source with one of its numbers changed."""
        found = _NUMBER.search(sentence)
        if found is not None:
            made = self._new_number(sent, found[0])
            changed = sentence[: found.start()] + made + sentence[found.end() :]
            yield f"{changed.removesuffix('.')} [{key}]."

    def _about_items(self, key: str, sent: str) -> Iterator[str]:
        """Yield a false result of a measured item, or met of an unmet one."""
        facts = list(_FACT.finditer(sent))
        unmet = list(_UNMET.finditer(sent))
        if unmet and self.calls % 3 == 0:
            claim = f"{unmet[0]['name']} 항목은 목표를 충족하였습니다"
            self.claims.append(claim)
            yield f"{claim} [{key}]."
        elif facts:
            fact = facts[self.calls % len(facts)]
            made = self._new_number(sent, fact["value"])
            yield f"{fact['name']}의 결과는 {made}{fact['unit']}로 좋아졌습니다 [{key}]."

    def _other(self, key: str, sent: str) -> str:
        number = self._new_number(sent, "37")
        kinds = (
            f"업무 처리 시간이 {number}% 줄었습니다 [{key}].",
            f"연간 {number}억원을 아낄 수 있습니다 [{key}].",
            f"담당자 {number}명이 만족한다고 답했습니다 [{key}].",
            f"{self._hangul(sent)} 규모의 효과가 있었습니다 [{key}].",
            f"{self._day(sent)}부터 다른 기관도 쓰고 있습니다 [{key}].",
            f"민원이 {number}건에서 절반으로 줄었습니다.",
        )
        return kinds[self.calls % len(kinds)]

    def _new_number(self, sent: str, like: str) -> str:
        """Return a number of the same shape that nothing sent holds."""
        whole, dot, decimals = like.replace(",", "").partition(".")
        for step in count(self.calls % 7 + 3):
            made = f"{int(whole) + step}{dot}{decimals}"
            if not _holds(sent, made):
                self.invented.append(made)
                return made
        raise AssertionError

    def _hangul(self, sent: str) -> str:
        words = next((w for w in _HANGUL[self.calls % len(_HANGUL) :] if w not in sent), _HANGUL[0])
        self.invented.append(words)
        return words

    def _day(self, sent: str) -> str:
        for day in count(self.calls % 20 + 1):
            made = f"2026. 12. {day}."
            if made not in sent:
                self.invented.append(made)
                return made
        raise AssertionError


def _holds(text: str, number: str) -> bool:
    """Return whether `text` holds exactly this number.

    >>> _holds("결과 17.3%", "7.3"), _holds("결과 17.3%", "17.3")
    (False, True)
    """
    plain = text.replace(",", "")
    return re.search(rf"(?<![\d.]){re.escape(number)}(?!\.?\d)", plain) is not None


def inventions_in(text: str, invented: Sequence[str]) -> list[str]:
    """Return what of `invented` stands in `text` as a number, a date or words of its own."""
    return [each for each in dict.fromkeys(invented) if _stands(text, each)]


def _stands(text: str, made: str) -> bool:
    return _holds(text, made) if _NUMBER.fullmatch(made) else made in text
