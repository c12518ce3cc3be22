"""How a DOCX looks: fonts, sizes, paragraph styles and the settings of the file."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import DraftStyle
from assistant.writing.docx_xml import part, w
from assistant.writing.numbering import MAX_DEPTH

CITATION_STYLE = "Citation"
OPEN_STYLE = "OpenPlace"
HEADING_LIST, ITEM_LIST = 1, 2
_SANS, _SERIF = "맑은 고딕", "함초롬바탕"
# What stands in where a font is missing: Word takes the alternative name, then family and charset.
_FONTS = (
    (_SANS, "Malgun Gothic", "swiss", "020B0503020000020004"),
    (_SERIF, "HCR Batang", "roman", "02030504000101010101"),
)
_BOX_COLOUR, _ALARM, _CITED = "333333", "B00020", "1A4480"

# No gap of its own between Hangul and digits: "14일" is one word.
_UNSPACED = (w("autoSpaceDE", val=0), w("autoSpaceDN", val=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Font and sizes of a style of draft; sizes in points."""

    font: str
    body: float = 12
    title: float = 18
    line: int = 384  # in 240ths of a line: 160 %
    has_title_bars: bool = False

    @property
    def em(self) -> int:
        """Width of a Hangul syllable of the text, in twentieths of a point."""
        return round(self.body * 20)


LOOKS = {
    DraftStyle.OFFICIAL: Look(font=_SERIF),
    DraftStyle.REPORT: Look(font=_SANS, title=20, has_title_bars=True),
    DraftStyle.PLAIN: Look(font=_SANS, body=11, line=360),
}


def styles(style: DraftStyle) -> bytes:
    """Return the part with all styles that the body uses."""
    look = LOOKS[style]
    return part(
        "styles",
        _defaults(look),
        _style("Normal", "Normal", paragraph=_UNSPACED, is_default=True),
        *_title_styles(look),
        *(_heading(level, look) for level in range(1, 10)),
        *(_item(depth) for depth in range(1, MAX_DEPTH + 1)),
        *_small_styles(),
        *_character_styles(),
        _table_styles(),
    )


def fonts() -> bytes:
    """Return the part that says what may stand in for a missing font."""
    return part(
        "fonts",
        *(
            w(
                "font",
                w("altName", val=other),
                w("panose1", val=panose),
                w("charset", val="81"),
                w("family", val=family),
                w("pitch", val="variable"),
                name=name,
            )
            for name, other, family, panose in _FONTS
        ),
    )


def settings() -> bytes:
    """Return the settings of the file: Korean, and no older Word to be like."""
    uri = "http://schemas.microsoft.com/office/word"
    return part(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=480),
        w("characterSpacingControl", val="doNotCompress"),
        w("compat", w("compatSetting", name="compatibilityMode", uri=uri, val=15)),
        w("themeFontLang", val="en-US", eastAsia="ko-KR"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def _defaults(look: Look) -> str:
    font = w("rFonts", ascii=look.font, hAnsi=look.font, eastAsia=look.font, cs=look.font)
    language = w("lang", val="en-US", eastAsia="ko-KR")
    spacing = w("spacing", before=0, after=60, line=look.line, lineRule="auto")
    return w(
        "docDefaults",
        w("rPrDefault", w("rPr", font, *_size(look.body), language)),
        w("pPrDefault", w("pPr", spacing)),
    )


def _size(points: float) -> tuple[str, str]:
    return w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))


def _style(  # the fixed shape of a style takes these parts
    style_id: str,
    name: str,
    *,
    paragraph: tuple[str, ...] = (),
    text: tuple[str, ...] = (),
    is_default: bool = False,
    kind: str = "paragraph",
) -> str:
    attributes: dict[str, str | int] = {"type": kind}
    if is_default:
        attributes["default"] = 1
    based = w("basedOn", val="Normal") if kind == "paragraph" and not is_default else ""
    return w(
        "style",
        w("name", val=name),
        based,
        w("qFormat"),
        w("pPr", *paragraph) if paragraph else "",
        w("rPr", *text) if text else "",
        **attributes,
        styleId=style_id,
    )


def _title_styles(look: Look) -> tuple[str, ...]:
    bar: dict[str, str | int] = {"val": "single", "sz": 12, "space": 6, "color": _BOX_COLOUR}
    bars = (w("pBdr", w("top", **bar), w("bottom", **bar)),) if look.has_title_bars else ()
    box: dict[str, str | int] = {"val": "single", "sz": 6, "space": 4, "color": _ALARM}
    sides = (w(side, **box) for side in ("top", "left", "bottom", "right"))
    centre = w("jc", val="center")
    return (
        _style(
            "Title",
            "Title",
            paragraph=(
                w("keepNext"),
                *bars,
                w("spacing", before=240, after=360, line=312, lineRule="auto"),
                centre,
            ),
            text=(w("b"), w("bCs"), *_size(look.title)),
        ),
        _style(
            "AIStatement",
            "AI 표시",
            paragraph=(
                w("pBdr", *sides),
                w("spacing", after=300, line=264, lineRule="auto"),
                w("ind", left=100, right=100),
                centre,
            ),
            text=(w("b"), w("bCs"), w("color", val=_ALARM), *_size(10.5)),
        ),
    )


def _heading(level: int, look: Look) -> str:
    points = {1: look.body + 3, 2: look.body + 1.5}.get(level, look.body + 0.5)
    return _style(
        f"Heading{level}",
        f"heading {level}",
        paragraph=(
            w("keepNext"),
            w("keepLines"),
            w("spacing", before=320 if level == 1 else 200, after=80),
            w("outlineLvl", val=level - 1),
        ),
        text=(w("b"), w("bCs"), *_size(points)),
    )


def _item(depth: int) -> str:
    """Return the style of an item; whoever applies it in Word gets the next number."""
    number = w("numPr", w("ilvl", val=depth - 1), w("numId", val=ITEM_LIST))
    return _style(f"Item{depth}", f"항목 {depth}", paragraph=(number,))


def _small_styles() -> tuple[str, ...]:
    tight = w("spacing", after=0, line=288, lineRule="auto")
    return (
        _style(
            "Note",
            "참고",
            paragraph=(w("ind", left=360, hanging=360),),
            text=_size(10.5),
        ),
        _style(
            "Caption",
            "caption",
            paragraph=(
                w("spacing", before=160, after=60, line=288, lineRule="auto"),
                w("jc", val="center"),
            ),
            text=(w("b"), w("bCs"), *_size(10.5)),
        ),
        _style("TableText", "표 글", paragraph=(tight,), text=_size(10.5)),
        _style(
            "TableHead",
            "표 머리",
            paragraph=(tight, w("jc", val="center")),
            text=(w("b"), w("bCs"), *_size(10.5)),
        ),
        _style(
            "TableGap",
            "표 뒤",
            paragraph=(w("spacing", after=0, line=160, lineRule="exact"),),
            text=_size(4),
        ),
        _style(
            "Picture",
            "그림",
            paragraph=(
                w("keepLines"),
                w("spacing", before=120, after=60, line=240, lineRule="auto"),
                w("jc", val="center"),
            ),
        ),
        _style(
            "Source",
            "근거",
            paragraph=(
                w("spacing", after=60, line=288, lineRule="auto"),
                w("ind", left=420, hanging=420),
            ),
            text=_size(10.5),
        ),
        _style("Footer", "footer", paragraph=(w("jc", val="center"),), text=_size(10)),
    )


def _character_styles() -> tuple[str, ...]:
    mark = w("shd", val="clear", color="auto", fill="FFF2CC")
    return (
        _style(
            CITATION_STYLE,
            "인용 번호",
            text=(w("color", val=_CITED), w("vertAlign", val="superscript")),
            kind="character",
        ),
        _style(
            OPEN_STYLE,
            "확인 필요",
            text=(w("b"), w("bCs"), w("color", val="9C0000"), mark),
            kind="character",
        ),
    )


def _table_styles() -> str:
    line: dict[str, str | int] = {"val": "single", "sz": 4, "space": 0, "color": "555555"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    margins = {"top": 40, "left": 100, "bottom": 40, "right": 100}
    return w(
        "style",
        w("name", val="Table Grid"),
        w("qFormat"),
        w(
            "tblPr",
            w("tblBorders", *(w(side, **line) for side in sides)),
            w("tblCellMar", *(w(side, w=width, type="dxa") for side, width in margins.items())),
        ),
        type="table",
        styleId="TableGrid",
    )
