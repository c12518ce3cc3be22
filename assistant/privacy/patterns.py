"""Names that words alone do not show: spaced out, in Latin letters, of other peoples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from assistant.privacy.kinds import Reason
from assistant.privacy.shapes import LABEL_AND_PARTICLE, PARTICLE_SET, Reader, is_listed
from assistant.privacy.vocabulary import FOREIGN_SURNAMES, PLACE_ENDINGS, SURE_LABELS, SURNAMES

_SPACED_LABEL = re.compile(
    r"(?:성\s*명|이\s*름|성\s*함|신\s*청\s*인|민\s*원\s*인|대\s*표\s*자|담\s*당\s*자|예\s*금\s*주)"
    r"[ \t]{0,4}(?:[:=]|[은는]?[ \t])[ \t]{0,4}(?P<v>[가-힣](?: {1,2}[가-힣]){2,3})(?![가-힣])"
)

_SPACED_TITLED = re.compile(
    r"(?<![가-힣])(?<![가-힣] )(?P<v>[가-힣] [가-힣](?: [가-힣])?)(?= ?(?:씨|님|귀하)"
    r"(?![가-힣]{3}))"
)

_SPACED_ONE = re.compile(
    r"(?:성\s+명|이\s+름|성\s+함|신\s+청\s+인|민\s+원\s+인|대\s+표\s+자|담\s+당\s+자|예\s+금\s+주)"
    r"[ \t]{0,6}[:=][ \t]{0,6}(?P<v>[가-힣]{2,5})(?![가-힣])"
)

LATIN_WORD = r"[A-Z][A-Za-z.'\-]{1,24}"

_LATIN_LABELLED = re.compile(
    rf"(?:(?i:\bname|applicant|영문\s?(?:성명|이름|명)|성\s?명|이\s?름|성함|신청인|민원인|예금주|"
    rf"대리인|대표자|담당자))[ \t]{{0,2}}(?:\(영문\))?[은는:=]?"
    rf"[ \t]{{0,2}}(?P<v>{LATIN_WORD}(?: {LATIN_WORD}){{0,4}})"
    r"(?![A-Za-z@])"
)

_LATIN_TITLED = re.compile(
    rf"(?P<v>{LATIN_WORD}(?: {LATIN_WORD}){{0,3}})(?= ?(?:씨|님)(?![가-힣]{{3}}))"
)
_LATIN_ADDRESSED = re.compile(rf"\b(?:Mr|Ms|Mrs|Dr)\.? (?P<v>{LATIN_WORD}(?: {LATIN_WORD}){{0,3}})")
_LATIN = (_LATIN_LABELLED, _LATIN_TITLED, _LATIN_ADDRESSED)
_TITLED_END = re.compile(r"(?:씨|님)[가-힣]?")


def read_foreign(reader: Reader, words: Sequence[re.Match[str]], index: int) -> None:
    """Find a name before 씨 that has no Korean surname, with the words that belong to it."""
    match = words[index]
    titled = re.fullmatch(r"(?:씨|님)(?P<tail>[가-힣]{0,3})", match.group())
    if titled is None or (titled["tail"] and titled["tail"] not in PARTICLE_SET) or not index:
        return
    last = words[index - 1]
    if reader.text[last.end() : match.start()] != " ":
        return
    first = index - 1
    while first > 0 and index - first < 5 and _belongs(reader, words[first - 1], words[first]):
        first -= 1
    name = reader.text[words[first].start() : last.end()]
    many = first < index - 1
    if (many or len(name) >= 2) and not is_listed(last.group()) and not _is_abbreviated(name):
        if not many and reader.is_ordinary(name) and name[0] not in SURNAMES:
            return
        reader.add(words[first].start(), last.end(), Reason.TITLE, 0.85)


def _is_abbreviated(name: str) -> bool:
    return name.endswith("모") and len(name) == 2


def _belongs(reader: Reader, word: re.Match[str], following: re.Match[str]) -> bool:
    if reader.text[word.end() : following.start()] != " ":
        return False
    text = word.group()
    if LABEL_AND_PARTICLE.fullmatch(text) or is_listed(text) or len(text) > 5:
        return False
    if text in FOREIGN_SURNAMES:
        return True
    if len(following.group()) >= 3 and following.group()[0] in SURNAMES:
        return False
    return reader.is_unknown(text) and not text.endswith(PLACE_ENDINGS)


_FOREIGN_LABELLED = re.compile(
    r"(?P<label>성\s?명|이\s?름|성함|예금주|신청인|민원인|대리인|근로자|청구인)"
    r"[ \t]{0,2}(?P<gap>[:=은는][ \t]{0,3}|[ \t])"
    r"(?P<v>[가-힣]{1,6}(?: [가-힣]{1,6}){0,4})"
)


_QUOTED = re.compile(r"[\"'“‘](?P<v>[가-힣]{2,4})[\"'”’](?=이?라는\s(?:직원|사람|분|공무원|이름))")


def read_patterns(reader: Reader) -> None:
    """Add the names that are spaced out, quoted, in Latin letters or of other peoples."""
    for pattern, reason in (
        (_SPACED_LABEL, Reason.LABEL),
        (_SPACED_TITLED, Reason.TITLE),
        (_SPACED_ONE, Reason.LABEL),
        (_LATIN_LABELLED, Reason.LABEL),
        (_LATIN_TITLED, Reason.TITLE),
        (_LATIN_ADDRESSED, Reason.TITLE),
        (_QUOTED, Reason.LABEL),
    ):
        for match in pattern.finditer(reader.text):
            if pattern in _LATIN or _is_korean(reader, match["v"], strict=pattern is _SPACED_LABEL):
                reader.add(*match.span("v"), reason, 0.85)
    for match in _FOREIGN_LABELLED.finditer(reader.text):
        _read_labelled_foreign(reader, match)


def _is_korean(reader: Reader, written: str, *, strict: bool) -> bool:
    name = written.replace(" ", "")
    if name[0] not in SURNAMES or is_listed(name):
        return False
    return not strict or reader.sounds_like_a_name(name)


def _read_labelled_foreign(reader: Reader, match: re.Match[str]) -> None:
    words = match["v"].split(" ")
    kept = list(takewhile(lambda word: not (_TITLED_END.fullmatch(word) or is_listed(word)), words))
    start = match.start("v")
    if not kept or any(start == found for found, _ in reader.found):
        return
    if len(kept) > 1 and kept[0] in FOREIGN_SURNAMES and all(len(word) <= 4 for word in kept):
        if len(kept[-1]) <= 2 or not reader.is_ordinary(kept[-1]):
            reader.add(start, start + len(" ".join(kept)), Reason.LABEL, 0.85)
    elif _is_sure(reader, match, kept[0]):
        name = " ".join([kept[0], *takewhile(reader.is_unknown, kept[1:])])
        reader.add(start, start + len(name), Reason.LABEL, 0.7)


def _is_sure(reader: Reader, match: re.Match[str], word: str) -> bool:
    if not reader.tagger or not 2 <= len(word) <= 5 or reader.is_ordinary(word):
        return False
    if match["gap"].strip() in {":", "="}:
        return True
    tags = reader.tags(word)
    return match["label"].replace(" ", "") in SURE_LABELS and bool(tags) and tags[0][2] == "?"
