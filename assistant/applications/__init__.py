"""Applications into rows of a table: every value read off words that stand in the file.

Rules find values by the labels of forms and need no model; what a model points at is held against
the document by the same code. Everything here is pure: documents in, cells out.
"""

from assistant.applications.columnsets import (
    TABLES_DIR,
    as_data,
    column_set,
    editable_copy,
    shipped_sets,
)
from assistant.applications.duplicates import DuplicateReason, LikelyDuplicate, duplicates
from assistant.applications.extracting import Extracted, by_rules, with_model
from assistant.applications.layout import is_located
from assistant.applications.sections import in_sections, located
from assistant.applications.selection import (
    ColumnCount,
    Group,
    LimitFinding,
    MissingPapers,
    SelectionRow,
    counts,
    groups,
    limits,
    missing_papers,
)
from assistant.applications.sketches import resemblance, sketch
from assistant.applications.suggestions import (
    Suggested,
    Suggestion,
    asked,
    parse_reply,
    reply_schema,
)
from assistant.applications.summarising import SummaryLine, summary_lines

__all__ = [
    "TABLES_DIR",
    "ColumnCount",
    "DuplicateReason",
    "Extracted",
    "Group",
    "LikelyDuplicate",
    "LimitFinding",
    "MissingPapers",
    "SelectionRow",
    "Suggested",
    "Suggestion",
    "SummaryLine",
    "as_data",
    "asked",
    "by_rules",
    "column_set",
    "counts",
    "duplicates",
    "editable_copy",
    "groups",
    "in_sections",
    "is_located",
    "limits",
    "located",
    "missing_papers",
    "parse_reply",
    "reply_schema",
    "resemblance",
    "shipped_sets",
    "sketch",
    "summary_lines",
    "with_model",
]
