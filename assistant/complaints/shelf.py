"""The data files of this part, read once."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def shelf(name: str) -> dict[str, Any]:
    """Return a data file of this part."""
    text = (files("assistant.complaints") / name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """Return what a data file holds under `key` as one pattern."""
    held = shelf(name)[key]
    parts = [held] if isinstance(held, str) else held
    return re.compile("|".join(f"(?:{part})" for part in parts), re.I)
