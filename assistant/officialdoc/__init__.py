"""Rules for official documents: a linter with fixes, and pieces in their official form."""

from assistant.officialdoc.amounts import format_amount, hangul_amount, parse_hangul_amount
from assistant.officialdoc.dates import format_date, format_time
from assistant.officialdoc.findings import (
    Article,
    DocumentKind,
    Finding,
    Fix,
    Place,
    Severity,
)
from assistant.officialdoc.formatting import Item, attachment_lines, end_mark, numbered
from assistant.officialdoc.linting import fix, fix_all, lint
from assistant.officialdoc.rulebook import Rule, rulebook
from assistant.officialdoc.script import plain_text
from assistant.officialdoc.style import polite_form

__all__ = [
    "Article",
    "DocumentKind",
    "Finding",
    "Fix",
    "Item",
    "Place",
    "Rule",
    "Severity",
    "attachment_lines",
    "end_mark",
    "fix",
    "fix_all",
    "format_amount",
    "format_date",
    "format_time",
    "hangul_amount",
    "lint",
    "numbered",
    "parse_hangul_amount",
    "plain_text",
    "polite_form",
    "rulebook",
]
