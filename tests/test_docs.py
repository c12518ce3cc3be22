"""The documents say what is true: settings, links, commands, paths, tests and licences."""

import ast
import importlib
import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from pydantic import SecretStr

from assistant import cli
from assistant.settings import Settings
from tests.tree import ROOT, named, parsed, project, sources, tracked

DOCUMENTS = [path for path in tracked() if path.suffix == ".md" and named(path).count("/") == 0]
DOCUMENTS += [
    path for path in tracked() if named(path).startswith("docs/") and path.suffix == ".md"
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(
    r"`((?:assistant|api|evals|tests|docs|prompts|corpus|\.ci)/[\w./-]*|[\w-]+\.(?:toml|txt|lock))`"
)
TEST_NAME = re.compile(r"`(test_[a-z0-9_]+)`")
SCREENSHOT_MAX_BYTES = 300_000
FORBIDDEN_LICENCE = re.compile(
    r"AGPL|AFFERO|(?<!L)GPL|(?<!LESSER )GENERAL PUBLIC|NON-?COMMERCIAL|SSPL|BUSL|PROPRIETARY", re.I
)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def after(marker: str) -> str:
    """Return the block of the README that follows a marker, up to the next heading."""
    body = text_of("README.md").split(f"<!-- {marker}", 1)[1].split("-->", 1)[1]
    return body.split("\n## ", 1)[0]


def default_of(value: object) -> str:
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def anchors(path: Path) -> set[str]:
    """Return the anchors that GitHub makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# -- links and paths --------------------------------------------------------------------------


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(path: Path) -> None:
    broken = []
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        goal = (path.parent / unquote(name)).resolve() if name else path
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_path_that_is_named_exists(path: Path) -> None:
    found = PATH.findall(path.read_text(encoding="utf-8"))
    assert [name for name in found if not _exists(name)] == []


def _exists(name: str) -> bool:
    """Tell whether a path exists; a module may be named without its suffix."""
    return (ROOT / name).exists() or (ROOT / f"{name}.py").exists()


def test_every_decision_has_a_number_of_its_own_and_is_one_page() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [page.name[:5] for page in pages] == [f"{n:04d}-" for n in range(1, len(pages) + 1)]
    for page in pages:
        lines = page.read_text(encoding="utf-8").splitlines()
        assert lines[0].startswith(f"# {page.name[:4]} ")
        assert len(lines) <= 60


def test_the_pictures_are_there_and_light() -> None:
    assert 0 < (ROOT / "docs" / "screenshot.png").stat().st_size <= SCREENSHOT_MAX_BYTES
    assert "prefers-color-scheme: dark" in text_of("docs/road.svg")


# -- README -----------------------------------------------------------------------------------


def test_the_table_of_settings_is_that_of_the_code() -> None:
    rows = [line for line in after("settings").splitlines() if line.startswith("| `")]
    expected = []
    for name, field in Settings.model_fields.items():
        default = default_of(field.default)
        shown = f"`{default}`" if default else ""
        expected.append(f"| `ASSISTANT_{name.upper()}` | {shown} | {field.description} |")
    assert rows == expected


def test_every_setting_that_a_document_names_exists() -> None:
    known = {f"ASSISTANT_{name.upper()}" for name in Settings.model_fields}
    for path in DOCUMENTS:
        named_here = set(re.findall(r"\bASSISTANT_[A-Z_]+\b", path.read_text(encoding="utf-8")))
        assert named_here <= known, named(path)


def test_the_map_of_the_tree_is_true() -> None:
    listed = mapped()
    assert [name for name in listed if not (ROOT / name).exists()] == []
    children = {f"assistant/{named(path).split('/')[1]}" for path in sources("assistant")} - {
        "assistant/__init__.py"
    }
    assert children == {
        name.rstrip("/") for name in listed if name.count("/") and "assistant/" in name
    } - {"assistant"}


def mapped() -> list[str]:
    listed, folder = [], ""
    for line in after("map").splitlines():
        name = line.split("  ")[0] if not line.startswith(" ") else line.strip().split("  ")[0]
        if not name or name.startswith("```"):
            continue
        if not line.startswith(" "):
            folder = name
            listed.append(name)
        else:
            listed.append(folder + name)
    return listed


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_command_that_is_named_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.M))
    suites = importlib.import_module("evals.__main__").main
    assert isinstance(suites, click.Group)
    assert set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.M)) <= targets
    named_commands = set(re.findall(r"(?:^|`|bin/)gongmun ([a-z]+)", text, re.M))
    assert named_commands <= set(cli.main.commands)
    assert set(re.findall(r"python -m evals ([a-z]+)", text)) <= set(suites.commands)


def test_the_first_screen_says_how_to_run_and_to_test() -> None:
    first_screen = "\n".join(text_of("README.md").splitlines()[:30])
    assert {"make run", "make test", "docs/screenshot.png"} <= set(
        re.findall(r"make run|make test|docs/screenshot\.png", first_screen)
    )


def test_every_command_and_every_evaluation_is_described() -> None:
    readme, evaluation = text_of("README.md"), text_of("docs/evaluation.md")
    assert [name for name in cli.main.commands if f"gongmun {name}" not in readme] == []
    suites = importlib.import_module("evals.__main__").main
    told = set(re.findall(r"(?:python -m evals|make) ([a-z]+)", evaluation))
    assert set(suites.commands) <= told


# -- security and dependencies ----------------------------------------------------------------


def test_every_test_that_a_document_names_exists() -> None:
    known = {
        node.name
        for path in sources("tests")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    claimed = {name for path in DOCUMENTS for name in TEST_NAME.findall(path.read_text("utf-8"))}
    assert claimed
    assert sorted(claimed - known) == []


def test_every_declared_dependency_is_explained_and_nothing_else() -> None:
    declared = [*project()["project"]["dependencies"]]
    for extra in project()["project"]["optional-dependencies"].values():
        declared += extra
    names = {re.split(r"[\s<>=;\[]", entry)[0].lower() for entry in declared}
    packages = text_of("docs/dependencies.md").split("## In the repository")[0]
    rows = set(re.findall(r"^\| ([A-Za-z][\w-]+) \|", packages, re.M)) - {"Package"}
    assert {row.lower() for row in rows} == names


@pytest.mark.parametrize(
    "name", [line.partition("==")[0] for line in text_of("constraints.txt").split()]
)
def test_no_dependency_has_a_licence_that_we_may_not_use(name: str) -> None:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        pytest.skip("not installed on this system")
    declared = [about.get("License-Expression") or "", (about.get("License") or "")[:200]]
    declared += [c for c in about.get_all("Classifier", []) if c.startswith("License")]
    assert not FORBIDDEN_LICENCE.search(" ".join(declared))


def test_fonts_and_icons_come_with_their_licences() -> None:
    assert "SIL Open Font License" in text_of("api/static/fonts/LICENSE.txt")
    assert "ISC License" in text_of("api/static/icons.LICENSE.txt")
    assert "MIT License" in text_of("LICENSE")


# -- changes ----------------------------------------------------------------------------------


def test_the_changes_begin_with_what_is_not_released_yet() -> None:
    headings = re.findall(r"^## (.+)$", text_of("CHANGELOG.md"), re.M)
    assert headings[0] == "Unreleased"
