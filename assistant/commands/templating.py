"""`gongmun template check` and `gongmun template fill`."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict
from pathlib import Path

import click
import yaml
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.commands.common import EXIT_FAILED, fail, plain_errors, print_json
from assistant.errors import TemplateFaultError
from assistant.filling import TemplateReport
from assistant.filling import check as check_template
from assistant.filling import fill as fill_template

_REPEATS = {"rows": "표의 줄", "paragraphs": "문단", "text": "글"}
_File = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def template() -> None:
    """Check and fill templates written in Hangul or Word (서식 점검·채우기)."""


@template.command()
@click.argument("path", metavar="FILE", type=_File)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check(path: Path, *, as_json: bool) -> None:
    """List the fields of a template and its faults (서식의 항목과 고칠 곳).

    Exit code 1 when the template cannot be filled as it stands.
    """
    with plain_errors():
        report = check_template(path.read_bytes())
    if as_json:
        print_json({**asdict(report), "usable": report.is_usable})
    else:
        _print_report(report)
    if not report.is_usable:
        raise SystemExit(EXIT_FAILED)


@template.command()
@click.argument("path", metavar="FILE", type=_File)
@click.argument("values_path", metavar="VALUES", type=_File)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write.",
)
def fill(path: Path, values_path: Path, output: Path) -> None:
    """Fill a template with the values of a JSON or YAML file (서식 채우기).

    Nothing is written when a value is missing or the template has a fault.
    """
    values = _values(values_path)
    with plain_errors():
        try:
            made = fill_template(path.read_bytes(), values)
        except TemplateFaultError as error:
            fail("\n".join(("서식에 고칠 곳이 있습니다.", *error.faults)))
    _write(output, made)
    click.echo(f"{output}: 서식을 채웠습니다.")


def _values(path: Path) -> dict[str, object]:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        fail(f"{path}: JSON 또는 YAML로 읽을 수 없습니다. UTF-8로 저장했는지 확인하십시오.")
    if not isinstance(found, dict):
        fail(f"{path}: 맨 바깥은 ‘이름: 값’의 묶음이어야 합니다.")
    return {str(name): value for name, value in found.items()}


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".gongmun-")
        with os.fdopen(handle, "wb") as target:
            target.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        fail(f"{path}: 쓰지 못했습니다. 폴더와 권한을 확인하십시오. ({error.strerror})")


def _print_report(report: TemplateReport) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("항목", "필수", "자리"):
        table.add_column(heading, overflow="fold")
    required = {field.name for field in report.fields if field.is_required}
    first = {field.name: field.place for field in reversed(report.fields)}
    for name in report.names():
        cells = (name, "예" if name in required else "", first[name].words())
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
    for loop in report.loops:
        click.echo(f"되풀이: {loop.list_name} ({_REPEATS[loop.repeats]}) - {loop.place.words()}")
    for condition in report.conditions:
        click.echo(f"조건: {condition.text} - {condition.place.words()}")
    for fault in report.faults:
        click.echo(f"고칠 곳: {fault.words()}")
    click.echo("고칠 곳이 없습니다." if report.is_usable else f"고칠 곳 {len(report.faults)}군데")
