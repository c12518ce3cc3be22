"""What speaks for a shape being a name: a label, a title, a greeting, a signature, a neighbour."""

from __future__ import annotations

import re
from bisect import bisect_left

from assistant.privacy.kinds import Reason
from assistant.privacy.shapes import (
    LABEL_AND_PARTICLE,
    PARTICLE_SET,
    ROLE_ENDINGS,
    TITLE_TAIL,
    USUAL_LENGTH,
    Reader,
    Shape,
    is_elders_name,
    is_listed,
    is_long,
    is_proper,
    longest_first,
)
from assistant.privacy.vocabulary import (
    COMMON_SURNAMES,
    NOT_NAMES,
    PERSON_LABELS,
    PLACE_ENDINGS,
    RANKS_BEFORE,
    SELF_TAILS,
    SELF_WORDS,
    SURE_LABELS,
    SURE_TITLES,
    TITLES,
)

_RANK_WORD = re.compile(rf"(?:[가-힣]{{0,6}})(?:{longest_first(RANKS_BEFORE)})$")

_LABEL_GAP = re.compile(r"[ \t]{0,3}[:=\-(|/][ \t]{0,3}|[ \t]{1,3}")

_COLON = re.compile(r"[:=|]")

_BESIDE_GAP = re.compile(r"[ \t]{0,2}[(,/:|·]?[ \t]{0,2}")

# End as words for persons do and name a body or a house: 이송받은 기관: ...
_HOUSES = ("기관", "회관", "도서관", "체육관", "박물관", "미술관", "대사관", "영사관")

_PREDICATE = re.compile(r"^(?:은|는|이|가|을|를|의|에게|와|과|도|께서|한테|이가|이는|에게서|께)$")

_Verdict = tuple[Reason, float]

Neighbour = re.Match[str] | None


def verdict_on(
    reader: Reader, shape: Shape, before: Neighbour, after: Neighbour
) -> _Verdict | None:
    """Return what speaks for `shape`, and how strongly; none when nothing does."""
    if (title := _title_of(reader, shape, after)) is not None:
        return _by_title(reader, shape, title)
    if (shape.tail and shape.tail not in PARTICLE_SET) or shape.name in NOT_NAMES:
        return None
    if reader.is_cut(shape):
        return None
    if (
        verdict := _by_label(reader, shape, before)
        or _by_self(reader, shape, before)
        or _by_signature(reader, shape)
        or _by_closing(reader, shape)
        or _by_department(reader, shape, before)
    ) is not None:
        return verdict
    return (
        _by_rank(reader, shape, before)
        or _by_spot(reader, shape)
        or _by_aside(reader, shape)
        or _by_life(reader, shape, before)
        or _by_itself(reader, shape)
    )


def _title_of(reader: Reader, shape: Shape, after: Neighbour) -> str | None:
    """Return the title that follows, glued or after a space."""
    if shape.tail:
        rest: str | None = shape.tail
    elif after is not None and reader.text[shape.end : after.start()] in {" ", "  "}:
        rest = after.group()
    else:
        rest = None
    match = TITLE_TAIL.match(rest) if rest else None
    if match is None:
        return None
    tail = match["tail"]
    is_whole = not tail or tail in PARTICLE_SET or TITLE_TAIL.fullmatch(tail) is not None
    if not is_whole and not (match["title"] == "님" and tail):
        return None
    if shape.tail and match["title"] in {"군", "양", "이사", "책임", "선임", "담당", "대리"}:
        return None
    if shape.tail and len(shape.name) < USUAL_LENGTH and match["title"] not in SURE_TITLES:
        return None
    return match["title"]


def _by_title(reader: Reader, shape: Shape, title: str) -> _Verdict | None:
    name = shape.name
    if title in SURE_TITLES:
        return _by_sure_title(reader, shape, title)
    if len(name) == 2 and reader.tagger is None:
        return None
    if reader.is_ordinary(name) or is_long(name) or reader.is_cut(shape):
        return None
    is_place = name.endswith(PLACE_ENDINGS) and not reader.sounds_like_a_name(name)
    return None if is_place else (Reason.TITLE, 0.85)


def _by_sure_title(reader: Reader, shape: Shape, title: str) -> _Verdict | None:
    name = shape.name
    is_plain = title == "씨" and not shape.tail and name not in PERSON_LABELS + TITLES
    if is_listed(name) and not is_plain:
        return None
    is_doubtful = title in {"님", "귀하"} and reader.is_ordinary(name)
    if is_doubtful and shape.tail:
        return None
    return Reason.TITLE, 0.6 if is_doubtful and len(name) == 2 else 0.95


def _by_label(reader: Reader, shape: Shape, before: Neighbour) -> _Verdict | None:
    gap = reader.text[before.end() : shape.start] if before else ""
    if before is None or not _LABEL_GAP.fullmatch(gap):
        return None
    label = LABEL_AND_PARTICLE.fullmatch(before.group())
    if label is None:
        return _by_role(reader, shape, before.group(), gap)
    if is_listed(shape.name):
        return None
    if label["label"] in SURE_LABELS:
        return _by_sure_label(reader, shape, gap)
    is_short = len(shape.name) == 2 and bool(shape.tail) and not _COLON.search(gap)
    if is_short or is_long(shape.name):
        return None
    is_name = not reader.is_ordinary(shape.name) or _is_adverb_at_the_end(reader, shape)
    return (Reason.LABEL, 0.9) if is_name else None


def _is_adverb_at_the_end(reader: Reader, shape: Shape) -> bool:
    """Tell whether a name that is an adverb too ends its line, where no adverb stands."""
    tags = reader.tags(shape.name)
    is_adverb = len(tags) == 1 and tags[0][2] == "MAG" and len(shape.name) >= USUAL_LENGTH
    return is_adverb and reader.text[shape.end : shape.end + 1] in {"", "\n"}


def _by_sure_label(reader: Reader, shape: Shape, gap: str) -> _Verdict | None:
    if _COLON.search(gap) or "(" in gap:
        return Reason.LABEL, 0.95
    if reader.is_ordinary(shape.name):
        return (Reason.LABEL, 0.8) if reader.sounds_like_a_name(shape.name) else None
    return None if len(shape.name) == 2 and shape.tail else (Reason.LABEL, 0.9)


def _by_role(reader: Reader, shape: Shape, word: str, gap: str) -> _Verdict | None:
    """Take a word that ends as words for persons do for a label: 면담자: …, 감리원 …."""
    if not (word.endswith(ROLE_ENDINGS) or word in {"갑", "을", "병"}) or is_long(shape.name):
        return None
    if reader.is_ordinary(shape.name) or len(shape.name) < USUAL_LENGTH:
        return None
    if word.endswith(_HOUSES):
        return None
    if ":" in gap:
        return Reason.LABEL, 0.8
    usual = shape.name[0] in COMMON_SURNAMES and reader.sounds_like_a_name(shape.name)
    plain = gap == " " and reader.tagger is not None and len(word) > 1
    return (Reason.TITLE, 0.6) if plain and usual and is_proper(reader, shape) else None


def _by_self(reader: Reader, shape: Shape, before: Neighbour) -> _Verdict | None:
    if before is None or is_listed(shape.name):
        return None
    gap = reader.text[before.end() : shape.start]
    if gap not in {" ", ", ", "  "}:
        return None
    says_self = before.group() in SELF_WORDS
    if says_self and (not shape.tail or shape.tail in SELF_TAILS):
        return None if reader.is_ordinary(shape.name) else (Reason.GREETING, 0.9)
    if shape.tail in {"이라고", "라고", "입니다"} and not reader.is_ordinary(shape.name):
        follows = reader.text[shape.end + len(shape.tail) :][:8]
        if shape.tail == "입니다":
            return (Reason.GREETING, 0.7) if _is_residence(before.group()) else None
        return (Reason.GREETING, 0.85) if re.match(r"\s?(?:합니다|해요|하는|불)", follows) else None
    return None


_WHO_ONE_IS = re.compile(
    "사는|거주하는|근무하는|다니는|운영하는|대표|공무원|직원|회사원|주민|시민|학생|대학생|교사|"
    "이장|통장|반장"
)


_WHAT_ONE_DID = ("신청한", "예약한", "접수한", "문의한", "제출한", "신고한", "전화한", "등록한")


def _is_residence(word: str) -> bool:
    return _WHO_ONE_IS.fullmatch(word) is not None or word.endswith(_WHAT_ONE_DID)


_SIGNED = re.compile(r"\s{1,3}(?:올림|드림|배상|拜上)(?![가-힣])")

_SEALED = re.compile(r"\s{0,4}[(\[]\s?(?:인|서명|날인|印)")

_AND_OTHERS = re.compile(r"\s?외\s?(?:\d|[가-힣]\s?명)")


def _by_signature(reader: Reader, shape: Shape) -> _Verdict | None:
    if shape.tail or is_long(shape.name) or is_listed(shape.name):
        return None
    follows = reader.text[shape.end : shape.end + 14]
    signed = _SIGNED.match(follows)
    if signed and len(shape.name) >= USUAL_LENGTH:
        return Reason.SIGNATURE, 0.85
    if signed or _SEALED.match(follows) or _AND_OTHERS.match(follows):
        return None if reader.is_ordinary(shape.name) else (Reason.SIGNATURE, 0.85)
    return None


_TO_THE_END = re.compile(r"[ \t]*(?:/[^\n]{0,60})?(?:\n[^\n]{0,60}){0,2}\s*$")
_CLOSES_BEFORE = re.compile(
    r"(?:^|\n|[.?!)][ \t]{1,3}|[가-힣](?:시|군|구|읍|면|동|리|과|팀)[ \t])[ \t]*$"
)
# Behind a sentence or on a line of its own, with nothing but the place where one lives.
_SIGNS_ALONE = re.compile(
    r"(?:\n|[.?!~])[ \t]*(?:[가-힣]{1,5}(?:시|군|구|읍|면|동|리|가|로|길)[ \t]{1,2}){0,3}$"
)
_NEAR_END = 160
_READ_BEFORE = 40


def _by_closing(reader: Reader, shape: Shape) -> _Verdict | None:
    """Take a name that closes a text, alone behind the last sentence or on a last line."""
    text = reader.text
    if shape.tail or len(shape.name) < USUAL_LENGTH or len(text) - shape.end > _NEAR_END:
        return None
    if not _TO_THE_END.match(text, shape.end) or is_long(shape.name) or is_listed(shape.name):
        return None
    before = text[max(0, shape.start - _READ_BEFORE) : shape.start]
    if not _CLOSES_BEFORE.search(before) or not before.strip():
        return None
    if reader.is_ordinary(shape.name):
        return None
    if reader.sounds_like_a_name(shape.name):
        return Reason.SIGNATURE, 0.75
    is_name = reader.is_unknown(shape.name) or is_elders_name(shape.name)
    return (Reason.SIGNATURE, 0.6) if is_name and _SIGNS_ALONE.search(before) else None


_DEPARTMENT_ENDINGS = ("팀", "과", "실", "부", "국", "계", "센터")
_LABELLED = re.compile(rf"(?:{longest_first(PERSON_LABELS)})[ \t]?[:：][ \t]?$")


def _by_department(reader: Reader, shape: Shape, before: Neighbour) -> _Verdict | None:
    """Take a name behind a department that a label for persons introduces: 담당: 시설팀 ..."""
    if before is None or not before.group().endswith(_DEPARTMENT_ENDINGS):
        return None
    if is_long(shape.name) or is_listed(shape.name) or not reader.sounds_like_a_name(shape.name):
        return None
    is_labelled = _LABELLED.search(reader.text[max(0, before.start() - 10) : before.start()])
    return (Reason.LABEL, 0.85) if is_labelled else None


def _by_rank(reader: Reader, shape: Shape, before: Neighbour) -> _Verdict | None:
    if before is None or reader.text[before.end() : shape.start] not in {" ", "  ", ": "}:
        return None
    if not _RANK_WORD.fullmatch(before.group()) or reader.is_ordinary(shape.name):
        return None
    if is_long(shape.name):
        return None
    if len(shape.name) == 2 and not reader.sounds_like_a_name(shape.name):
        return None
    return Reason.TITLE, 0.8


def _by_spot(reader: Reader, shape: Shape) -> _Verdict | None:
    if shape.tail or is_long(shape.name) or not _is_beside(reader, shape):
        return None
    if reader.tagger is None and len(shape.name) < USUAL_LENGTH:
        return None
    return None if reader.is_ordinary(shape.name) else (Reason.BESIDE, 0.8)


def _is_beside(reader: Reader, shape: Shape) -> bool:
    """Return whether other personal data stands right before or after the name."""
    index = bisect_left(reader.spots, (shape.start, 0))
    gaps = []
    if index < len(reader.spots):
        gaps.append(reader.text[shape.end : reader.spots[index][0]])
    if index:
        gaps.append(reader.text[reader.spots[index - 1][1] : shape.start])
    return any(len(gap) <= 4 and _BESIDE_GAP.fullmatch(gap) for gap in gaps)


# What is told of a person in brackets: a number by its name, an age, a sex, a year of birth.
_OF_A_PERSON = re.compile(
    r"\s?\(\s?(?:주민(?:등록)?번호|생년월일|연락처|전화|휴대|핸드폰|\d{1,3}\s?[세살](?![가-힣])|"
    r"(?:남|여)(?:성|자)?\s?[,·/)]|(?:(?:19|20)\d\d|\d\d)\s?년\s?생)"
)


def _by_aside(reader: Reader, shape: Shape) -> _Verdict | None:
    """Take a name behind which stands in brackets what only persons have: …(43세), …(남)."""
    if shape.tail or len(shape.name) < USUAL_LENGTH or is_long(shape.name):
        return None
    if is_listed(shape.name) or reader.is_ordinary(shape.name):
        return None
    return (Reason.BESIDE, 0.8) if _OF_A_PERSON.match(reader.text, shape.end) else None


_LIVES = re.compile(r"사는|살던|거주하는|거주하시는|근무하는|다니는")


def _by_life(reader: Reader, shape: Shape, before: Neighbour) -> _Verdict | None:
    """Take a name of three syllables of whom it is told where they live or work."""
    if before is None or reader.text[before.end() : shape.start] != " ":
        return None
    if not _LIVES.fullmatch(before.group()) or len(shape.name) != USUAL_LENGTH:
        return None
    if is_listed(shape.name) or reader.is_ordinary(shape.name):
        return None
    if not _PREDICATE.match(shape.tail) and reader.text[shape.end : shape.end + 1] not in "(,":
        return None
    is_usual = shape.name[0] in COMMON_SURNAMES and reader.sounds_like_a_name(shape.name)
    return (Reason.PROPER_NOUN, 0.6) if is_usual else None


def _by_itself(reader: Reader, shape: Shape) -> _Verdict | None:
    """Return whether the name speaks for itself: common surname, given syllables, no known word."""
    name = shape.name
    if reader.tagger is None or len(name) != 3 or not shape.tail:
        return None
    if not _PREDICATE.match(shape.tail) or name[0] not in COMMON_SURNAMES:
        return None
    if not reader.sounds_like_a_name(name) or is_listed(name):
        return None
    stem = reader.tags(name[:2])
    if len(stem) == 1 and stem[0][2] == "NNG":
        return None
    return (Reason.PROPER_NOUN, 0.6) if is_proper(reader, shape) else None
