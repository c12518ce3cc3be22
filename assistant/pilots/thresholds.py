"""What the reference assessment is held against: our own values, or an institution's."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import ConfigurationError


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Percent, and points for `score_good`."""

    fulfilment_good: Decimal
    fulfilment_low: Decimal
    score_good: Decimal
    effects_good: Decimal
    use_rate_low: Decimal


@cache
def default_thresholds() -> Thresholds:
    """Return the thresholds that come along."""
    source = (files("assistant.pilots") / "assessment.yaml").read_text(encoding="utf-8")
    return _thresholds(yaml.safe_load(source), "assessment.yaml")


def load_thresholds(path: Path) -> Thresholds:
    """Return the thresholds of an institution's own file.

    Raises:
        ConfigurationError: The file cannot be read, or a threshold is missing or no number.
    """
    try:
        return _thresholds(yaml.safe_load(path.read_text(encoding="utf-8")), path.name)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path.name}: cannot be read") from error


def _thresholds(loaded: Any, name: str) -> Thresholds:
    try:
        row = loaded["thresholds"]
        values = {field.name: Decimal(str(row[field.name])) for field in fields(Thresholds)}
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ConfigurationError(f"{name}: a threshold is missing or no number") from error
    if not all(value.is_finite() and 0 <= value <= 100 for value in values.values()):
        raise ConfigurationError(f"{name}: thresholds lie between 0 and 100")
    return Thresholds(**values)
