"""Mails: who, when, what about, the text, and the attachments that a reader takes."""

from __future__ import annotations

import email
import email.errors
import email.policy
from email.message import EmailMessage
from typing import cast

from assistant.domain import Block, Cell
from assistant.errors import DocumentUnreadableError
from assistant.reading import web
from assistant.reading.encoding import decode
from assistant.reading.limits import Limits
from assistant.reading.members import Shelf
from assistant.reading.parsed import Parsed, table_block
from assistant.reading.plain import paragraphs

MAX_ATTACHMENTS = 50
MAX_PARTS = 500
_FIELDS = (
    ("From", "보낸 사람"),
    ("To", "받는 사람"),
    ("Cc", "참조"),
    ("Date", "날짜"),
    ("Subject", "제목"),
)
_HEADER_CHARS = 2_000
_MULTIPART = b"multipart/"
_BOUNDARY = b"boundary"


def parse(data: bytes, *, limits: Limits, depth: int = 0) -> Parsed:
    """Read a mail; nothing that it links to is fetched.

    Raises:
        DocumentUnreadableError: `damaged` or `hostile` when no mail can be made of it.
    """
    if data.lower().count(_BOUNDARY) > MAX_PARTS or data.lower().count(_MULTIPART) > MAX_PARTS:
        raise DocumentUnreadableError(reason="hostile")
    try:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        return _parsed(mail, Shelf.empty(limits, holder="eml", depth=depth))
    except (email.errors.MessageError, ValueError, LookupError, AttributeError, TypeError) as error:
        # the library lets all of these out on broken headers
        raise DocumentUnreadableError(reason="damaged") from error


def _parsed(mail: EmailMessage, shelf: Shelf) -> Parsed:
    fields = {label: text for name, label in _FIELDS if (text := _field(mail, name))}
    rows = tuple((Cell(text=label), Cell(text=text)) for label, text in fields.items())
    body = _body(mail, shelf.limits)
    for number, attachment in enumerate(mail.iter_attachments(), start=1):
        if number > MAX_ATTACHMENTS:
            shelf.unread += 1
        else:
            _add(shelf, attachment, number)
    head = (table_block(rows),) if rows else ()
    return Parsed(
        blocks=(*head, *body.blocks, *shelf.blocks),
        title=fields.get("제목", ""),
        warnings=(*body.warnings, *shelf.all_warnings()),
        hidden=body.hidden,
        asides=tuple(shelf.asides),
    )


def _field(mail: EmailMessage, name: str) -> str:
    """Return a header; one with raw Korean bytes in it is read as they were meant."""
    header = mail.get(name, "")
    sent_at = getattr(header, "datetime", None)  # only a date that can be read has one
    if sent_at is not None:
        return f"{sent_at:%Y-%m-%d %H:%M}"
    raw = next((str(v) for n, v in mail.raw_items() if n.lower() == name.lower()), "")
    text = _as_meant(raw) if _has_raw_bytes(raw) else str(header)
    return " ".join(text[:_HEADER_CHARS].split())


def _has_raw_bytes(text: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in text)


def _as_meant(text: str) -> str:
    return decode(text.encode("utf-8", "surrogateescape")).text


def _body(mail: EmailMessage, limits: Limits) -> Parsed:
    found = mail.get_body(preferencelist=("plain", "html"))
    if found is None:
        return Parsed(blocks=())
    part = cast("EmailMessage", found)
    data = _bytes(part)
    if part.get_content_type() == "text/html":
        return web.parse(data, limits=limits) if data.strip() else Parsed(blocks=())
    text = decode(data, hint=part.get_content_charset()).text.replace("\r\n", "\n")
    blocks: list[Block] = paragraphs(text[: limits.max_chars])
    return Parsed(blocks=tuple(blocks))


def _bytes(part: EmailMessage) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _add(shelf: Shelf, attachment: EmailMessage, number: int) -> None:
    name = _name(attachment) or f"첨부 {number}"
    if attachment.get_content_type() == "message/rfc822":
        inner = attachment.get_content()
        shelf.add(name, inner.as_bytes() if isinstance(inner, EmailMessage) else b"")
    else:
        shelf.add(name, _bytes(attachment))


def _name(attachment: EmailMessage) -> str:
    name = attachment.get_filename() or ""
    name = _as_meant(name) if _has_raw_bytes(name) else name
    return name.replace("\\", "/").rpartition("/")[2]
