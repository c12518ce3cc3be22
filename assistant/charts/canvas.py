"""SVG written piece by piece: every text is escaped, every number is short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from unicodedata import category, east_asian_width

from assistant.text import clean

FAMILY = "NanumGothic, 'Pretendard GOV', 'Noto Sans KR', 'Malgun Gothic', sans-serif"
INK, SOFT, LINE, PAPER = "#1e2124", "#464c53", "#cdd1d5", "#ffffff"
BLUE, PALE, RED = "#256ef4", "#d6e4fd", "#b3261e"
SIZE = 13
_SMALLEST_EM = 0.56
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawn chart. `description` says in words what it shows; `headers` and `rows` are its table.

    `svg` carries title and description itself; `width` and `height` are its size in CSS pixels.
    """

    title: str
    description: str
    svg: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    width: int
    height: int


@dataclass(slots=True)
class Canvas:
    """Collects what is drawn; `chart_id` keeps the ids of several charts on one page apart."""

    chart_id: str
    parts: list[str] = field(default_factory=list)

    def rect(self, x: float, y: float, width: float, height: float, **look: str) -> None:
        """Draw a rectangle; one without a width is left out."""
        if width > 0 and height > 0:
            size = f'width="{_n(width)}" height="{_n(height)}"'
            self.parts.append(f'<rect x="{_n(x)}" y="{_n(y)}" {size}{_look(look)}/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, **look: str) -> None:
        """Draw a line."""
        ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        self.parts.append(f"<line {ends}{_look({'stroke': LINE, **look})}/>")

    def path(self, d: str, **look: str) -> None:
        """Draw a path."""
        self.parts.append(f'<path d="{d}"{_look({"fill": "none", **look})}/>')

    def shape(self, points: Sequence[tuple[float, float]], **look: str) -> None:
        """Draw a closed shape."""
        joined = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self.parts.append(f'<polygon points="{joined}"{_look(look)}/>')

    def dot(self, x: float, y: float, radius: float, **look: str) -> None:
        """Draw a dot."""
        self.parts.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"{_look(look)}/>')

    def text(self, x: float, y: float, words: str, *, size: float = SIZE, **look: str) -> None:
        """Write one line; `y` is the base line."""
        given = {"fill": INK, "font_size": _n(size), **look}
        self.parts.append(f'<text x="{_n(x)}" y="{_n(y)}"{_look(given)}>{_words(words)}</text>')

    def check(self, x: float, y: float, **look: str) -> None:
        """Draw a tick of about 10 pixels, its middle at the point."""
        self.path(f"M{_n(x - 5)} {_n(y)}l3.5 4l6.5 -8", **{"stroke_width": "2", **look})

    def cross(self, x: float, y: float, **look: str) -> None:
        """Draw a cross of about 8 pixels, its middle at the point."""
        d = f"M{_n(x - 4)} {_n(y - 4)}l8 8m0 -8l-8 8"
        self.path(d, **{"stroke_width": "2", **look})

    def hatch(self, name: str, colour: str) -> str:
        """Define slanted lines as a fill and return what names it."""
        key = f"{self.chart_id}-{name}"
        self.parts.append(
            f'<defs><pattern id="{escape(key)}" width="6" height="6" '
            f'patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<rect width="6" height="6" fill="{PAPER}"/>'
            f'<rect width="3" height="6" fill="{colour}"/></pattern></defs>'
        )
        return f"url(#{key})"

    def finish(self, title: str, description: str, *, width: int, height: int) -> str:
        """Return the whole SVG on white, with title and description for those who cannot see it."""
        key = escape(self.chart_id)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" role="img" '
            f'aria-labelledby="{key}-title {key}-desc" font-family="{escape(FAMILY)}">'
            f'<title id="{key}-title">{_words(title)}</title>'
            f'<desc id="{key}-desc">{_words(description)}</desc>'
            f'<rect width="{width}" height="{height}" fill="{PAPER}"/>'
            f"{''.join(self.parts)}</svg>"
        )


def percent(value: Decimal) -> str:
    """Return a share in percent with one digit, half up as everywhere else.

    >>> percent(Decimal("92.25"))
    '92.3%'
    """
    return f"{value.quantize(_TENTH, rounding=ROUND_HALF_UP)}%"


def text_width(words: str, size: float = SIZE) -> float:
    """Return about how wide a line is, Hangul as wide as it is high.

    >>> text_width("가나", 10), text_width("ab", 10)
    (20.0, 11.2)
    """
    wide = sum(1.0 if east_asian_width(each) in "WF" else _SMALLEST_EM for each in words)
    return round(wide * size, 2)


def wrapped(words: str, width: float, *, size: float = SIZE, lines: int = 2) -> list[str]:
    """Return `words` on at most `lines` lines of `width` pixels, cut with an ellipsis.

    >>> wrapped("번호판과 얼굴 가림", 70)
    ['번호판과', '얼굴 가림']
    >>> wrapped("아주긴이름의항목입니다", 70)
    ['아주긴이름', '의항목입…']
    """
    found: list[str] = []
    rest = clean(words).strip()
    while rest and len(found) < lines:
        piece = _fitting(rest, width, size)
        found.append(piece.rstrip())
        rest = rest[len(piece) :].lstrip()
    if rest and found:
        last = found[-1]
        while last and text_width(f"{last}…", size) > width:
            last = last[:-1]
        found[-1] = f"{last.rstrip()}…"
    return found or [""]


def _fitting(words: str, width: float, size: float) -> str:
    """Return as much of the front as fits, up to a space where there is one."""
    end = 0
    while end < len(words) and text_width(words[: end + 1], size) <= width:
        end += 1
    end = max(1, end)
    if end < len(words):
        space = words.rfind(" ", 1, end + 1)
        if space > 0:
            return words[: space + 1]
    return words[:end]


def _words(text: str) -> str:
    kept = "".join(each for each in clean(text) if category(each) not in {"Cc", "Cs", "Co", "Cn"})
    return escape(kept, quote=False)


def _look(look: dict[str, str]) -> str:
    return "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in look.items())


def _n(value: float) -> str:
    """Return a number with two digits at most.

    >>> _n(12.0), _n(3.14159)
    ('12', '3.14')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
