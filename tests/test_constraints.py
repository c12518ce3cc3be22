"""Every pinned version installs on the oldest Python that the project takes."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OLDEST = f"{PROJECT['requires-python'].removeprefix('>=')}.0"
PINS = [
    line.split(";")[0].strip().split("==")
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    if "==" in line and not line.startswith("#")
]


@pytest.mark.parametrize(("name", "version"), PINS, ids=lambda pin: pin)
def test_a_pin_takes_the_oldest_python(name: str, version: str) -> None:
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        pytest.skip("not installed on this system")
    if facts["Version"] != version:
        pytest.skip(f"another version is installed: {facts['Version']}")
    wanted = facts["Requires-Python"] or ""
    assert OLDEST in SpecifierSet(wanted), f"{name} {version} wants Python {wanted}"
