"""Text made from evidence and checked against it: with a model, or of the sources' sentences."""

from assistant.drafting.checking import CheckedReply, check_reply
from assistant.drafting.drafter import (
    Drafted,
    Drafter,
    DraftingBounds,
    DraftingTask,
    DraftOutcome,
)
from assistant.drafting.extracting import SUFFICIENT, extracted
from assistant.drafting.sending import sendable

__all__ = [
    "SUFFICIENT",
    "CheckedReply",
    "DraftOutcome",
    "Drafted",
    "Drafter",
    "DraftingBounds",
    "DraftingTask",
    "check_reply",
    "extracted",
    "sendable",
]
