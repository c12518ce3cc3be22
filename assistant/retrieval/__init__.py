"""From a question to passages: words, meaning and named articles fused into one ranking."""

from assistant.retrieval.found import Found
from assistant.retrieval.hybrid import HybridRetriever, Searchers

__all__ = ["Found", "HybridRetriever", "Searchers"]
