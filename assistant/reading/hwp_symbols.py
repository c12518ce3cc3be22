"""Signs of Hangul's own fonts, which stand in private code points, as signs that everyone has."""

from __future__ import annotations

_WINGDINGS: dict[int, str] = {
    0xF06C: "●",
    0xF06D: "○",
    0xF06E: "■",
    0xF06F: "□",
    0xF071: "□",
    0xF075: "◆",
    0xF076: "❖",
    0xF09F: "•",
    0xF0A7: "▪",
    0xF0A8: "□",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0E8: "➔",
    0xF0FC: "✓",
    0xF0FE: "☑",
}
_BOXED = {0xF02B1 + offset: chr(0x2776 + offset) for offset in range(10)}  # 1 to 10 in a square
_SIGNS = str.maketrans(_WINGDINGS | _BOXED)


def legible(text: str) -> str:
    r"""Replace signs that only Hangul shows.

    >>> legible("\uf06d 모집")
    '○ 모집'
    """
    return text if text.isascii() else text.translate(_SIGNS)
