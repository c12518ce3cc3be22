"""What was read of a file, shown again: from the store, or read anew where it was not kept."""

from __future__ import annotations

import logging

from assistant.domain import Document
from assistant.errors import DocumentUnreadableError
from assistant.originals import Originals
from assistant.reading import Limits, read
from assistant.store import Store

logger = logging.getLogger(__name__)


class PreviewFlow:
    """The flow behind the preview of a document.

    Args:
        store: the truth.
        originals: where the files are kept.
        limits: for reading one file.
    """

    def __init__(self, store: Store, originals: Originals, *, limits: Limits) -> None:
        self._store = store
        self._originals = originals
        self._limits = limits

    def reading(self, version_id: str, *, institution_ids: tuple[str, ...]) -> Document:
        """Return what was read of a version; may take as long as reading the file does.

        Raises:
            DocumentUnreadableError: it was not kept, and the file cannot be read any more.
            NotFoundError: none of these institutions has the version.
        """
        kept = self._store.readings.get(version_id, institution_ids=institution_ids)
        if kept is not None:
            return kept
        version = self._store.documents.version(version_id, institution_ids=institution_ids)
        try:
            data = self._originals.path(version.blob_id).read_bytes()
        except FileNotFoundError as error:
            raise DocumentUnreadableError(reason="damaged") from error
        document = read(data, file_name=version.file_name, limits=self._limits)
        self._store.readings.put(version_id, document, institution_ids=institution_ids)
        logger.info("preview.read_again", extra={"version_id": version_id})
        return document
