"""What a complaint is, asks and resembles, and what a reply to it must hold.

Pure functions over text and data; the rules stand as data beside the code. Everything here is a
suggestion with its reasons: the official decides.
"""

from assistant.complaints.gates import LetterFacts, check_letter
from assistant.complaints.governing import (
    Governing,
    Reading,
    governs_letter,
    governs_point,
    is_out_of_matter,
)
from assistant.complaints.kinds import guess_kind
from assistant.complaints.naming import Name, name_of
from assistant.complaints.points import as_question, find_points
from assistant.complaints.remedies import clock_of, remedies_for, remedy_of, told_until
from assistant.complaints.remit import known_bodies, remit_signs
from assistant.complaints.repeats import repeat_facts
from assistant.complaints.similarity import ALIKE, SAME, SimilarityIndex
from assistant.complaints.wanting import wanted_of

__all__ = [
    "ALIKE",
    "SAME",
    "Governing",
    "LetterFacts",
    "Name",
    "Reading",
    "SimilarityIndex",
    "as_question",
    "check_letter",
    "clock_of",
    "find_points",
    "governs_letter",
    "governs_point",
    "guess_kind",
    "is_out_of_matter",
    "known_bodies",
    "name_of",
    "remedies_for",
    "remedy_of",
    "remit_signs",
    "repeat_facts",
    "told_until",
    "wanted_of",
]
