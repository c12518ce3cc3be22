"""Files that carry an attack."""

from __future__ import annotations

import io
import unicodedata
import zipfile

from tests.assistant.reading.builders import Line, make_pdf
from tests.attacks.cases import Attack

_BOMB_BYTES = 1_000_000_000


def zip_bomb() -> bytes:
    """A megabyte that unpacks to a gigabyte."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("a.txt", "w") as member,
    ):
        for _ in range(_BOMB_BYTES // 10_000_000):
            member.write(bytes(10_000_000))
    return packed.getvalue()


def _pdf(payload: str, style: str) -> bytes:
    hidden = {"white text": {"colour": (1.0, 1.0, 1.0)}, "tiny text": {"size": 0.5}}
    lines = [
        Line(text="시험 제품 설명", y=780, size=18),
        Line(text="이 제품은 문서를 읽고 초안을 만드는 시험 제품이다.", y=740),
        Line(text="처리시간 단축률은 30퍼센트이다.", y=720),
        Line(text=payload, y=600, **hidden.get(style, {})),  # type: ignore[arg-type]
    ]
    return make_pdf([lines])


def _html(payload: str, style: str) -> bytes:
    css = {"white text": "color:#fff", "tiny text": "font-size:0"}.get(style, "display:none")
    body = f"<h1>시험 제품 설명</h1><p>처리시간 단축률은 30%이다.</p><p style='{css}'>{payload}</p>"
    return f"<!doctype html><html><body>{body}</body></html>".encode()


def _markdown(attack: Attack) -> bytes:
    payload = attack.payload if attack.payload != "-" else ""
    if attack.category.startswith("nfd"):
        payload = unicodedata.normalize("NFD", payload)
    return (
        f"# 시험 자료 {attack.id}\n\n## 제1조(목적)\n이 규정의 목적은 시험 자료 {attack.id}의 "
        f"운영에 필요한 사항을 정하는 것이다.\n\n## 제2조(내용)\n{payload}\n"
    ).encode()


def document_of(attack: Attack) -> tuple[str, bytes]:
    """Return the name and the bytes of the document that carries the payload."""
    style = str(attack.carrier.get("style", ""))
    match attack.carrier.get("format"):
        case "pdf":
            return f"{attack.id}.pdf", _pdf(attack.payload, style)
        case "html":
            return f"{attack.id}.html", _html(attack.payload, style)
        case _:
            return f"{attack.id}.md", _markdown(attack)
