"""The page: static files with the right types and cache rules, and deep links to its views."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Scope

STATIC_DIR = Path(__file__).parent / "static"
_INDEX = "index.html"
_MONTH = "public, max-age=2592000"
_REVALIDATE = "no-cache"
# Symbols are drawn all the time: the copy at hand serves while it is looked up anew, and without a
# connection.
_AT_HAND = "max-age=0, stale-while-revalidate=604800"
_RULES = {".woff2": _MONTH, ".svg": _AT_HAND}

# What `mimetypes` says depends on the machine (Windows takes it from the registry).
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


class Pages(StaticFiles):
    """The files of the page; an address of one of its views gives the page itself."""

    def __init__(self, directory: Path = STATIC_DIR) -> None:
        super().__init__(directory=directory, check_dir=False, html=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return the file at `path`; the page for a path that names no file."""
        if PurePosixPath(path).parts[:1] == ("api",):
            raise HTTPException(404)
        suffix = PurePosixPath(path).suffix
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or suffix:
                raise
            response = await super().get_response(_INDEX, scope)
            suffix = ".html"
        suffix = suffix or ".html"
        if suffix in _TYPES and response.status_code == 200:
            response.headers["Content-Type"] = _TYPES[suffix]
        response.headers["Cache-Control"] = _RULES.get(suffix, _REVALIDATE)
        return response
