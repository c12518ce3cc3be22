"""`gongmun lint`: a file or standard input against the rules for official documents."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from assistant.commands.common import EXIT_FAILED, fail, print_json
from assistant.domain import Document
from assistant.errors import AssistantError
from assistant.officialdoc import (
    DocumentKind,
    Finding,
    Severity,
    fix_all,
    lint,
    plain_text,
    rulebook,
)
from assistant.wording import describe

EXIT_FOUND = 2
_STDIN = "-"
_WEIGHTS = {Severity.ERROR: "오류", Severity.WARNING: "확인", Severity.NOTE: "참고"}


def lint_file(path: str, *, kind: str | None, is_fixing: bool, as_json: bool) -> None:
    """Print what is to be put right in a file, or its text with every certain fix applied.

    The file itself is never changed. Ends with `EXIT_FOUND` when an error or warning is left.
    """
    wanted = DocumentKind(kind) if kind else None
    source = _standard_input() if path == _STDIN else _source(Path(path))
    text = source if isinstance(source, str) else plain_text(source)
    if is_fixing:
        source = text = fix_all(text, kind=wanted)
    findings = lint(source, kind=wanted)
    if as_json:
        print_json(
            {
                "findings": [_facts(one, text) for one in findings],
                **({"text": text} if is_fixing else {}),
            }
        )
    else:
        if is_fixing:
            click.echo(text, nl=not text.endswith("\n"))
        _report(findings, text, to_stderr=is_fixing)
    if any(one.severity is not Severity.NOTE for one in findings):
        raise SystemExit(EXIT_FOUND)


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        fail("표준 입력을 UTF-8로 읽을 수 없습니다. UTF-8 글로 보내 주십시오.", EXIT_FAILED)


def _source(path: Path) -> str | Document:
    """Return the text of a plain UTF-8 file as it is, anything else as the readers give it."""
    from assistant.reading import read

    try:
        data = path.read_bytes()
        document = read(data, file_name=path.name)
    except AssistantError as error:
        fail(describe(error))
    except OSError as error:
        fail(f"파일을 열지 못했습니다: {path} ({error.strerror}).")
    if document.media_type == "text/plain":
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            return document
    return document


def _facts(finding: Finding, text: str) -> dict[str, object]:
    place, fix = finding.place, finding.fix
    return {
        "rule": finding.rule,
        "title": rulebook()[finding.rule].title,
        "severity": finding.severity.value,
        "message": finding.message,
        "law": finding.article.law,
        "article": finding.article.label,
        "line": place.line,
        "start": place.start,
        "end": place.end,
        "block": place.block,
        "page": place.page,
        "found": text[place.start : place.end],
        "fix": None
        if fix is None
        else {
            "start": fix.start,
            "end": fix.end,
            "replacement": fix.replacement,
            "is_certain": fix.is_certain,
        },
    }


def _report(findings: Sequence[Finding], text: str, *, to_stderr: bool) -> None:
    for one in findings:
        page = f"{one.place.page}쪽 " if one.place.page else ""
        basis = f"{one.article.law} {one.article.label}".strip()
        start = text.rfind("\n", 0, one.place.start) + 1
        click.echo(
            f"{page}{one.place.line}줄 {one.place.start - start + 1}칸 "
            f"[{_WEIGHTS[one.severity]}] {one.message} ({basis}) {one.rule}",
            err=to_stderr,
        )
    counts = Counter(one.severity for one in findings)
    summary = " · ".join(f"{word} {counts[weight]}" for weight, word in _WEIGHTS.items())
    click.echo(summary, err=to_stderr)
