"""Personal data in a text: find it, mask it before anything else sees the text, put it back.

Pure functions over text; nothing here logs, stores or sends. Source of the list of identifiers:
개인정보 보호법 시행령 제19조 (unique identifiers), and common contact data.
"""

from assistant.privacy.identifiers import Identifier, find_identifiers
from assistant.privacy.kinds import LABELS, Kind, Morpheme, Reason, Tagger
from assistant.privacy.masking import Mask, MaskedText, mask, unmask
from assistant.privacy.register import (
    UNKNOWN_PLACEHOLDER,
    Entry,
    Known,
    Register,
    Restored,
    restore,
    steady_mark,
)

__all__ = [
    "LABELS",
    "UNKNOWN_PLACEHOLDER",
    "Entry",
    "Identifier",
    "Kind",
    "Known",
    "Mask",
    "MaskedText",
    "Morpheme",
    "Reason",
    "Register",
    "Restored",
    "Tagger",
    "find_identifiers",
    "mask",
    "restore",
    "steady_mark",
    "unmask",
]
