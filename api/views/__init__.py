"""Nouns of the library to the shapes of the HTTP contract."""
