"""Files on their way out: named after their title, never shown in the page's own origin."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import Response

from api.uploads import safe_name
from assistant.drafting import ExportedPaper


def file_response(file: ExportedPaper) -> Response:
    """Return a file as a download under its name."""
    name = quote(safe_name(file.file_name.replace("/", " ")), safe="")
    return Response(
        file.data,
        media_type=file.media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )
