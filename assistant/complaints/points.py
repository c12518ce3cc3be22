"""The points of a complaint: what in it needs an answer, each with its place in the text.

A greeting, a reason or a story is no point; what is asked twice is one point with two places.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.complaints.asking import (
    Act,
    act_of,
    content_words,
    has_subject,
    interrogatives,
)
from assistant.complaints.clauses import Tagger, clauses
from assistant.complaints.segments import Segment, segments
from assistant.complaints.shelf import pattern
from assistant.domain import Point, Span

_FILE = "points.yaml"
_SAME = 0.6  # share of character pairs from which two askings are one
_SAME_AS_TITLE = 0.3  # the same for a title, which names in few words what the text asks
_SAME_AGAIN = 0.08  # the same where the text says that it repeats itself
_PAIR = 2
_BARE = 1  # a point of so few words says nothing without the sentence before it
_LIST_MIN = 2
_END_MARKS = " \t\n,.~;"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A stretch of a text that asks for something."""

    start: int
    end: int
    act: Act
    item: int = 0
    repeats: bool = False
    announces: bool = False


def find_points(text: str, *, title: str = "", tagged: Tagger | None = None) -> tuple[Point, ...]:
    """Return the points of `text` in order, numbered `p1` on; a text that asks nothing is one.

    Args:
        text: what was written.
        title: what it is headed with. Where the text begins with it, that line is a point only
            when nothing below asks for the same; where nothing in the text asks, it says what for.
        tagged: as for `clauses`.

    >>> [point.text for point in find_points("고쳐 주시고 언제 되는지 알려 주세요.")]
    ['고쳐 주시고', '언제 되는지 알려 주세요.']
    """
    askings = find_askings(text, tagged=tagged)
    head = _title_end(text, title)
    above = [asking for asking in askings if asking.end <= head]
    merged = _merged(text, [asking for asking in askings if asking.end > head])
    _put_title(text, above, merged)
    points = [_point(text, group) for group in merged] or _whole(text, title)
    if len(points) == len(merged):
        points = _with_context(text, points)
    return tuple(
        replace(point, point_id=f"p{number}") for number, point in enumerate(points, start=1)
    )


def find_askings(text: str, *, tagged: Tagger | None = None) -> tuple[Asking, ...]:
    """Return everything in `text` that asks for something, repetitions included."""
    found: list[Asking] = []
    cut = segments(text)
    lists = _asking_lists(text, cut)
    for segment, before in zip(cut, (None, *cut), strict=False):
        is_bare_point = segment.item in lists or _is_idea(text, segment, before)
        found.extend(_of_segment(text, segment, is_bare_point=is_bare_point, tagged=tagged))
    kept = [asking for asking in found if not asking.announces]
    return tuple(kept or found)


# -- sentences --------------------------------------------------------------------------------


def _of_segment(
    text: str, segment: Segment, *, is_bare_point: bool, tagged: Tagger | None
) -> Iterable[Asking]:
    if _is_other(segment.head):
        return
    sentence = text[segment.start : segment.end]
    act = act_of(sentence)
    if act is None:
        if (is_bare_point or _is_asking_head(segment.head)) and has_subject(sentence):
            yield Asking(start=segment.start, end=segment.end, act=Act.REQUEST, item=segment.item)
        return
    is_announcing = not segment.item and _is_announcing(sentence)
    pieces = clauses(sentence, tagged=tagged)
    for start, end in pieces:
        piece = sentence[start:end]
        if lead := pattern(_FILE, "application_lead").match(piece):
            start, piece = start + lead.end(), piece[lead.end() :]
        yield Asking(
            start=segment.start + start,
            end=segment.start + end,
            act=act_of(piece) or act,
            item=segment.item,
            repeats=bool(pattern(_FILE, "again").match(piece)),
            announces=is_announcing
            or _sums_up(piece)
            or (len(pieces) > 1 and _is_announcing(piece)),
        )


def _is_idea(text: str, segment: Segment, before: Segment | None) -> bool:
    """Whether an idea is told where the sentence before says that one comes: `... 하는 겁니다`."""
    if before is None or not pattern(_FILE, "idea").search(text, segment.start, segment.end):
        return False
    return bool(pattern(_FILE, "idea_announced").search(text, before.start, before.end))


def _asking_lists(text: str, cut: Sequence[Segment]) -> frozenset[int]:
    """Return the list items that ask although no sentence of theirs does: bare nouns mostly.

    A list asks where a sentence before it announces points, or where half of its items ask.
    """
    asking: set[int] = set()
    run: list[Segment] = []
    announced = False
    for segment in [*cut, Segment(start=0, end=0)]:
        if segment.item:
            run.append(segment)
            continue
        behind = _sums_up(text[segment.start : segment.end])
        if run and _is_list_of_points(text, run, announced=announced or behind):
            told = set() if announced else _told_items(text, run)
            asking.update({each.item for each in run} - _asking_items(text, run) - told)
        run = []
        announced = _is_announcing(text[segment.start : segment.end])
    return frozenset(asking)


def _sums_up(sentence: str) -> bool:
    """Whether a sentence behind a list says that its items are claimed: `세 가지를 요구합니다`."""
    return bool(pattern(_FILE, "summing_up").match(sentence))


def _is_announcing(sentence: str) -> bool:
    """Whether a sentence or heading only says that points come."""
    if pattern(_FILE, "titles").fullmatch(sentence):
        return _is_asking_head(sentence)
    told = pattern(_FILE, "purpose").sub(" ", sentence)
    return bool(pattern(_FILE, "announcing").search(told)) and not interrogatives(told)


def _told_items(text: str, run: Sequence[Segment]) -> set[int]:
    """Return the items of a list that tell something in a whole sentence."""
    ends = pattern(_FILE, "told")
    return {each.item for each in run if ends.search(text[each.start : each.end])}


def _asking_items(text: str, run: Sequence[Segment]) -> set[int]:
    """Return the items of a list of which a sentence asks."""
    return {each.item for each in run if act_of(text[each.start : each.end])}


def _is_list_of_points(text: str, run: Sequence[Segment], *, announced: bool) -> bool:
    items = {segment.item for segment in run}
    if any(segment.head for segment in run):
        return False
    asking = _asking_items(text, run)
    if asking:
        asking |= {each.item for each in run if _is_wish_noun(text[each.start : each.end])}
    return announced or (len(items) >= _LIST_MIN and 2 * len(asking) >= len(items))


def _is_wish_noun(item: str) -> bool:
    return bool(pattern(_FILE, "wish_nouns").search(item))


def _is_other(head: str) -> bool:
    return bool(head) and not _is_asking_head(head) and bool(_head("other_heads").search(head))


def _is_asking_head(head: str) -> bool:
    if not head or _head("never_asking_heads").search(head):
        return False
    return bool(_head("asking_heads").search(head))


def _head(key: str) -> re.Pattern[str]:
    return pattern(_FILE, key)


# -- what is asked twice ----------------------------------------------------------------------


def _merged(text: str, askings: Sequence[Asking]) -> list[list[Asking]]:
    groups: list[list[Asking]] = []
    for asking in askings:
        home = _home(text, asking, groups)
        if home is None:
            groups.append([asking])
        else:
            home.append(asking)
    return groups


def _home(text: str, asking: Asking, groups: list[list[Asking]]) -> list[Asking] | None:
    """Return the group of the point that `asking` repeats."""
    if application := _application(text, asking, groups):
        return application
    if groups and _follows(text, asking, groups[-1]):
        return groups[-1]
    wanted = _pairs(text[asking.start : asking.end])
    limit = _SAME_AGAIN if asking.repeats else _SAME
    best, home = 0.0, None
    for group in groups:
        for other in group:
            shared = _likeness(wanted, _pairs(text[other.start : other.end]))
            if shared > best:
                best, home = shared, group
    return home if best >= limit else None


def _follows(text: str, asking: Asking, group: Sequence[Asking]) -> bool:
    """Return whether a question only goes on with the one before: `... 됩니까? 얼마입니까?`."""
    last = group[-1]
    if asking.act is not Act.QUESTION or last.act is not Act.QUESTION or asking.item != last.item:
        return False
    piece = text[asking.start : asking.end]
    is_next = not text[last.end : asking.start].strip()
    return is_next and bool(pattern(_FILE, "following").fullmatch(piece.strip()))


def _application(text: str, asking: Asking, groups: list[list[Asking]]) -> list[Asking] | None:
    """Return the application that `asking` only asks to grant: `신청합니다 ... 허가해 주십시오`."""
    if not pattern(_FILE, "granting").search(text[asking.start : asking.end]):
        return None
    for group in reversed(groups):
        if pattern(_FILE, "applying").search(text[group[0].start : group[0].end]):
            return group
    return None


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two askings share: of the shorter one where it is no mere fragment."""
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other)) * _balance(len(one), len(other))


def _balance(one: int, other: int) -> float:
    return 1.0 if min(one, other) * 4 >= max(one, other) else 0.8


def _pairs(piece: str) -> frozenset[str]:
    return frozenset(
        word[at : at + _PAIR]
        for word in content_words(piece)
        for at in range(max(1, len(word) - _PAIR + 1))
    )


# -- the title --------------------------------------------------------------------------------


def _title_end(text: str, title: str) -> int:
    """Return where the first line ends when it repeats the title and more follows, else 0."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    if not title or end < 0 or not text[end:].strip():
        return 0
    return end if _letters(text[start:end]) == _letters(title) else 0


def _put_title(text: str, askings: Sequence[Asking], groups: list[list[Asking]]) -> None:
    """Join what the title asks to the point that asks the same, or put it before the points."""
    apart: list[list[Asking]] = []
    for asking in askings:
        wanted = _core(text[asking.start : asking.end])
        shares = [
            max(_likeness(wanted, _core(text[one.start : one.end])) for one in group)
            for group in groups
        ]
        if shares and max(shares) >= _SAME_AS_TITLE:
            groups[shares.index(max(shares))].append(replace(asking, repeats=True))
        else:
            apart.append([asking])
    groups[:0] = apart


def _core(piece: str) -> frozenset[str]:
    """Return the pairs of letters of what is asked, without the endings of asking."""
    return _pairs(pattern(_FILE, "asking_ends").sub(" ", piece))


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


# -- points -----------------------------------------------------------------------------------


def _point(text: str, group: Sequence[Asking]) -> Point:
    first = max(group, key=lambda asking: (not asking.repeats, asking.end - asking.start))
    wording = text[first.start : first.end]
    return Point(
        point_id="",
        text=wording,
        question=as_question(wording),
        spans=tuple(Span(start=asking.start, end=asking.end) for asking in group),
    )


def _with_context(text: str, points: Sequence[Point]) -> list[Point]:
    """Return the points, those of one word (`고쳐 주세요`) with the sentence that says what."""
    told = [each for each in segments(text) if has_subject(text[each.start : each.end])]
    full: list[Point] = []
    for point in points:
        start = point.spans[0].start
        is_bare = sum(1 for _ in content_words(point.question)) <= _BARE
        before = [each for each in told if each.end <= start] if is_bare else []
        if before and act_of(text[before[-1].start : before[-1].end]) is None:
            lead = as_question(text[before[-1].start : before[-1].end])
            point = replace(point, question=f"{lead}. {point.question}")
        full.append(point)
    return full


def _whole(text: str, title: str) -> list[Point]:
    """Return the whole text as one point; where the title asks for something, in its words."""
    cut = [each for each in segments(text) if has_subject(text[each.start : each.end])]
    if not cut:
        return []
    start, end = cut[0].start, cut[-1].end
    wording = title if act_of(title) else text[start:end]
    span = Span(start=start, end=end)
    return [Point(point_id="", text=wording, question=as_question(wording), spans=(span,))]


def as_question(wording: str) -> str:
    r"""Return a point as one line to search with, without the words that only join it.

    >>> as_question("또한 접수한 날도\n포함되는지,")
    '접수한 날도 포함되는지'
    """
    line = " ".join(wording.split())
    joins = pattern(_FILE, "connectives").match(line)
    return (line[joins.end() :] if joins else line).strip(_END_MARKS)
