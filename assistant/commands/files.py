"""`gongmun read` and `gongmun convert`: one file in, shown or written again in another format."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click

from assistant.domain import AsideKind, Block, BlockKind, Document
from assistant.errors import AssistantError
from assistant.reading import read
from assistant.wording import describe, warning_text
from assistant.writing import write
from assistant.writing.from_document import to_draft, to_table
from assistant.writing.grid import laid_out
from assistant.writing.plain import draw

EXIT_FAILED = 1
_ASIDES = {
    AsideKind.MEMO: "메모",
    AsideKind.HIDDEN: "숨은 글",
    AsideKind.INSTRUCTION: "안내문",
}


def read_file(path: Path, *, as_json: bool) -> None:
    """Print what was read of the file: blocks, then what stands beside them, then warnings."""
    document = _read(path)
    if as_json:
        import json

        click.echo(json.dumps(asdict(document), ensure_ascii=False, indent=1))
        return
    for line in _lines(document):
        click.echo(line)
    for warning in document.warnings:
        place = f" ({warning.page}쪽)" if warning.page else ""
        click.echo(f"확인: {warning_text(warning.code) or warning.code}{place}", err=True)


def convert_file(path: Path, *, to: str, out: Path | None, force: bool) -> None:
    """Write the file again in the format `to`, beside it unless `out` says where."""
    target = out or path.with_suffix(f".{to}")
    if target.is_dir():
        target = target / f"{path.stem}.{to}"
    if target.exists() and (not force or target.samefile(path)):
        _fail(f"이미 있는 파일입니다: {target}. 다른 이름을 -o로 주거나 --force로 덮어쓰십시오.")
    document = _read(path)
    try:
        data = write(to_draft(document), to)
        _save(target, data)
    except AssistantError as error:
        _fail(describe(error))
    except OSError as error:
        _fail(f"파일을 쓰지 못했습니다: {target} ({error.strerror}).")
    for warning in document.warnings:
        click.echo(f"확인: {warning_text(warning.code) or warning.code}", err=True)
    click.echo(str(target))


def _read(path: Path) -> Document:
    try:
        return read(path.read_bytes(), file_name=path.name)
    except AssistantError as error:
        _fail(describe(error))
    except OSError as error:
        _fail(f"파일을 열지 못했습니다: {path} ({error.strerror}).")


def _save(target: Path, data: bytes) -> None:
    """Put the whole file in place at once, so that a failure leaves no half of it."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".gongmun-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(target)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _lines(document: Document) -> Iterator[str]:
    yield f"제목: {document.title}"
    yield f"형식: {document.media_type}"
    if document.page_count:
        yield f"쪽수: {document.page_count}"
    yield ""
    page = None
    for block in document.blocks:
        if block.locator.page != page:
            page = block.locator.page
            yield f"--- {page}쪽 ---"
        yield from _block(block)
        yield ""
    if document.asides:
        yield "--- 본문 밖의 글 ---"
        yield from (f"[{_ASIDES[aside.kind]}] {aside.text}" for aside in document.asides)


def _block(block: Block) -> Iterator[str]:
    mark = "[OCR] " if block.is_ocr else ""
    if block.kind is BlockKind.TABLE:
        if block.caption:
            yield mark + block.caption
        yield from draw(laid_out(to_table(block)))
    elif block.kind is BlockKind.HEADING:
        yield f"{mark}{'#' * max(block.level, 1)} {block.text}"
    else:
        indent = "  " * max(block.level - 1, 0) if block.kind is BlockKind.LIST_ITEM else ""
        yield "\n".join(indent + line for line in (mark + block.text).split("\n"))


def _fail(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(EXIT_FAILED)
