"""Elements of WordprocessingML as text; every value that enters is escaped here."""

from __future__ import annotations

from html import escape

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def w(name: str, /, *children: str, **attributes: str | int) -> str:
    """Return an element of the `w` namespace; children are elements already made.

    >>> w("p", w("pStyle", val="A&B"))
    '<w:p><w:pStyle w:val="A&amp;B"/></w:p>'
    """
    said = "".join(f' w:{key}="{escape(str(value))}"' for key, value in attributes.items())
    inner = "".join(children)
    return f"<w:{name}{said}>{inner}</w:{name}>" if inner else f"<w:{name}{said}/>"


def run(text: str, *look: str) -> str:
    """Return a run of text in a look; line breaks become breaks of the line."""
    properties = w("rPr", *look) if look else ""
    lines = (
        f'<w:t xml:space="preserve">{escape(line, quote=False)}</w:t>' if line else ""
        for line in text.split("\n")
    )
    return w("r", properties, w("br").join(lines))


def field(instruction: str, shown: str, *look: str) -> str:
    """Return a field of the fixed `instruction`, with the text that it shows until updated."""
    properties = w("rPr", *look) if look else ""
    return "".join(
        w("r", properties, part)
        for part in (
            w("fldChar", fldCharType="begin"),
            f'<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText>',
            w("fldChar", fldCharType="separate"),
            w("t", escape(shown)),
            w("fldChar", fldCharType="end"),
        )
    )


def part(root: str, *children: str) -> bytes:
    """Return a part of the package with `root` of the `w` namespace as its root."""
    return f"{DECLARATION}<w:{root} {NAMESPACES}>{''.join(children)}</w:{root}>".encode()
