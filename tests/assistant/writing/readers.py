"""Readers of the written files that share no code with the writers or with our own readers."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import docx
import lxml.html
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_GANADA = "가나다라마바사아자차카타파하"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def squeezed(*texts: str) -> str:
    """The texts as one, without white space, Roman numbers in letters."""
    text = unicodedata.normalize("NFC", "".join(texts))
    text = "".join(unicodedata.normalize("NFKC", c) if "Ⅰ" <= c <= "Ⅿ" else c for c in text)
    return "".join(text.split())


def text_of_txt(data: bytes) -> str:
    body, _, _ = data.decode().rpartition("-" * 40)
    lines = (line for line in body.split("\n") if not re.fullmatch(r"\|[-|]+\|", line))
    return re.sub(r"\[그림: [^\n]*\]", "", "\n".join(lines)).replace("|", "")


def text_of_html(data: bytes) -> str:
    return page(data).body.text_content()


def page(data: bytes) -> Any:
    return lxml.html.document_fromstring(data.decode())


def text_of_md(data: bytes) -> str:
    text = lxml.html.document_fromstring(markdown_page(data)).text_content()
    return str(text)


def markdown_page(data: bytes) -> str:
    _, _, body = data.decode().split("---\n", 2)
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(body)
    return f"<html><body>{rendered}</body></html>"


def text_of_docx(data: bytes) -> str:
    return "\n".join(docx_lines(data))


def docx_lines(data: bytes) -> Iterator[str]:
    """Yield the text of paragraphs and cells, with the numbers that Word would count."""
    document = docx.Document(io.BytesIO(data))
    counter = _Counter(document)
    for item in document.iter_inner_content():
        if isinstance(item, docx.text.paragraph.Paragraph):
            yield f"{counter.mark(item)} {item.text}"
            continue
        for row in item.rows:
            for cell in row._tr.tc_lst:
                if cell.vMerge != "continue":
                    yield "\n".join(docx.text.paragraph.Paragraph(p, item).text for p in cell.p_lst)


class _Counter:
    """Counts lists as Word does, for the formats that the writer uses."""

    def __init__(self, document: DocxDocument) -> None:
        root = document.part.numbering_part.element
        self._levels: dict[str, dict[int, tuple[str, str]]] = {}
        lists = {a.get(qn("w:abstractNumId")): a for a in root.iter(qn("w:abstractNum"))}
        for num in root.iter(qn("w:num")):
            target = num.find(qn("w:abstractNumId")).get(qn("w:val"))
            self._levels[num.get(qn("w:numId"))] = {
                int(level.get(qn("w:ilvl"))): (
                    level.find(qn("w:numFmt")).get(qn("w:val")),
                    level.find(qn("w:lvlText")).get(qn("w:val")),
                )
                for level in lists[target].iter(qn("w:lvl"))
            }
        self._counts: dict[str, list[int]] = {}

    def mark(self, paragraph: Any) -> str:
        properties = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if properties is None or properties.numId.val == 0:
            return ""
        number, level = str(properties.numId.val), int(properties.ilvl.val)
        counts = self._counts.setdefault(number, [0] * 9)
        counts[level] += 1
        counts[level + 1 :] = [0] * (8 - level)
        form, text = self._levels[number][level]
        return text.replace(f"%{level + 1}", _shown(form, counts[level]))


def _shown(form: str, ordinal: int) -> str:
    if form in {"decimal", "bullet"}:
        return str(ordinal)
    letters = {"ganada": _GANADA, "decimalEnclosedCircle": _CIRCLED, "upperRoman": _ROMAN}
    return letters[form][ordinal - 1]
