"""The shape of the code: sizes, homes of libraries, handlers, wording, and nothing of a machine."""

import ast
import json
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from assistant.domain import DocumentState, Outcome, SentenceStatus, SourceKind, Standing
from assistant.errors import AssistantError
from assistant.wording import ERRORS, KIND_LABELS
from assistant.wording.notices import notice_text
from tests.tree import (
    PACKAGES,
    ROOT,
    STATIC,
    contracts,
    module_name,
    named,
    outside_imports,
    parsed,
    project,
    sources,
    tracked,
)

MODULE_LINES = 400
PACKAGE_DEPTH = 2
# Three kinds of place may catch everything: the outermost request handler (a response that has
# begun to stream has one of its own), the loop of a worker, and the process that reads files.
CATCH_ALL = {
    ("api/security.py", "__call__"),
    ("api/chats.py", "_run"),
    ("assistant/waitingline.py", "_is_done"),
    ("assistant/indexing/keeper.py", "run"),
    ("assistant/jobs/runner.py", "_do"),
    ("assistant/jobs/runner.py", "_loop"),
    ("assistant/reading/child.py", "_read"),
}
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:home|Users|root|work|tmp|mnt|opt|srv|data)/[\w.-]+|[A-Z]:\\\\?Users\\"
)
REGISTRY = re.compile(
    r"--(?:extra-)?index-url|index-url\s*=|pythonhosted|\bpypi\.|npmjs\.|artifactory|--proxy|"
    r"--registry|registry\s*=|trusted-host"
)
HOST = re.compile(r"https?://(\[[0-9a-fA-F:]+\]|(?:[\w-]|\\?\.)+)")
# Loopback, names that RFC 2606 keeps for examples, and the homes of what we cite.
HOSTS = re.compile(
    r"127\.0\.0\.1|localhost|\[::1\]|x|(?:[\w-]+\.)?example(?:\.(?:com|org|net))?|"
    r"[\w-]+\.(?:invalid|test)|(?:www\.)?(?:w3\.org|law\.go\.kr|github\.com|keepachangelog\.com)|"
    r"schemas\.(?:openxmlformats\.org|microsoft\.com)|(?:purl\.(?:org|oclc\.org)|ns\.adobe\.com)|"
    r"www\.(?:hancom\.co\.kr|idpf\.org|aiim\.org)|"
    r"scripts\.sil\.org|opensource\.org|img\.shields\.io"
)
FOR_EVALS_ALONE = {"python-pptx"}  # where it is missing, evals do without
FILES_ONLY = {"koreanize-matplotlib", "pylopdf-fonts-ko"}  # fonts; their code never runs
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|"
    r"DOMParser|setHTML|srcdoc|\beval\(|new Function|\.style\.cssText|javascript:"
)
NOTICES = (
    "no_model", "words_only", "model_failed", "model_withheld", "grade_withheld",
    "privacy_withheld", "removed_sentences", "suspicious_instruction", "corpus_loading",
)  # fmt: skip


def locale(language: str) -> dict[str, str]:
    texts = json.loads((STATIC / "locales" / f"{language}.json").read_text(encoding="utf-8"))
    assert isinstance(texts, dict)
    return texts


def texts_of_the_tree() -> Iterator[tuple[Path, int, str]]:
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data[:8000] or path.suffix in {".pdf", ".woff2"} or path == Path(__file__):
            continue
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
            yield path, number, line


def handlers(*caught: str) -> Iterator[tuple[Path, str, ast.ExceptHandler]]:
    """Yield the handlers of these exceptions with the innermost function they stand in."""
    for path in sources(*PACKAGES):
        nodes = list(ast.walk(parsed(path)))
        functions = [n for n in nodes if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        for node in nodes:
            if isinstance(node, ast.ExceptHandler) and _names(node) & set(caught):
                around = [f for f in functions if f.lineno <= node.lineno <= (f.end_lineno or 0)]
                yield path, max(around, key=lambda f: f.lineno).name if around else "", node


def _names(handler: ast.ExceptHandler) -> set[str]:
    if handler.type is None:
        return {"BaseException"}
    return {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}


# -- sizes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sources(*PACKAGES, "tests"), ids=named)
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


def test_packages_nest_at_most_two_deep() -> None:
    packages = {p.parent.relative_to(ROOT) for p in sources(*PACKAGES)}
    assert [str(p) for p in packages if len(p.parts) > PACKAGE_DEPTH + 1] == []


# -- libraries --------------------------------------------------------------------------------


def test_every_library_is_imported_at_home_only() -> None:
    homes = {
        library: tuple(contract["allowed_importers"])
        for contract in contracts("protected")
        for library in contract["protected_modules"]
    }
    strays = [
        f"{found.library} at {found.place}"
        for found in outside_imports()
        if not any(
            found.importer == home or found.importer.startswith(f"{home}.")
            for home in homes.get(found.library, ())
        )
    ]
    assert strays == []


def test_every_imported_library_is_a_declared_dependency_and_the_other_way_round() -> None:
    declared = {
        re.split(r"[\s<>=;\[]", entry)[0].lower() for entry in project()["project"]["dependencies"]
    }
    owners = packages_distributions()
    imported = {
        owner.lower().replace("_", "-")
        for found in outside_imports()
        for owner in owners.get(found.library, [found.library])
    }
    assert imported - FOR_EVALS_ALONE == declared - FILES_ONLY


def test_every_call_of_a_model_is_one_that_the_security_page_names() -> None:
    """What leaves the machine leaves from a few places, each with its rule on that page."""
    calls = re.compile(r"\.complete\(|\bmodel\.stream\(|\.embed_(?:query|passages)\b")
    callers = {
        module_name(path) for path in sources("assistant") if calls.search(path.read_text("utf-8"))
    }
    page = (ROOT / "docs/security.md").read_text("utf-8")
    section = page.partition("## What leaves")[2].partition("\n## ")[0]
    listed = set(re.findall(r"`(assistant(?:\.\w+)+)`", section))
    assert callers - {"assistant.domain.protocols"} == listed


# -- handlers ---------------------------------------------------------------------------------


def test_everything_is_caught_in_the_named_places_only() -> None:
    assert {(named(path), name) for path, name, _ in handlers("Exception")} == CATCH_ALL


def test_what_is_no_exception_is_always_raised_again() -> None:
    """A panic of a Rust library may be translated on the way; an interrupt must get through."""
    swallowed = [
        f"{named(path)}:{node.lineno}"
        for path, _, node in handlers("BaseException")
        if not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    ]
    assert swallowed == []


# -- wording ----------------------------------------------------------------------------------


@pytest.mark.parametrize("notice", NOTICES)
def test_every_notice_of_an_answer_has_words_on_the_page(notice: str) -> None:
    assert {f"notice.{notice}", f"notice.{notice}.title"} <= set(locale("ko"))


@pytest.mark.parametrize(
    "key",
    [
        *(f"outcome.{outcome}.title" for outcome in Outcome if outcome is not Outcome.ANSWERED),
        *(f"status.{status}" for status in SentenceStatus),
        *(f"standing.{standing}" for standing in Standing),
        *(f"state.{state}" for state in DocumentState),
    ],
)
def test_every_state_has_words_on_the_page(key: str) -> None:
    assert locale("ko")[key].strip()


@pytest.mark.parametrize("notice", NOTICES)
def test_every_notice_of_an_answer_has_words_in_a_file(notice: str) -> None:
    assert notice_text(notice)


def test_every_kind_of_source_has_a_name() -> None:
    assert set(KIND_LABELS) == set(SourceKind)


def test_every_error_code_has_wording() -> None:
    for path in sources("assistant", "api"):
        if "AssistantError" in path.read_text(encoding="utf-8"):
            import_module(module_name(path))
    worded = {key.partition(":")[0] for key in ERRORS}
    assert {family.code for family in _families(AssistantError)} <= worded


def _families(family: type[AssistantError]) -> Iterator[type[AssistantError]]:
    yield family
    for child in family.__subclasses__():
        if child.__module__.split(".")[0] in PACKAGES:
            yield from _families(child)


# -- the page ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda p: p.name)
def test_no_script_turns_text_into_markup(path: Path) -> None:
    assert MARKUP.findall(path.read_text(encoding="utf-8")) == []


# -- nothing of a machine ---------------------------------------------------------------------


def test_no_file_names_a_path_of_some_machine() -> None:
    found = [f"{named(p)}:{n}" for p, n, line in texts_of_the_tree() if MACHINE_PATH.search(line)]
    assert found == []


def test_no_file_names_a_package_registry_or_proxy() -> None:
    found = [f"{named(p)}:{n}" for p, n, line in texts_of_the_tree() if REGISTRY.search(line)]
    assert found == []


def test_addresses_lead_to_known_hosts_only() -> None:
    found = [
        f"{named(path)}:{number} {host}"
        for path, number, line in texts_of_the_tree()
        for host in HOST.findall(line)
        if not HOSTS.fullmatch(host.replace("\\", "").rstrip("."))
    ]
    assert found == []


def test_the_tested_versions_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[\w.+!]+", line)] == []
