"""두문 and title: 수신, (경유), 제목, 수신자란 (시행규칙 제3조, 제4조)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.officialdoc.findings import DocumentKind, Found, correction
from assistant.officialdoc.script import Line, Script

_SENTENCE = re.compile(r"(?:니다|하오|세요|십시오|한다|이다|었다|았다|였다)\s*\.?\s*$")
_LIST = re.compile(r"^\s*수\s?신\s?자(?:\s|[:：]|$)")


def heads(script: Script) -> Iterator[Found]:
    """Yield what is wrong with the head; its parts are asked for only in a memo."""
    yield from _title_ending(script)
    yield from _receiver_list(script)
    if script.kind is not DocumentKind.MEMO or not script.lines:
        return
    yield from _missing_parts(script)
    order = [script.heads[name][0] for name in ("receiver", "via", "title") if name in script.heads]
    if order != sorted(order):
        yield _at(script.lines[min(order)], "head-order")


def _missing_parts(script: Script) -> Iterator[Found]:
    first = next(script.shown(), script.lines[0])
    for name in ("receiver", "title"):
        place = script.heads.get(name)
        if place is None:
            yield _at(first, f"head-{name}")
        elif not place[1]:
            yield _at(script.lines[place[0]], f"head-{name}")
    receiver = script.heads.get("receiver", (0, ""))[1]
    if "via" not in script.heads and "내부결재" not in receiver.replace(" ", ""):
        yield _at(first, "head-via")


def _at(line: Line, rule: str) -> Found:
    return Found(rule=rule, start=line.start, end=max(line.end, line.start))


def _title_ending(script: Script) -> Iterator[Found]:
    place = script.heads.get("title")
    if place is None or not place[1]:
        return
    line, value = script.lines[place[0]], place[1]
    if value.endswith(".") and not value[-2:-1].isdigit():
        yield correction("title-ending", line.end - 1, ".", "")
    elif _SENTENCE.search(value):
        start = line.end - len(value)
        yield Found(rule="title-ending", start=start, end=line.end)


def _receiver_list(script: Script) -> Iterator[Found]:
    place = script.heads.get("receiver")
    if place is None or "수신자참조" not in place[1].replace(" ", ""):
        return
    if not any(_LIST.match(line.text) for line in script.lines[place[0] + 1 :]):
        yield _at(script.lines[place[0]], "head-receiver-list")
