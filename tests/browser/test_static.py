"""The files of the page keep their own rules; no browser is needed to see it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "api" / "static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
COMPONENTS = sorted((STATIC / "components").glob("*.js"))
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)


def texts(language: str) -> dict[str, str]:
    path = STATIC / "locales" / f"{language}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_text_enters_the_page_only_as_text(path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", script)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_a_component_fits_in_150_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 150


def test_colours_live_in_the_stylesheet_alone() -> None:
    assert not re.search(r"#[0-9a-fA-F]{6}\b|rgba?\(", SOURCE)


def test_colours_are_named_once_at_the_top_of_the_stylesheet() -> None:
    rules = (STATIC / "app.css").read_text(encoding="utf-8")
    tokens, _, rest = rules.partition("/* -- ground")
    screen, _, _ = rest.partition("/* -- paper")
    assert "--surface" in tokens
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b(?=[\s;,)])", screen)


def test_both_languages_have_the_same_texts() -> None:
    assert texts("ko").keys() == texts("en").keys()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_text_is_named_twice(language: str) -> None:
    path = STATIC / "locales" / f"{language}.json"
    pairs = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
    keys = [key for key, _ in pairs]
    assert [key for key in set(keys) if keys.count(key) > 1] == []


def test_every_text_that_a_script_names_exists() -> None:
    named = set(re.findall(r'\bt\(\s*"([^"]+)"', SOURCE))
    assert named - texts("ko").keys() == set()


def test_the_same_places_are_filled_in_in_both_languages() -> None:
    korean, english = texts("ko"), texts("en")
    filled = {key: sorted(re.findall(r"\{(\w+)\}", text)) for key, text in korean.items()}
    assert {k: sorted(re.findall(r"\{(\w+)\}", text)) for k, text in english.items()} == filled


def test_every_symbol_of_the_sprite_is_used_and_has_its_licence() -> None:
    symbols = re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text())
    assert [name for name in symbols if f'"{name}"' not in SOURCE] == []
    assert "ISC License" in (STATIC / "icons.LICENSE.txt").read_text()


def test_the_page_holds_no_inline_script_or_style_and_nothing_from_elsewhere() -> None:
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
