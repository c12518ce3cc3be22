"""The tree of the project as its own tests look at it: files under version control, and imports."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("assistant", "api", "evals")
STATIC = ROOT / "api" / "static"


@dataclass(frozen=True)
class OutsideImport:
    """An import of something that is neither ours nor Python's own."""

    library: str
    importer: str
    place: str


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files of the project: tracked ones, and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def sources(*packages: str) -> list[Path]:
    """Return the Python files below these folders."""
    return [p for p in tracked() if p.suffix == ".py" and named(p).split("/")[0] in packages]


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def contracts(kind: str) -> list[dict[str, Any]]:
    every = project()["tool"]["importlinter"]["contracts"]
    return [contract for contract in every if contract["type"] == kind]


def outside_imports() -> Iterator[OutsideImport]:
    """Yield every import of an outside library, also within functions and by name."""
    for path in sources(*PACKAGES):
        for node in ast.walk(parsed(path)):
            for name in _imported(node):
                library = name.partition(".")[0]
                if library not in sys.stdlib_module_names and library not in PACKAGES:
                    place = f"{named(path)}:{node.lineno}"  # type: ignore[attr-defined]
                    yield OutsideImport(library, module_name(path), place)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module] if node.module and not node.level else []
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        called = ast.unparse(node.func).rpartition(".")[2]
        name = node.args[0].value
        if called in {"import_module", "__import__"} and isinstance(name, str):
            return [name]
    return []
