"""What a complaint is, asks and resembles, and what a reply to it must hold.

Pure functions over text and data; the rules stand as data beside the code. Everything here is a
suggestion with its reasons: the official decides.
"""

from assistant.complaints.gates import LetterFacts, check_letter
from assistant.complaints.kinds import guess_kind
from assistant.complaints.points import as_question, find_points
from assistant.complaints.remedies import remedies_for, remedy_of

__all__ = [
    "LetterFacts",
    "as_question",
    "check_letter",
    "find_points",
    "guess_kind",
    "remedies_for",
    "remedy_of",
]
