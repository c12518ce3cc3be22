"""Upkeep of the derived indexes: they follow the store, are checked, and are built anew."""

from assistant.indexing.keeper import IndexKeeper, IndexReport
from assistant.indexing.upkeep import IndexStateName

__all__ = ["IndexKeeper", "IndexReport", "IndexStateName"]
