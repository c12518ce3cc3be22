"""A draft as a HWPX document, the open format of Hangul (OWPML, KS X 6101).

Every part is made here from the draft, none copied from a template. Markers, labels and citations
are text: programs that read HWPX do not count, and the numbers are those of every other format.
Headings carry the outline level and all paragraphs a named style, so that Hangul shows the outline
and an official changes the look of a kind of paragraph in one place.
"""

from __future__ import annotations

from assistant.domain import Draft, PageBreak, Picture, Table
from assistant.writing.hwpx_body import Body
from assistant.writing.hwpx_head import Head
from assistant.writing.hwpx_looks import looks_of
from assistant.writing.hwpx_package import packed
from assistant.writing.hwpx_picture import Album
from assistant.writing.numbering import numbered, shown


def write(draft: Draft) -> bytes:
    """Return the draft, tidied before, as the bytes of a HWPX file."""
    looks = looks_of(draft.style)
    head, album = Head(looks), Album()
    section = Body(looks, head, album).part(draft)
    return packed(
        draft,
        header=head.part(),
        section=section,
        images=album.images,
        preview=_preview(draft),
    )


def _preview(draft: Draft) -> str:
    """Return the beginning of the text, which file managers show."""
    lines = [draft.title]
    for item in numbered(draft):
        block = item.block
        if isinstance(block, Table):
            lines.append(item.caption)
            lines += ["".join(f"<{shown(cell.runs)}>" for cell in row) for row in block.rows]
        elif isinstance(block, Picture):
            lines.append(item.caption)
        elif not isinstance(block, PageBreak):
            lines.append(f"{item.marker} {shown(block.runs)}".strip())
    return "\r\n".join(filter(None, lines))
