"""The tags of a template: found in the text of a paragraph and understood, however they were typed.

Hangul and Word put typographic quotes, full-width signs and special spaces into what is typed;
inside a tag these mean what the plain ones mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.filling.expressions import Expression, FaultyExpressionError, expression

BREAK = "\x00"  # stands in a paragraph's text where a tab, a line break or an object stands

_LIMIT = 600
_WIDE_SIGNS = str.maketrans("｛｝％＃", "{}%#")
_WIDE = str.maketrans("｜（），．＝！＜＞［］＿－", "|(),.=!<>[]_-")
_SPACES = re.compile("[\\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_QUOTES = ("'‘’‚‛′＇`", '"“”„‟″＂')

_INNER = rf"(?:(?!\{{\{{|\{{%|\{{#)[\s\S]){{0,{_LIMIT}}}?"
_TAG = re.compile(rf"\{{\{{{_INNER}\}}\}}|\{{%{_INNER}%\}}|\{{#{_INNER}#\}}")
_LEFT_OPEN = re.compile(r"\{\{|\{%")
_LEFT_CLOSED = re.compile(r"\}\}")
_STATEMENT = re.compile(r"(?:(?P<level>tr|p)\s+)?(?P<word>[^\W\d_]+)(?P<rest>(?:\s|\().*)?", re.S)
_CONTROL = re.compile(r"\A[-+]|[-+]\Z")  # where Jinja trims white space, which here is nothing
_FOR = re.compile(r"([^\W\d]\w*)\s+in\s+(.+)", re.S)


class Level(StrEnum):
    """What a tag moves with: the text, its paragraph, or its table row."""

    TEXT = ""
    PARAGRAPH = "p"
    ROW = "tr"


class Word(StrEnum):
    """What a tag does."""

    FIELD = "field"
    COMMENT = "comment"
    IF = "if"
    ELIF = "elif"
    ELSE = "else"
    ENDIF = "endif"
    FOR = "for"
    ENDFOR = "endfor"


OPENERS = frozenset({Word.IF, Word.FOR})
CLOSERS = frozenset({Word.ENDIF, Word.ENDFOR})
_ASKING = frozenset({Word.IF, Word.ELIF})
_STATEMENTS = {word.value: word for word in Word if word not in {Word.FIELD, Word.COMMENT}}


class FaultyTagError(ValueError):
    """A tag cannot be understood; the message is for the author of the template."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag that was understood."""

    word: Word
    text: str
    level: Level = Level.TEXT
    variable: str = ""
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Where a tag stands in the text of its paragraph, and that text."""

    start: int
    end: int
    text: str


def may_hold_tags(text: str) -> bool:
    """Return whether it is worth looking for tags.

    >>> may_hold_tags("가 ｛｛ 나"), may_hold_tags("가나")
    (True, False)
    """
    plain = text.translate(_WIDE_SIGNS)
    return bool(_LEFT_OPEN.search(plain) or _LEFT_CLOSED.search(plain) or "{#" in plain)


def find_tags(text: str) -> tuple[list[Span], list[Span]]:
    """Return the tags in the text of a paragraph, and the braces that belong to none.

    >>> find_tags("가 {{ 나 }} 다 {{ 라")
    ([Span(start=2, end=9, text='{{ 나 }}')], [Span(start=12, end=14, text='{{ 라')])
    """
    plain = text.translate(_WIDE_SIGNS)
    tags = [Span(m.start(), m.end(), m.group()) for m in _TAG.finditer(plain)]
    rest = _TAG.sub(lambda found: BREAK * len(found.group()), plain)
    strays = [
        Span(m.start(), m.end(), plain[m.start() : m.start() + 20].partition(BREAK)[0])
        for pattern in (_LEFT_OPEN, _LEFT_CLOSED)
        for m in pattern.finditer(rest)
    ]
    return tags, strays


def read_tag(text: str) -> Tag:
    """Understand one tag.

    Raises:
        FaultyTagError: It is not a tag that a template may hold.

    >>> read_tag("{%tr for 품목 in 목록 %}").level
    <Level.ROW: 'tr'>
    >>> read_tag("{{ 기관 | default(‘미정’) }}").expression.source
    "기관 | default('미정')"
    """
    if BREAK in text:
        raise FaultyTagError(
            "interrupted",
            "태그 중간에 탭, 줄바꿈이나 개체가 끼어 있습니다. 태그를 한 번에 이어 적으십시오.",
        )
    shown = " ".join(text.split())
    if text.startswith("{#"):
        return Tag(word=Word.COMMENT, text=shown)
    inner = straighten(_CONTROL.sub("", text[2:-2])).strip()
    if text.startswith("{{"):
        return Tag(word=Word.FIELD, text=shown, expression=_expression(inner, shown))
    return _statement(inner, shown)


def straighten(text: str) -> str:
    """Return the inside of a tag with plain signs, quotes and spaces; quoted text stays as it is.

    >>> straighten("비고 ｜ default（“없음　’24”）")
    '비고 | default("없음　’24")'
    """
    pieces = []
    rest = text
    while rest:
        at = next((i for i, sign in enumerate(rest) if _family(sign)), len(rest))
        pieces.append(_SPACES.sub(" ", _UNSEEN.sub("", rest[:at].translate(_WIDE))))
        quoted, rest = _quoted(rest[at:])
        pieces.append(quoted)
    return "".join(pieces)


def _family(sign: str) -> str:
    return next((family for family in _QUOTES if sign and sign in family), "")


def _quoted(text: str) -> tuple[str, str]:
    """Split off a quoted piece; a straight quote is closed by a straight one where there is one."""
    family = _family(text[:1])
    if not family:
        return "", text
    straight = family[0]
    end = text.find(straight, 1) if text[0] == straight else -1
    if end < 0:
        end = next((i for i, sign in enumerate(text) if i and sign in family), -1)
    if end < 0:
        return straight + text[1:], ""
    inside = text[1:end]
    if text[0] != straight:
        inside = inside.replace("\\", "\\\\").replace(straight, "\\" + straight)
    return f"{straight}{inside}{straight}", text[end + 1 :]


def _statement(inner: str, shown: str) -> Tag:
    found = _STATEMENT.fullmatch(inner)
    word = _STATEMENTS.get(found["word"]) if found else None
    if found is None or word is None:
        raise FaultyTagError(
            "unknown_word",
            f"알 수 없는 명령입니다({shown}). if, elif, else, endif, for, endfor만 쓸 수 있습니다.",
        )
    level = Level(found["level"] or "")
    rest = (found["rest"] or "").strip()
    if word is Word.FOR:
        return _loop(rest, shown, level)
    if word in _ASKING:
        return Tag(word=word, text=shown, level=level, expression=_expression(rest, shown))
    if rest:
        raise FaultyTagError("trailing_text", f"{shown}: 명령 뒤에 다른 글이 있습니다. 지우십시오.")
    return Tag(word=word, text=shown, level=level)


def _loop(rest: str, shown: str, level: Level) -> Tag:
    found = _FOR.fullmatch(rest)
    if found is None:
        raise FaultyTagError(
            "faulty_loop", f"{shown}: 되풀이는 {{%tr for 줄 in 목록 %}}처럼 적으십시오."
        )
    _expression(found[1], shown)
    what = _expression(found[2], shown)
    if not what.is_path:
        raise FaultyTagError("faulty_loop", f"{shown}: in 뒤에는 목록의 이름만 적으십시오.")
    return Tag(word=Word.FOR, text=shown, level=level, variable=found[1], expression=what)


def _expression(source: str, shown: str) -> Expression:
    try:
        return expression(source)
    except FaultyExpressionError as error:
        raise FaultyTagError("faulty_expression", f"{shown}: {error}") from error
