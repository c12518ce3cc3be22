"""Text made from evidence and checked against it: with a model, or of the sources' sentences."""

from assistant.drafting.checking import CheckedReply, check_reply
from assistant.drafting.citing import as_passage, cited_label, source_note
from assistant.drafting.drafter import (
    Drafted,
    Drafter,
    DraftingBounds,
    DraftingTask,
    DraftOutcome,
)
from assistant.drafting.extracting import SUFFICIENT, extracted
from assistant.drafting.rechecking import Rechecker, context_of
from assistant.drafting.sending import (
    MaskingEmbedder,
    impersonal,
    is_personal,
    people_in,
    sendable,
)
from assistant.drafting.states import (
    Checks,
    ExportedPaper,
    PaperReader,
    PaperState,
    SaveResult,
    as_file,
    exported,
    named,
    new_version,
    place_of,
    sections_at,
)

__all__ = [
    "SUFFICIENT",
    "CheckedReply",
    "Checks",
    "DraftOutcome",
    "Drafted",
    "Drafter",
    "DraftingBounds",
    "DraftingTask",
    "ExportedPaper",
    "MaskingEmbedder",
    "PaperReader",
    "PaperState",
    "Rechecker",
    "SaveResult",
    "as_file",
    "as_passage",
    "check_reply",
    "cited_label",
    "context_of",
    "exported",
    "extracted",
    "impersonal",
    "is_personal",
    "named",
    "new_version",
    "people_in",
    "place_of",
    "sections_at",
    "sendable",
    "source_note",
]
