"""Plain words for hard ones, letters of other scripts, and names of laws (국어기본법 제14조)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from assistant.officialdoc.findings import Found, correction
from assistant.officialdoc.script import HIDDEN, Line, Script

_QUOTED_LAW = re.compile(r"[「『][^「」『』\n]{1,120}[」』]")
_HANJA = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{1,40}")
_LATIN = re.compile(
    r"(?<![A-Za-z0-9_\-.])[A-Za-z][A-Za-z&/'-]{1,40}(?: [A-Za-z][A-Za-z'-]{1,40}){0,6}"
    r"(?![A-Za-z0-9_\-])"
)
_FOREIGN_FIRST = re.compile(
    r"(?P<foreign>(?<![A-Za-z가-힣(])[A-Za-z][A-Za-z '-]{1,60})"
    r"\((?P<hangul>[가-힣][가-힣 ]{1,30})\)"
)
_MOSTLY_LATIN = 0.3
_LONG = 300  # characters from which the share of Latin letters says something
_NEAR = 200  # how far back a bracket may have opened
_MOST_NAMES = 200
_PARTICLES = (
    ("을", "를"),
    ("은", "는"),
    ("이", "가"),
    ("과", "와"),
    ("으로", "로"),
    ("이나", "나"),
    ("이라", "라"),
)
_SYLLABLES = ord("가")
_FINALS = 28
_RIEUL = 8
_LAW_PLACE = re.compile(
    r"(?<![가-힣「])(?P<name>(?!같은|이 |그 |해당)[가-힣]{2,20}(?:법|법률))"
    r"(?P<level> ?시행령| ?시행규칙)?"
    r"(?=\s?제\d{1,4}조)"
)
_NO_NAMES = frozenset(
    {
        "같은법",
        "현행법",
        "개정법",
        "상위법",
        "관련법",
        "해당법",
        "모법",
        "특별법",
        "일반법",
        "종전법",
        "관계법",
        "관계법률",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    """A word to avoid, what to write instead and why."""

    preferred: str
    reason: str
    is_sure: bool
    follows: tuple[str, ...]


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, _Word], frozenset[str]]:
    raw = yaml.safe_load(
        (files("assistant.officialdoc") / "words.yaml").read_text(encoding="utf-8")
    )
    words = {
        entry["word"]: _Word(
            preferred=entry["preferred"],
            reason=raw["sources"][entry["source"]],
            is_sure=bool(entry.get("sure")),
            follows=tuple(entry.get("follows", ())),
        )
        for entry in raw["words"]
    }
    longest = sorted(words, key=len, reverse=True)
    known = frozenset(letters for row in raw["known_letters"] for letters in row)
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(map(re.escape, longest))})"), words, known


def wording(script: Script) -> Iterator[Found]:
    """Yield hard words, letters of other scripts without Hangul, and laws without 「」."""
    if script.is_rule:
        return
    seen: set[str] = set()
    letters = sum(1 for sign in script.text if "A" <= sign <= "z")
    is_foreign = len(script.text) > _LONG and letters > _MOSTLY_LATIN * max(
        len("".join(script.text.split())), 1
    )
    for line in script.shown():
        bare = _QUOTED_LAW.sub(lambda match: HIDDEN * len(match.group()), line.masked)
        yield from _hard_words(line, bare)
        yield from _hanja(line, bare)
        yield from _law_names(line, bare)
        if not is_foreign and not line.is_table and len(seen) < _MOST_NAMES:
            yield from _foreign(line, bare, script.text, seen)


def _hard_words(line: Line, bare: str) -> Iterator[Found]:
    pattern, words, _ = _lexicon()
    for match in pattern.finditer(bare):
        entry = words[match.group()]
        rest = bare[match.end() :]
        if entry.follows and not rest.startswith(entry.follows):
            continue
        written, wanted = _with_particle(match.group(), entry.preferred, rest)
        found = correction(
            "word-plain", line.start + match.start(), written, wanted, is_certain=entry.is_sure
        )
        yield Found(
            rule=found.rule,
            start=found.start,
            end=line.start + match.end(),
            fix=found.fix,
            facts={"found": match.group(), "wanted": entry.preferred, "reason": entry.reason},
        )


def _with_particle(word: str, preferred: str, rest: str) -> tuple[str, str]:
    """Return what to replace and by what: the particle behind the word follows its last sound.

    >>> _with_particle("노견", "갓길", "으로 이동")
    ('노견으로', '갓길로')
    """
    for closed, opened in _PARTICLES:
        for particle in (closed, opened):
            behind = rest[len(particle) : len(particle) + 1]
            if rest.startswith(particle) and not ("가" <= behind <= "힣"):
                final = (ord(preferred[-1]) - _SYLLABLES) % _FINALS
                is_open = final == 0 or (final == _RIEUL and closed == "으로")
                return word + particle, preferred + (opened if is_open else closed)
    return word, preferred


def _hanja(line: Line, bare: str) -> Iterator[Found]:
    for match in _HANJA.finditer(bare):
        if not _is_bracketed(bare, match.start()):
            start = line.start + match.start()
            yield Found(
                rule="word-hanja",
                start=start,
                end=start + len(match.group()),
                facts={"found": match.group()},
            )


def _is_bracketed(text: str, at: int) -> bool:
    """Return whether a bracket is open before `at`."""
    near = max(at - _NEAR, 0)
    opened = sum(text.count(sign, near, at) for sign in "([（〔")
    return opened > sum(text.count(sign, near, at) for sign in ")]）〕")


def _foreign(line: Line, bare: str, text: str, seen: set[str]) -> Iterator[Found]:
    """Foreign words, once each: those that no bracket behind Hangul explains."""
    for match in _FOREIGN_FIRST.finditer(bare):
        yield correction(
            "word-foreign-order",
            line.start + match.start(),
            match.group(),
            f"{match['hangul']}({match['foreign'].strip()})",
            is_certain=False,
        )
    rest = _FOREIGN_FIRST.sub(lambda match: HIDDEN * len(match.group()), bare)
    known = _lexicon()[2]
    for match in _LATIN.finditer(rest):
        name = match.group()
        is_known = all(part in known for part in re.split(r"[^A-Za-z]+", name) if part)
        if is_known or name in seen or _is_bracketed(bare, match.start()) or f"({name}" in text:
            continue
        seen.add(name)
        start = line.start + match.start()
        yield Found(rule="word-foreign", start=start, end=start + len(name), facts={"found": name})


def _law_names(line: Line, bare: str) -> Iterator[Found]:
    for match in _LAW_PLACE.finditer(bare):
        before = bare[: match.start()].rstrip()
        # "민원 처리에 관한 법률": where such a name begins no pattern can tell.
        if (
            match["name"] in _NO_NAMES
            or match["name"] == "법률"
            or before.endswith(("관한", "위한", "대한", "및", "등의"))
        ):
            continue
        name = match["name"] + (match["level"] or "")
        yield correction("law-brackets", line.start + match.start(), name, f"「{name}」")
