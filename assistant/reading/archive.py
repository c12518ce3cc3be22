"""ZIP archives of readable files: every member under its name."""

from __future__ import annotations

import re

from assistant.errors import DocumentUnreadableError, UnsupportedFormatError
from assistant.reading.limits import Limits
from assistant.reading.members import Shelf
from assistant.reading.package import open_package
from assistant.reading.parsed import Parsed

MAX_FILES = 200
# What systems and programs leave in archives beside the files that were meant.
_LITTER = re.compile(r"(?:\A|/)(?:__MACOSX/.*|\.[^/]*|Thumbs\.db|desktop\.ini)\Z", re.IGNORECASE)


def parse(data: bytes, *, limits: Limits, depth: int = 0) -> Parsed:
    """Read all members that a reader takes; archives inside are not opened.

    Raises:
        DocumentTooLargeError: It unpacks to more than the limits of `package`.
        DocumentUnreadableError: `damaged`, `encrypted` or `hostile`.
        UnsupportedFormatError: No reader takes any of the members.
    """
    package = open_package(data, allow_archives=True)
    names = [name for name in package.names() if not _LITTER.search(name)]
    shelf = Shelf.empty(limits, holder="zip", depth=depth)
    shelf.unread = max(len(names) - MAX_FILES, 0)
    for name in names[:MAX_FILES]:
        try:
            member = package.read(name)
        except DocumentUnreadableError:
            shelf.unread += 1
        else:
            shelf.add(name, member)
    if not shelf.read:
        raise UnsupportedFormatError(detected="zip")
    others = f" 외 {shelf.read - 1}건" if shelf.read > 1 else ""
    return Parsed(
        blocks=tuple(shelf.blocks),
        title=f"{shelf.blocks[0].text}{others}",
        warnings=shelf.all_warnings(),
        asides=tuple(shelf.asides),
    )
