"""Fills and checks templates: one core and one syntax for HWPX and DOCX."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.errors import DocumentUnreadableError, TemplateFaultError, UnsupportedFormatError
from assistant.filling.dialect import Dialect, Numbers
from assistant.filling.docx import DOCX
from assistant.filling.hwpx import HWPX
from assistant.filling.marking import Marked, mark
from assistant.filling.package import Element, Package, open_package, parse_xml, write_xml
from assistant.filling.rendering import Renderer
from assistant.filling.report import TemplateReport
from assistant.filling.survey import Survey
from assistant.filling.values import plain

_ZIP = b"PK\x03\x04"
_WIDE_BRACES = ("｛".encode(), "｝".encode())


@dataclass(frozen=True, slots=True)
class _Opened:
    """A template with its tags marked: the parts that hold any, and what was found in them."""

    package: Package
    dialect: Dialect
    parts: Mapping[str, Element]
    marked: Marked
    survey: Survey


def check(template: bytes) -> TemplateReport:
    """Return what a template asks for and what keeps it from being filled.

    Raises:
        DocumentTooLargeError: It is over a limit.
        DocumentUnreadableError: It is damaged, encrypted or hostile.
        UnsupportedFormatError: It is neither HWPX nor DOCX.
    """
    opened = _open(template)
    return TemplateReport(
        kind=opened.dialect.kind,
        fields=tuple(opened.survey.fields),
        loops=tuple(opened.survey.loops),
        conditions=tuple(opened.survey.conditions),
        faults=tuple(opened.marked.faults),
    )


def fill(template: bytes, values: Mapping[str, object]) -> bytes:
    """Return the document that a template makes of these values.

    Members of the package keep their order and compression; parts without tags keep their bytes.

    Raises:
        DocumentTooLargeError: The template is over a limit.
        DocumentUnreadableError: It is damaged, encrypted or hostile.
        TemplateFaultError: It has faults; `check` says the same.
        TemplateInputError: Values are missing or do not fit; it names all of them.
        UnsupportedFormatError: It is neither HWPX nor DOCX.
    """
    opened = _open(template)
    if opened.marked.faults:
        raise TemplateFaultError(faults=tuple(f.words() for f in opened.marked.faults))
    scope = plain(values)
    numbers = opened.dialect.numbers(opened.package)
    _render(opened, scope, numbers)
    changed = opened.dialect.leftovers(opened.package) if opened.parts else {}
    for name, root in opened.parts.items():
        opened.dialect.finish(root, numbers)
        changed[name] = write_xml(root)
    return opened.package.rewritten(changed)


def _render(opened: _Opened, scope: Mapping[str, object], numbers: Numbers) -> None:
    renderer = Renderer(opened.marked, opened.dialect, numbers)
    try:
        for root in opened.parts.values():
            renderer.fill(root, scope)
    except RecursionError as error:
        raise DocumentUnreadableError(reason="hostile") from error
    renderer.raise_faults()


def _open(template: bytes) -> _Opened:
    if not template.startswith(_ZIP):
        raise UnsupportedFormatError(detected="other")
    package = open_package(template)
    dialect = _dialect(package)
    marked = Marked()
    survey = Survey(marked, dialect)
    parts = {}
    for name, words in dialect.parts(package):
        data = package.part(name)
        if _may_hold_tags(data):
            root = parse_xml(data)
            if mark(root, dialect, words, marked):
                parts[name] = root
    _survey(survey, parts.values())
    return _Opened(package, dialect, parts, marked, survey)


def _survey(survey: Survey, roots: Iterable[Element]) -> None:
    try:
        for root in roots:
            survey.walk(root, {})
    except RecursionError as error:
        raise DocumentUnreadableError(reason="hostile") from error


def _dialect(package: Package) -> Dialect:
    for dialect in (HWPX, DOCX):
        if next(dialect.parts(package), None) is not None:
            return dialect
    raise UnsupportedFormatError(detected="zip")


def _may_hold_tags(data: bytes) -> bool:
    """Spare the parts in which not even a brace stands, in whatever encoding or spelling."""
    is_eight_bit = b"\0" not in data[:64]
    return not is_eight_bit or any(sign in data for sign in (b"{", b"}", *_WIDE_BRACES, b"&#"))
