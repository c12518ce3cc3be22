"""Gongmun: a document assistant for public administration, as a library."""

__version__ = "0.1.0"
