"""Makes office files for tests, mostly with the libraries that offices use; content is invented."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage

import docx
import openpyxl
import pptx
from openpyxl.comments import Comment
from pptx.util import Cm

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def packed(members: Mapping[str, bytes | str]) -> bytes:
    """A deflated zip of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def word(body: str, **parts: str) -> bytes:
    """A Word file of a body in `w:` elements; `parts` are further parts such as `numbering`."""
    links = "".join(
        f'<Relationship Id="r{name}" Type="http://x/relationships/{name.rstrip("0123456789")}" '
        f'Target="{name}.xml"/>'
        for name in parts
    )
    names = (
        f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    further = {
        f"word/{name}.xml": f"<w:{_root(name)} {names}>{xml}</w:{_root(name)}>"
        for name, xml in parts.items()
    }
    return packed(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "word/document.xml": f"<w:document {names}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
            **further,
        }
    )


def _root(name: str) -> str:
    return {"header1": "hdr", "header2": "hdr", "footer1": "ftr"}.get(name, name)


def par(text: str, properties: str = "", marks: str = "") -> str:
    """A paragraph of one run."""
    run = f"<w:r><w:rPr>{marks}</w:rPr><w:t>{text}</w:t></w:r>"
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}</w:p>"


def changed(data: bytes, changes: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """The package with some parts rewritten or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    for name, change in changes.items():
        members[name] = change if isinstance(change, bytes) else change(members[name])
    return packed(members)


def saved_word() -> bytes:
    """A Word file as python-docx saves it: headings, a list, a table with merged cells."""
    document = docx.Document()
    document.core_properties.title = "무인 안내기 시범구매 계획(예시)"
    document.add_heading("추진 배경", level=1)
    document.add_paragraph("가나시는 무인 안내기를 시범구매한다.")
    document.add_paragraph("현장 조사", style="List Number")
    document.add_paragraph("구매 결정", style="List Number")
    table = document.add_table(rows=3, cols=3)
    for row, texts in enumerate(
        (("구분", "금액", ""), ("", "국비", "시비"), ("안내기", "10", "20"))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    document.sections[0].header.paragraphs[0].text = "가나시 혁신구매팀"
    return _saved(document.save)


def saved_book(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A workbook as openpyxl saves it."""
    book = openpyxl.Workbook()
    fill(book)
    return _saved(book.save)


def sample_book(book: openpyxl.Workbook) -> None:
    """A sheet with a title, a head, merged cells, dates and shares; one hidden sheet."""
    sheet = book.active
    sheet.title = "구매 현황"
    rows = (
        ("시범구매 현황", None, None, None),
        ("품명", "구매일", "금액(원)", "집행률"),
        ("무인 안내기", dt.date(2026, 5, 6), 12_000_000, 0.125),
        (None, dt.datetime.fromisoformat("2026-05-07T09:30"), 3_500_000.0, 1),
        ("안내 의자", dt.date(2026, 6, 1), 1234.5, 0.5),
    )
    for row in rows:
        sheet.append(row)
    for row in range(3, 6):
        sheet.cell(row, 4).number_format = "0.0%"
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A3:A4")
    sheet["C3"].comment = Comment("부가세 확인", "담당")
    secret = book.create_sheet("숨긴 시트")
    secret["A1"] = "내부 단가"
    secret.sheet_state = "hidden"


def saved_slides() -> bytes:
    """Three slides: texts out of order, a table with merged cells and notes; one hidden."""
    show = pptx.Presentation()
    first = show.slides.add_slide(show.slide_layouts[5])
    first.shapes.title.text = "시범구매 결과(예시)"
    for top, text in ((12, "아래 글"), (6, "위 글")):
        box = first.shapes.add_textbox(Cm(2), Cm(top), Cm(10), Cm(2))
        box.text_frame.text = text
    group = first.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(2), Cm(16), Cm(5), Cm(1)).text_frame.text = "묶인 글"
    first.notes_slide.notes_text_frame.text = "발표할 때 강조"
    second = show.slides.add_slide(show.slide_layouts[5])
    second.shapes.title.text = "예산"
    table = second.shapes.add_table(2, 2, Cm(2), Cm(6), Cm(10), Cm(3)).table
    table.cell(0, 0).text = "합친 칸"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).text, table.cell(1, 1).text = "금액", "10"
    third = show.slides.add_slide(show.slide_layouts[5])
    third.shapes.title.text = "숨긴 장"
    third._element.set("show", "0")
    return _saved(show.save)


def mail(
    *,
    text: str | None = "첨부를 확인해 주십시오.",
    html: str | None = None,
    attachments: Mapping[str, bytes] | None = None,
) -> bytes:
    """A mail as a mail program writes it."""
    message = EmailMessage()
    message["From"] = "가나시 <office@sample.example>"
    message["To"] = "조달기업 <firm@sample.example>"
    message["Date"] = "Mon, 23 Nov 2026 09:00:00 +0900"
    message["Subject"] = "시범구매 자료 요청(예시)"
    if text is not None:
        message.set_content(text)
    if html is not None:
        add = message.set_content if text is None else message.add_alternative
        add(html, subtype="html")
    for name, data in (attachments or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()
