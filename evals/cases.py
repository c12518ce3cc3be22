"""Questions with what a right answer must cite and hold, one JSON object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from assistant.errors import ConfigurationError

Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with its gold: `expect` holds alternatives of (file, article) for each entry.

    `earlier` is the question asked just before in the same conversation.
    """

    question_id: str
    text: str
    kind: str
    expect: tuple[frozenset[Place], ...]
    mode: Literal["any", "all", "none"]
    answer_any: tuple[tuple[str, ...], ...]
    earlier: str = ""

    @property
    def is_answerable(self) -> bool:
        """Whether the texts hold an answer."""
        return self.mode != "none"

    def is_met(self, places: Collection[Place]) -> bool:
        """Return whether `places` satisfy the gold: one entry for `any`, each entry for `all`.

        >>> entry = frozenset({("law.md", "제1조")})
        >>> one = Question(question_id="q", text="", kind="fact", expect=(entry,), mode="all",
        ...                answer_any=())
        >>> one.is_met([("law.md", "제1조")]), one.is_met([("law.md", "제2조")])
        (True, False)
        """
        met = [bool(entry & set(places)) for entry in self.expect]
        return any(met) if self.mode == "any" else bool(met) and all(met)

    def holds_figures(self, answer: str) -> bool:
        """Return whether `answer` holds one variant of every token group, white space removed."""
        folded = "".join(answer.split())
        return all(
            any("".join(variant.split()) in folded for variant in group)
            for group in self.answer_any
        )


def load_questions(path: Path) -> tuple[Question, ...]:
    """Read a question file: JSON lines, or YAML with the same fields under `cases`.

    Raises:
        ConfigurationError: a line is not of the expected form.
    """
    if path.suffix in {".yaml", ".yml"}:
        return _load_yaml(path)
    questions: list[Question] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            questions.append(_question(json.loads(line)))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ConfigurationError(f"{path.name}:{number}: not a question") from error
    return tuple(questions)


def _load_yaml(path: Path) -> tuple[Question, ...]:
    try:
        cases = yaml.safe_load(path.read_text("utf-8"))["cases"]
        texts = {str(case["id"]): str(case["question"]) for case in cases}
        return tuple(_question(case, earlier=texts.get(case.get("follows"), "")) for case in cases)
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: not a question file") from error


def _question(raw: dict[str, object], *, earlier: str = "") -> Question:
    expect: Sequence[dict[str, object]] = raw.get("expect") or []  # type: ignore[assignment] # checked by use
    groups: Sequence[Sequence[str]] = raw.get("answer_any") or []  # type: ignore[assignment] # checked by use
    mode = str(raw.get("expect_mode", "all"))
    if mode not in {"any", "all", "none"}:
        raise ValueError(mode)
    return Question(
        question_id=str(raw["id"]),
        text=str(raw["question"]),
        kind=str(raw.get("type", "")),
        expect=tuple(
            frozenset((str(entry["file"]), str(article)) for article in entry["articles"])  # type: ignore[attr-defined] # a list in the file
            for entry in expect
        ),
        mode=mode,  # type: ignore[arg-type] # checked above
        answer_any=tuple(tuple(str(variant) for variant in group) for group in groups),
        earlier=earlier,
    )


# -- sentences with personal data -------------------------------------------------------------

_MARKED = re.compile(r"\{(?P<kind>[A-Z_]{2,16}):(?P<value>[^{}]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A string that must not be seen after masking; `kind` is as in the file."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyCase:
    """A sentence, what must be hidden in it and what must be kept."""

    case_id: str
    text: str
    secrets: tuple[Secret, ...]
    keep: tuple[str, ...]
    tags: tuple[str, ...]
    split: Literal["dev", "blind"]


def load_privacy_cases(path: Path) -> tuple[PrivacyCase, ...]:
    """Read sentences: JSON lines with spans, or YAML in which `{KIND:value}` marks them.

    Raises:
        ConfigurationError: the file is not of the expected form.
    """
    try:
        source = path.read_text("utf-8")
        if path.suffix in {".yaml", ".yml"}:
            return tuple(_marked_case(raw) for raw in yaml.safe_load(source)["cases"])
        return tuple(
            _spanned_case(json.loads(line)) for line in source.splitlines() if line.strip()
        )
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: not a file of sentences") from error


def _marked_case(raw: Mapping[str, object]) -> PrivacyCase:
    written = str(raw["text"])
    marked = [Secret(kind=one["kind"], text=one["value"]) for one in _MARKED.finditer(written)]
    leak = [str(text) for text in _listed(raw.get("leak"))]
    kinds = {secret.text: secret.kind for secret in marked}
    secrets = [
        Secret(kind=next((kinds[t] for t in kinds if t in text or text in t), "PERSON"), text=text)
        for text in leak
    ]
    number = int(str(raw["id"]))
    return PrivacyCase(
        case_id=f"P{number:03}",
        text=_MARKED.sub(lambda match: match["value"], written),
        secrets=tuple(secrets or marked),
        keep=tuple(str(text) for text in _listed(raw.get("keep"))),
        tags=tuple(str(tag) for tag in _listed(raw.get("tags"))),
        split="dev" if number % 2 else "blind",
    )


def _spanned_case(raw: Mapping[str, object]) -> PrivacyCase:
    spans = {str(span["text"]): str(span["type"]) for span in _listed(raw["spans"])}  # type: ignore[index] # checked by use
    secrets = [
        Secret(
            kind=spans.get(text)
            or next((spans[s] for s in spans if s in text or text in s), "PERSON"),
            text=text,
        )
        for text in map(str, _listed(raw["must_not_leak"]))
    ]
    return PrivacyCase(
        case_id=str(raw["id"]),
        text=str(raw["text"]),
        secrets=tuple(secrets),
        keep=tuple(map(str, _listed(raw["must_keep"]))),
        tags=tuple(map(str, _listed(raw["tags"]))),
        split="dev",
    )


def _listed(value: object) -> Sequence[object]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise TypeError(type(value))
    return value


# -- invented firms with the facts of their products ------------------------------------------


def load_facts(path: Path) -> tuple[Mapping[str, object], ...]:
    """Read the facts of invented firms, as layouts of applications tell them.

    Raises:
        ConfigurationError: the file is not of the expected form.
    """
    try:
        return tuple(dict(firm) for firm in yaml.safe_load(path.read_text("utf-8"))["firms"])
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(f"{path.name}: not a file of firms") from error
