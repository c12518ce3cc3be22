"""Text as a page can show it: words that stay whole, in pieces of one look."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from assistant.domain import Run, Runs
from assistant.writing.numbering import Piece, pieces

# Text, look (letters: b bold, o open, c citation, s serif whatever the look, g keeps its full
# width), number of the source cited, 0 for none.
Bit: TypeAlias = tuple[str, str, int]
# A word is a list of bits, or just its text where it has one plain bit; a number counts spaces, and
# `BREAK` ends the line. A break is allowed between two words with nothing between them.
Token: TypeAlias = int | str | list[Bit]
BREAK = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The font that words are set in: the letters of several characters that it has whole."""

    joined: frozenset[str] = frozenset()
    is_sans: bool = False


SERIF = Setting()

_MAX_SPACES = 40
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]+")
_COMBINED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3164\uffa0]")
# Marks without a shape of their own; what they change, such as joined emoji, no font here has.
_SHAPELESS = re.compile(
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# Latin, Greek, Cyrillic, Hangul syllables, Hanja and signs are letters of one character each; only
# text with something else is looked at letter by letter.
_COMPLEX = re.compile(
    "[^\u0000-\u02ff\u0370-\u0482\u048a-\u0590\u1e00-\u20cf\u2100-\u2cee\u2e00-\u3029\u3030-\u3098"
    "\u309b-\ua66e\uac00-\ud7a3\ue000-\ufb1d\uff01-\uff9d\uffa0-\uffff]"
)
_BRACKETS = re.compile("[“”‘’〈〉《》「」『』【】〔〕〖〗〘〙（）［］｛｝、。，．：；！？]+")
_MEETING = re.compile(_BRACKETS.pattern.replace("+", "{2,}"))
_PARTS = re.compile("\n| +|[^ \n]+")


def printable(text: str) -> str:
    r"""Return the text with nothing that leaves no mark on paper, spaces and breaks excepted.

    Letters written in parts are composed, as fonts have them; old Hangul, which has no composed
    form, keeps its parts.

    >>> printable("한\u200b글\u00a0A\u0301")
    '한글 Á'
    """
    text = _SHAPELESS.sub("", _SPACES.sub(" ", text)).replace("\u3000", "  ")
    text = _JAMO.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return _COMBINED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def tokens(runs: Runs, *, line_em: float, setting: Setting = SERIF) -> list[Token]:
    """Return the words and spaces that the runs show, for a line of `line_em` Hangul letters.

    A word that does not fit the line comes in single letters, so that it can break anywhere. A
    letter of several characters stays one only if the font draws it as one glyph; otherwise its
    parts come one by one, because a PDF could not tell them apart.
    """
    found: list[Token] = []
    word: list[Bit] = []
    for bit in _bits(pieces(runs)):
        if bit[0] == "\n" or bit[0].isspace():
            found += _closed(word, line_em, setting)
            word = []
            found.append(BREAK if bit[0] == "\n" else min(len(bit[0]), _MAX_SPACES))
        else:
            word.append(bit)
    return found + _closed(word, line_em, setting)


def text_tokens(text: str, *, line_em: float, setting: Setting = SERIF) -> list[Token]:
    """Return the words and spaces of plain text.

    >>> text_tokens("추진  계획", line_em=30)
    ['추진', 2, '계획']
    """
    return tokens((Run(text=text),), line_em=line_em, setting=setting)


def width_em(text: str) -> float:
    """Return about how wide the text is, in Hangul letters; rather too wide than too narrow.

    >>> width_em("가A1")
    2.4
    """
    return sum(_letter_em(letter) for letter in text)


def clusters(text: str) -> list[str]:
    """Return the letters of a word, each with the marks and jamo that belong to it.

    >>> [len(cluster) for cluster in clusters("ᄒᆞᆫ글")]
    [3, 1]
    """
    found: list[str] = []
    for letter in text:
        if found and (_is_mark(letter) or (_is_later_jamo(letter) and _is_hangul(found[-1][-1]))):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _bits(shown: Iterable[Piece]) -> Iterator[Bit]:
    for piece in shown:
        look = ("c" if piece.source is not None else "") + ("o" if piece.is_open else "")
        look += "b" if piece.is_bold else ""
        for part in _PARTS.findall(printable(piece.text)):
            yield part, look, piece.source or 0


def _closed(word: list[Bit], line_em: float, setting: Setting) -> list[Token]:
    word = [part for bit in word for part in _parted(bit, setting)]
    if sum(width_em(text) for text, _, _ in word) <= line_em:
        return [_token(word)] if word else []
    return [
        _token([(cluster, look, source)])
        for text, look, source in word
        for cluster in ([text] if look.startswith("c") else clusters(text))
    ]


def _token(word: list[Bit]) -> Token:
    return word[0][0] if len(word) == 1 and not word[0][1] else word


def _parted(bit: Bit, setting: Setting) -> Iterator[Bit]:
    """Part a bit around the letters that are made of several characters."""
    text, look, source = bit
    if not _COMPLEX.search(text):
        yield from _spaced(bit, setting)
        return
    simple = ""
    for cluster in clusters(text):
        if len(cluster) == 1:
            simple += cluster
            continue
        if simple:
            yield from _spaced((simple, look, source), setting)
        simple = ""
        for part in (cluster,) if cluster in setting.joined else cluster:
            yield part, look + "s", source
    if simple:
        yield from _spaced((simple, look, source), setting)


def _spaced(bit: Bit, setting: Setting) -> Iterator[Bit]:
    """Part a bit at brackets that typst would push into each other.

    It takes half of a bracket's width away where brackets meet and at the ends of a box, which
    suits the serif font only, whose brackets are half white, and only at the ends.
    """
    text, look, source = bit
    at = 0
    is_narrow = setting.is_sans or "b" in look
    for found in (_BRACKETS if is_narrow else _MEETING).finditer(text):
        if at < found.start():
            yield text[at : found.start()], look, source
        yield from ((bracket, look + "g", source) for bracket in found[0])
        at = found.end()
    if at < len(text):
        yield text[at:], look, source


def _letter_em(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WFA" or ord(letter) > 0x2000:
        return 1.0
    return 0.8 if letter.isupper() or letter in "mw@%" else 0.6


def _is_mark(letter: str) -> bool:
    return (
        unicodedata.category(letter) in ("Mn", "Mc", "Me")
        or letter in "\uff9e\uff9f"
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
    )


def _is_hangul(letter: str) -> bool:
    return "\uac00" <= letter <= "\ud7a3" or _JAMO.match(letter) is not None


def _is_later_jamo(letter: str) -> bool:
    """Whether the jamo is a vowel or a final, which never starts a syllable of its own here."""
    return "\u1160" <= letter <= "\u11ff" or "\ud7b0" <= letter <= "\ud7ff"
