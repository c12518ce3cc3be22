"""What the fuzzer begins with: the files of a folder, and a small made-up file of each kind."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path

from assistant.domain import (
    Draft,
    DraftSource,
    DraftStyle,
    Heading,
    Note,
    Paragraph,
    Run,
    Table,
    TableCell,
)
from assistant.writing import FORMATS, write
from assistant.writing.tables import NamedTable, write_tables

_LARGEST = 6_000_000  # a file of the folder beyond this would be read a few times only
_TEXT = "가나시 비품 대장은 매년 1월 10일까지 적는다."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A file that is read as it is; `kind` is the suffix of its name."""

    name: str
    data: bytes

    @property
    def kind(self) -> str:
        """Suffix of the name, without its dot."""
        return self.name.rpartition(".")[2].lower()


def seeds(folder: Path | None) -> list[Seed]:
    """Return the files of the folder and the made-up ones."""
    found = [] if folder is None else list(_of_folder(folder))
    return [*found, *made_up()]


def _of_folder(folder: Path) -> Iterator[Seed]:
    for path in sorted(folder.rglob("*")):
        is_file = path.is_file() and path.name != "MANIFEST.tsv"
        if is_file and path.stat().st_size <= _LARGEST:
            yield Seed(name=path.name, data=path.read_bytes())


def made_up() -> list[Seed]:
    """Return small invented files: the drafts of our writers, tables, slides, a mail, archives."""
    made = [Seed(name=f"draft.{fmt}", data=write(_draft(), fmt)) for fmt in FORMATS]
    rows = [(f"{number}호", number * 1_000, date(2026, 1, 1)) for number in range(1, 20)]
    tables = [NamedTable(name="비품", header=("이름", "금액(원)", "날짜"), rows=rows)]
    made += [
        Seed(name="rows.xlsx", data=write_tables(tables, "xlsx")),
        Seed(name="rows.csv", data=write_tables(tables, "csv")),
        Seed(name="sheet.ods", data=_sheet()),
        Seed(name="page.html", data=_page()),
        Seed(name="rule.txt", data=_rule().encode()),
    ]
    if find_spec("pptx"):  # comes with the packages for development
        made.append(Seed(name="slides.pptx", data=_slides()))
    small = [seed for seed in made if seed.kind in {"docx", "html", "csv"}]
    mail = Seed(name="letter.eml", data=_mail(small))
    return [*made, mail, Seed(name="several.zip", data=_zip([*small, mail]))]


def _draft() -> Draft:
    def runs(text: str) -> tuple[Run, ...]:
        return (Run(text=text, sources=(1,)),)

    cells = (
        (TableCell(runs=runs("구분"), col_span=2), TableCell(runs=runs("금액"))),
        (TableCell(runs=runs("가"), row_span=2), *(TableCell(runs=runs("1")),) * 2),
        (TableCell(runs=runs("2")), TableCell(runs=runs("3"))),
    )
    return Draft(
        title="가나시 비품 관리 계획",
        style=DraftStyle.OFFICIAL,
        blocks=(
            Heading(runs=runs("개요")),
            Paragraph(runs=runs(_TEXT), depth=1),
            Paragraph(runs=runs(_TEXT), depth=2),
            Table(rows=cells, header_rows=1, caption="비품"),
            Note(runs=runs("지어낸 내용이다.")),
        ),
        sources=(DraftSource(number=1, where="가나시 비품 관리 규칙 제3조", quote=_TEXT),),
    )


def _slides() -> bytes:
    from pptx import Presentation

    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "비품 관리 계획"
    table = slide.shapes.add_table(3, 2, 0, 0, 1_000_000, 1_000_000).table
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 0).text = _TEXT
    file = io.BytesIO()
    show.save(file)
    return file.getvalue()


def _sheet() -> bytes:
    row = (
        "<table:table-row><table:table-cell office:value-type='string' "
        f"table:number-columns-spanned='2'><text:p>{_TEXT}</text:p></table:table-cell>"
        "<table:covered-table-cell/><table:table-cell table:number-columns-repeated='3' "
        "office:value-type='float' office:value='12'><text:p>12</text:p></table:table-cell>"
        "</table:table-row>"
    )
    name = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content "
        f"xmlns:office='{name}:office:1.0' xmlns:table='{name}:table:1.0' "
        f"xmlns:text='{name}:text:1.0' office:version='1.2'><office:body><office:spreadsheet>"
        f"<table:table table:name='표'>{row * 4}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f"<manifest:manifest xmlns:manifest='{name}:manifest:1.0'><manifest:file-entry "
        f"manifest:full-path='/' manifest:media-type='{kind}'/></manifest:manifest>"
    )
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return _packed({part: text.encode() for part, text in parts.items()})


def _page() -> bytes:
    row = f"<tr><th colspan=2>{_TEXT}</th></tr><tr><td rowspan=2>가<td>1</tr><tr><td>2</tr>"
    page = f"<h1>계획</h1><ul><li>{_TEXT}</ul><table>{row * 3}</table><p hidden>숨김</p>"
    return f"<!doctype html><html><meta charset=utf-8><body>{page}</body></html>".encode()


def _rule() -> str:
    articles = "".join(
        f"제{number}조(비품) 비품은 다음과 같다. <개정 2026. 1. 2.>\n① {_TEXT}\n"
        f"  1. 책상\n    가. 나무로 된 것\n② 제{number}조제1항제1호를 따른다.\n"
        for number in range(1, 8)
    )
    return (
        f"가나시 비품 관리 규칙\n\n제1장 총칙\n{articles}부칙\n이 규칙은 공포한 날부터 시행한다.\n"
    )


def _mail(attached: list[Seed]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "비품 대장 송부"
    message["From"], message["To"] = "sender@example.invalid", "receiver@example.invalid"
    message.set_content(_TEXT)
    message.add_alternative(f"<p>{_TEXT}</p>", subtype="html")
    for seed in attached:
        message.add_attachment(
            seed.data, maintype="application", subtype="octet-stream", filename=seed.name
        )
    return message.as_bytes()


def _zip(members: list[Seed]) -> bytes:
    return _packed({member.name: member.data for member in members})


def _packed(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return file.getvalue()
