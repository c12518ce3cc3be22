"""Search by meaning, kept in ChromaDB; see `assistant.vectors.index`."""

from assistant.vectors.index import VectorEntry, VectorIndex, collection_name

__all__ = ["VectorEntry", "VectorIndex", "collection_name"]
