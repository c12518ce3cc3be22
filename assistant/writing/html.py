"""One HTML page that stands alone: no script, nothing fetched, pictures within it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape

from assistant.domain import (
    Draft,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Runs,
    Table,
)
from assistant.writing.facts import facts
from assistant.writing.grid import Grid, PlacedCell, laid_out
from assistant.writing.numbering import (
    SOURCES_HEADING,
    NumberedBlock,
    Piece,
    ai_line,
    citation,
    numbered,
    pieces,
    source_text,
)
from assistant.writing.pictures import picture_shape

_DEEPEST = 6
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
_META_NAMES = {
    "summary": "description",
    "keywords": "keywords",
    "generator": "generator",
    "institution": "author",
    "created_at": "dcterms.created",
}
_STYLE = """
@page { size: A4; margin: 20mm 20mm 15mm;
  @bottom-center { content: "- " counter(page) " -"; font-size: 10pt; } }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #111; font-size: 12pt; line-height: 1.7;
  font-family: "Pretendard GOV", "맑은 고딕", "Malgun Gothic", "함초롬돋움", "Apple SD Gothic Neo",
    "NanumGothic", "나눔고딕", sans-serif; word-break: keep-all; overflow-wrap: anywhere; }
main { max-width: 170mm; margin: 0 auto; padding: 12mm 5mm; }
h1 { margin: 0 0 8mm; font-size: 20pt; line-height: 1.4; text-align: center; }
h2, h3, h4, h5, h6 { margin: 1.2em 0 .4em; font-size: 13pt; break-after: avoid; }
h2 { font-size: 15pt; }
p { margin: .35em 0; min-height: 1.7em; white-space: pre-wrap; }
.report h1 { padding: 3mm 0; border: solid #333; border-width: 1.5pt 0; }
.item { display: grid; grid-template-columns: auto 1fr; column-gap: .5em; }
.ai { margin: 0 0 6mm; padding: 1mm 3mm; border: 1pt solid #b00020; color: #b00020;
  font-size: 10.5pt; font-weight: bold; text-align: center; }
.open { background: #fff2cc; color: #9c0000; font-weight: bold; }
.cite { color: #1a4480; font-size: .75em; vertical-align: super; text-decoration: none; }
.note { font-size: 10.5pt; }
.center { text-align: center; } .right { text-align: right; }
table { width: 100%; margin: .8em 0; border-collapse: collapse; table-layout: fixed;
  font-size: 11pt; line-height: 1.45; }
caption, figcaption { padding: .3em 0; font-size: 11pt; font-weight: bold; text-align: center; }
th, td { padding: 1.2mm 2mm; border: .5pt solid #555; vertical-align: middle; text-align: left;
  white-space: pre-wrap; }
th { background: #eef1f5; text-align: center; }
thead { display: table-header-group; } tr { break-inside: avoid; }
figure { margin: .8em 0; text-align: center; break-inside: avoid; }
img { max-width: 100%; height: auto; }
.break { break-before: page; }
.sources { margin-top: 8mm; padding-top: 2mm; border-top: 1pt solid #333; font-size: 10.5pt; }
@media print { main { max-width: none; padding: 0; } }
""".strip()


def write(draft: Draft) -> bytes:
    """Return the draft as a UTF-8 page; every character of the draft is text in it."""
    return "\n".join(
        ["<!DOCTYPE html>", '<html lang="ko">', *_head(draft), *_body(draft), "</html>", ""]
    ).encode()


def html_table(grid: Grid, *, caption: str, is_plain: bool = True) -> str:
    """Return a table element; a plain one has neither classes nor widths."""
    lines = ["<table>"]
    if caption:
        lines.append(f"<caption>{escape(caption)}</caption>")
    if not is_plain:
        columns = "".join(f'<col style="width:{width:.2%}">' for width in grid.widths)
        lines.append(f"<colgroup>{columns}</colgroup>")
    header, body = grid.rows[: grid.header_rows], grid.rows[grid.header_rows :]
    for name, tag, rows in (("thead", "th", header), ("tbody", "td", body)):
        if rows:
            cells = ("".join(_cell(cell, tag, is_plain) for cell in row) for row in rows)
            lines += [f"<{name}>", *(f"<tr>{row}</tr>" for row in cells), f"</{name}>"]
    return "\n".join([*lines, "</table>"])


def _cell(placed: PlacedCell, tag: str, is_plain: bool) -> str:
    attributes = ""
    if tag == "th":
        attributes += f' scope="{"colgroup" if placed.col_span > 1 else "col"}"'
    if placed.row_span > 1:
        attributes += f' rowspan="{placed.row_span}"'
    if placed.col_span > 1:
        attributes += f' colspan="{placed.col_span}"'
    if not is_plain and placed.cell.align != "left":
        attributes += f' class="{placed.cell.align}"'
    text = "".join(_piece(piece, is_plain=is_plain) for piece in pieces(placed.cell.runs))
    return f"<{tag}{attributes}>{text}</{tag}>"


def _head(draft: Draft) -> Iterator[str]:
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(draft.title)}</title>"
    for fact in facts(draft):
        name = _META_NAMES.get(fact.key, f"gongmun:{fact.key}")
        yield f'<meta name="{name}" content="{escape(fact.value)}">'
    yield f"<style>\n{_STYLE}\n</style>"
    yield "</head>"


def _body(draft: Draft) -> Iterator[str]:
    yield f'<body class="{draft.style.value}">'
    yield "<main>"
    line = ai_line(draft)
    if line:
        yield f'<p class="ai" role="note">{escape(line)}</p>'
    if draft.title:
        yield f"<h1>{escape(draft.title)}</h1>"
    for block in numbered(draft):
        yield from _block(block)
    if draft.sources:
        yield f'<section class="sources">\n<h2>{SOURCES_HEADING}</h2>'
        for source in draft.sources:
            mark = f"<span>{citation(source.number)}</span>"
            text = f"<span>{escape(source_text(source))}</span>"
            yield f'<p class="item" id="source-{source.number}">{mark} {text}</p>'
        yield "</section>"
    yield "</main>"
    yield "</body>"


def _block(found: NumberedBlock) -> Iterator[str]:
    block = found.block
    if isinstance(block, Heading):
        tag = f"h{min(max(block.level, 1) + 1, _DEEPEST)}"
        marker = f"{escape(found.marker)} " if found.marker else ""
        yield f"<{tag}>{marker}{_inline(block.runs)}</{tag}>"
    elif isinstance(block, Paragraph):
        yield _paragraph(block, found.marker)
    elif isinstance(block, Note):
        yield _marked_paragraph(block.runs, found.marker, "note")
    elif isinstance(block, Table):
        yield html_table(laid_out(block), caption=found.caption, is_plain=False)
    elif isinstance(block, Picture):
        yield _figure(block, found.caption)
    elif isinstance(block, PageBreak):
        yield '<div class="break"></div>'


def _paragraph(block: Paragraph, marker: str) -> str:
    if not marker:
        place = f' class="{block.align}"' if block.align != "left" else ""
        return f"<p{place}>{_inline(block.runs)}</p>"
    indent = f"margin-left:{min(block.depth, 8) - 1}em"
    return _marked_paragraph(block.runs, marker, block.align, indent)


def _marked_paragraph(runs: Runs, marker: str, name: str, indent: str = "") -> str:
    style = f' style="{indent}"' if indent else ""
    if not marker:
        return f'<p class="{name}"{style}>{_inline(runs)}</p>'
    inner = f"<span>{escape(marker)}</span> <span>{_inline(runs)}</span>"
    return f'<p class="item {name}"{style}>{inner}</p>'


def _inline(runs: Runs) -> str:
    return "".join(map(_piece, pieces(runs)))


def _piece(piece: Piece, *, is_plain: bool = False) -> str:
    text = escape(piece.text).replace("\n", "<br>")
    if piece.source is not None and not is_plain:
        return f'<a class="cite" href="#source-{piece.source}">{text}</a>'
    if piece.is_open and not is_plain:
        return f'<mark class="open">{text}</mark>'
    return f"<strong>{text}</strong>" if piece.is_bold else text


def _figure(picture: Picture, caption: str) -> str:
    shape = picture_shape(picture.data)
    below = f"<figcaption>{escape(caption)}</figcaption>" if caption else ""
    if shape is None:
        return f"<figure><p>[그림: {escape(picture.alt)}]</p>{below}</figure>"
    coded = base64.b64encode(picture.data).decode("ascii")
    width = f"width:{picture.width_mm:g}mm"
    source = f"data:{shape.media_type};base64,{coded}"
    return (
        f'<figure><img style="{width}" alt="{escape(picture.alt)}" src="{source}">{below}</figure>'
    )
