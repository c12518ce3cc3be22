"""Whether a Hangul file carries a macro: nearly every file has the empty frame of one."""

from __future__ import annotations

import re

_FRAME = re.compile(
    r"var Documents = XHwpDocuments;|var Document = Documents\.Active_XHwpDocument;"
    r"|function OnDocument_\w{1,20}\(\)\s*\{\s*(?://\s*todo\s*:\s*)?\}"
)
_PROGRAM = re.compile(r"[A-Za-z_]{3,}")
_MAX_BYTES = 200_000


def holds_program(script: bytes) -> bool:
    r"""Return whether a script does anything at all.

    >>> holds_program("function OnDocument_New()\r\n{\r\n\t//todo : \r\n}".encode("utf-16-le"))
    False
    >>> holds_program("function OnDocument_Open() { Run(); }".encode("utf-16-le"))
    True
    """
    data = script[:_MAX_BYTES]
    text = data.decode("utf-16-le" if b"\x00" in data else "utf-8", "replace")
    return bool(_PROGRAM.search(_FRAME.sub("", text)))
