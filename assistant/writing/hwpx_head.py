"""`Contents/header.xml`: what the body refers to by number, gathered while the body is written."""

from __future__ import annotations

from typing import TypeVar

from lxml import etree

from assistant.writing.hwpx_looks import (
    FONTS,
    NO_BOX,
    OUTLINE_LEVELS,
    Box,
    Char,
    Line,
    Looks,
    Para,
    Style,
)
from assistant.writing.hwpx_xml import add, pt, root, serialised

_LANGUAGES = ("HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER")
_NO_CHAR = 4294967295
_KOREAN = 1042
_SILENT, _LADDER = 1, 2
_LADDER_FORMS = (
    ("DIGIT", "^1."),
    ("HANGUL_SYLLABLE", "^2."),
    ("DIGIT", "^3)"),
    ("HANGUL_SYLLABLE", "^4)"),
    ("DIGIT", "(^5)"),
    ("HANGUL_SYLLABLE", "(^6)"),
    ("CIRCLED_DIGIT", "^7"),
    ("CIRCLED_HANGUL_SYLLABLE", "^8"),
)
# A shape that stands for everything that Hangul numbers from 1.
OUTLINE_SHAPE = _SILENT

_Look = TypeVar("_Look")


class Head:
    """Gives every look its number, and the header that defines them all."""

    def __init__(self, looks: Looks) -> None:
        self._boxes: dict[Box, int] = {}
        self._chars: dict[Char, int] = {}
        self._paras: dict[Para, int] = {}
        self._styles = looks.styles()
        self._style_ids = {style.name: number for number, style in enumerate(self._styles)}
        self.box(NO_BOX)
        for style in self._styles:
            self.char(style.char)
            self.para(style.para)

    def box(self, box: Box) -> int:
        """Return the number of the box; boxes count from 1."""
        return _numbered(self._boxes, box) + 1

    def char(self, char: Char) -> int:
        """Return the number of the letter shape."""
        return _numbered(self._chars, char)

    def para(self, para: Para) -> int:
        """Return the number of the paragraph shape."""
        self.box(para.box)
        return _numbered(self._paras, para)

    def style(self, style: Style) -> int:
        """Return the number of the style."""
        return self._style_ids[style.name]

    def part(self) -> bytes:
        """Return the header part; everything the body uses must have been numbered before."""
        head = root("hh:head", {"version": "1.4", "secCnt": 1})
        counts = ("page", "footnote", "endnote", "pic", "tbl", "equation")
        add(head, "hh:beginNum", dict.fromkeys(counts, 1))
        lists = add(head, "hh:refList")
        _add_fonts(lists)
        boxes = add(lists, "hh:borderFills", {"itemCnt": len(self._boxes)})
        for box, number in self._boxes.items():
            _add_box(boxes, box, number + 1)
        chars = add(lists, "hh:charProperties", {"itemCnt": len(self._chars)})
        for char, number in self._chars.items():
            _add_char(chars, char, number)
        tabs = add(lists, "hh:tabProperties", {"itemCnt": 1})
        add(tabs, "hh:tabPr", {"id": 0, "autoTabLeft": 0, "autoTabRight": 0})
        _add_numberings(lists)
        paras = add(lists, "hh:paraProperties", {"itemCnt": len(self._paras)})
        for para, number in self._paras.items():
            _add_para(paras, para, number, box=self.box(para.box))
        self._add_styles(lists)
        _add_options(head)
        return serialised(head)

    def _add_styles(self, lists: etree._Element) -> None:
        styles = add(lists, "hh:styles", {"itemCnt": len(self._styles)})
        for number, style in enumerate(self._styles):
            attributes: dict[str, str | int] = {
                "id": number,
                "type": "PARA",
                "name": style.name,
                "engName": style.english,
                "paraPrIDRef": self.para(style.para),
                "charPrIDRef": self.char(style.char),
                "nextStyleIDRef": number,
                "langID": _KOREAN,
                "lockForm": 0,
            }
            add(styles, "hh:style", attributes)


def _numbered(known: dict[_Look, int], look: _Look) -> int:
    return known.setdefault(look, len(known))


def _add_fonts(lists: etree._Element) -> None:
    """Name the fonts of Hangul and, for machines without them, what may stand in."""
    faces = add(lists, "hh:fontfaces", {"itemCnt": len(_LANGUAGES)})
    for language in _LANGUAGES:
        face = add(faces, "hh:fontface", {"lang": language, "fontCnt": len(FONTS)})
        for number, (name, substitute, family) in enumerate(FONTS):
            kind: dict[str, str | int] = {"type": "TTF", "isEmbedded": 0}
            font = add(face, "hh:font", {"id": number, "face": name, **kind})
            add(font, "hh:substFont", {"face": substitute, **kind, "binaryItemIDRef": ""})
            traits = ("contrast", "strokeVariation", "armStyle", "letterform", "midline", "xHeight")
            info: dict[str, str | int] = {"familyType": family, "weight": 6, "proportion": 4}
            add(font, "hh:typeInfo", {**info, **dict.fromkeys(traits, 1)})


def _add_box(boxes: etree._Element, box: Box, number: int) -> None:
    attributes: dict[str, str | int] = {
        "id": number,
        "threeD": 0,
        "shadow": 0,
        "centerLine": "NONE",
        "breakCellSeparateLine": 0,
    }
    element = add(boxes, "hh:borderFill", attributes)
    for name in ("hh:slash", "hh:backSlash"):
        add(element, name, {"type": "NONE", "Crooked": 0, "isCounter": 0})
    edges = (
        ("left", box.left),
        ("right", box.right),
        ("top", box.top),
        ("bottom", box.bottom),
    )
    for side, line in edges:
        _add_line(element, f"hh:{side}Border", line)
    _add_line(element, "hh:diagonal", Line(kind="SOLID"))
    if box.fill:
        brush = add(element, "hc:fillBrush")
        ground: dict[str, str | int] = {"faceColor": box.fill, "hatchColor": "#000000", "alpha": 0}
        add(brush, "hc:winBrush", ground)


def _add_line(element: etree._Element, name: str, line: Line) -> None:
    add(element, name, {"type": line.kind, "width": f"{line.width_mm} mm", "color": line.color})


def _add_char(chars: etree._Element, char: Char, number: int) -> None:
    attributes: dict[str, str | int] = {
        "id": number,
        "height": pt(char.size),
        "textColor": char.color,
        "shadeColor": char.shade,
        "useFontSpace": 0,
        "useKerning": 0,
        "symMark": "NONE",
        "borderFillIDRef": 1,
    }
    element = add(chars, "hh:charPr", attributes)
    per_language = (
        ("hh:fontRef", char.font),
        ("hh:ratio", 100),
        ("hh:spacing", 0),
        ("hh:relSz", 100),
        ("hh:offset", 0),
    )
    for name, value in per_language:
        add(element, name, {language.lower(): value for language in _LANGUAGES})
    if char.is_bold:
        add(element, "hh:bold")
    add(element, "hh:underline", {"type": "NONE", "shape": "SOLID", "color": "#000000"})
    add(element, "hh:strikeout", {"shape": "NONE", "color": "#000000"})
    add(element, "hh:outline", {"type": "NONE"})
    shadow: dict[str, str | int] = {"color": "#C0C0C0", "offsetX": 10, "offsetY": 10}
    add(element, "hh:shadow", {"type": "NONE", **shadow})


def _add_numberings(lists: etree._Element) -> None:
    """Define the outline, which shows no number, and the ladder of official documents.

    The markers are text, so that every reader sees the same ones, counted by no program; an outline
    that showed numbers would show them twice. The ladder is there for whoever goes on in Hangul.
    """
    numberings = add(lists, "hh:numberings", {"itemCnt": 2})
    silent = [("DIGIT", "")] * len(_LADDER_FORMS)
    for number, forms in ((_SILENT, silent), (_LADDER, list(_LADDER_FORMS))):
        numbering = add(numberings, "hh:numbering", {"id": number, "start": 0})
        for level in range(1, 11):
            form, text = forms[level - 1] if level <= len(forms) else ("DIGIT", "")
            attributes: dict[str, str | int] = {
                "start": 1,
                "level": level,
                "align": "LEFT",
                "useInstWidth": 1 if text else 0,
                "autoIndent": 1 if text else 0,
                "widthAdjust": 0,
                "textOffsetType": "PERCENT",
                "textOffset": 50 if text else 0,
                "numFormat": form,
                "charPrIDRef": _NO_CHAR,
                "checkable": 0,
            }
            add(numbering, "hh:paraHead", attributes, text=text or None)


def _add_para(paras: etree._Element, para: Para, number: int, *, box: int) -> None:
    attributes: dict[str, str | int] = {
        "id": number,
        "tabPrIDRef": 0,
        "condense": 0,
        "fontLineHeight": 0,
        "snapToGrid": 1,
        "suppressLineNumbers": 0,
        "checked": 0,
    }
    element = add(paras, "hh:paraPr", attributes)
    add(element, "hh:align", {"horizontal": para.align, "vertical": "BASELINE"})
    level = min(para.outline, OUTLINE_LEVELS)
    heading: dict[str, str | int] = {"type": "OUTLINE" if level else "NONE", "idRef": 0}
    add(element, "hh:heading", {**heading, "level": max(level - 1, 0)})
    breaks: dict[str, str | int] = {
        "breakLatinWord": "KEEP_WORD",
        "breakNonLatinWord": "KEEP_WORD",
        "widowOrphan": 0,
        "keepWithNext": int(para.keeps_with_next),
        "keepLines": 0,
        "pageBreakBefore": 0,
        "lineWrap": "BREAK",
    }
    add(element, "hh:breakSetting", breaks)
    add(element, "hh:autoSpacing", {"eAsianEng": 0, "eAsianNum": 0})
    _add_measures(element, para)
    above, below = para.padding
    border = {"borderFillIDRef": box, "offsetLeft": 0, "offsetRight": 0, "offsetTop": pt(above)}
    border |= {"offsetBottom": pt(below), "connect": 0, "ignoreMargin": 0}
    add(element, "hh:border", border)


def _add_measures(element: etree._Element, para: Para) -> None:
    """Write the measures twice: older releases of Hangul read lengths in half units."""
    switch = add(element, "hp:switch")
    space = "http://www.hancom.co.kr/hwpml/2016/HwpUnitChar"
    case = add(switch, "hp:case", {f"{{{switch.nsmap['hp']}}}required-namespace": space})
    for branch, factor in ((case, 1), (add(switch, "hp:default"), 2)):
        margin = add(branch, "hh:margin")
        lengths = (
            ("intent", -para.hanging),
            ("left", para.left),
            ("right", 0.0),
            ("prev", para.before),
            ("next", para.after),
        )
        for name, length in lengths:
            add(margin, f"hc:{name}", {"value": pt(length) * factor, "unit": "HWPUNIT"})
        spacing: dict[str, str | int] = {"type": "PERCENT", "value": para.line_percent}
        add(branch, "hh:lineSpacing", {**spacing, "unit": "HWPUNIT"})


def _add_options(head: etree._Element) -> None:
    compatible = add(head, "hh:compatibleDocument", {"targetProgram": "HWP201X"})
    add(compatible, "hh:layoutCompatibility")
    option = add(head, "hh:docOption")
    add(option, "hh:linkinfo", {"path": "", "pageInherit": 0, "footnoteInherit": 0})
    add(head, "hh:trackchageConfig", {"flags": 56})  # spelled so by Hangul
