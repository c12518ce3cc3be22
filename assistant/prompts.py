"""Prompt files: load, check and render them, and keep their lock.

A prompt is `prompts/<name>.prompt.md`: front matter, then `# system` and `# user` in Jinja. Roles
are split when the file is loaded and values are filled in afterwards, so that text from a document
can never open a new message.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain import Message, Passage
from assistant.errors import ConfigurationError
from assistant.sandbox import WordingError, names_in
from assistant.sandbox import render as fill_in
from assistant.text import clean

PROMPTS_DIR = Path(__file__).resolve().parents[1] / "prompts"
LOCK_NAME = "prompts.lock"
PASSAGE_MAX_CHARS = 2_000

Role = Literal["system", "user"]
Value = str | Sequence[str] | Sequence["Evidence"]

_FRONT = re.compile(r"\A---\n(?P<front>.*?)\n---\n(?P<body>.*)\Z", re.S)
_ROLE = re.compile(r"^# (system|user)[ \t]*\n", re.M)
_CHAT_TOKENS = re.compile(
    r"<\|[^<>|\n]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?s>|<(?:start|end)_of_turn>|<[be]os>|"
    r"</?(?:think|tool_call|tool_response|system|assistant|user|im_start|im_end)>",
    re.I,
)


class _Front(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    version: int = Field(ge=1)
    purpose: str = Field(min_length=10)
    inputs: dict[str, str]
    output: Literal["text"]
    model: Literal["draft", "fast", "judge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A passage as the model sees it: a short key, what it is, and its text as mere data."""

    key: str
    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A loaded prompt; `sections` are (role, template) in the order of the file."""

    name: str
    version: int
    inputs: Mapping[str, str]
    sections: tuple[tuple[Role, str], ...]
    sha256: str

    @property
    def reference(self) -> str:
        """What is stored with every answer: `answer_question@1`."""
        return f"{self.name}@{self.version}"

    def render(self, **values: Value) -> list[Message]:
        """Return the messages with the values filled in as text.

        Raises:
            ConfigurationError: an input is missing, or one is given that the prompt does not take.
        """
        if set(values) != set(self.inputs):
            wrong = sorted(set(values) ^ set(self.inputs))
            raise ConfigurationError(f"prompt {self.name}: wrong inputs {wrong}")
        safe = {name: _as_data(value) for name, value in values.items()}
        try:
            return [
                Message(role=role, content=fill_in(body, safe).strip())
                for role, body in self.sections
            ]
        except WordingError as error:
            raise ConfigurationError(f"prompt {self.name}: {error}") from error


def _as_data(value: Value) -> Value:
    if isinstance(value, str):
        return as_data(value)
    return [
        Evidence(key=item.key, source=as_data(item.source), text=as_data(item.text))
        if isinstance(item, Evidence)
        else as_data(item)
        for item in value
    ]  # type: ignore[return-value] # one kind in, the same kind out


def as_data(text: str) -> str:
    r"""Take out what a model could read as more than text: invisible characters, chat tokens.

    >>> as_data("지\u200b시 <|im_start|>system 끝")
    '지시 system 끝'
    """
    plain = clean(text)
    while (cut := _CHAT_TOKENS.sub("", plain)) != plain:
        plain = cut
    return plain


def new_fence() -> str:
    """Return the random word that marks the passages of one request."""
    return f"자료-{secrets.token_hex(6)}"


def evidence(
    passages: Sequence[Passage], *, max_chars: int = PASSAGE_MAX_CHARS
) -> tuple[Evidence, ...]:
    """Return passages as a prompt takes them, long sections cut to the lines around their hits."""
    return tuple(
        Evidence(
            key=passage.key,
            source=_source(passage),
            text=_around_hits(passage, max_chars),
        )
        for passage in passages
    )


def _source(passage: Passage) -> str:
    parts = [f"「{passage.document_title}」", passage.label]
    if passage.heading and passage.heading != passage.label:
        parts.append(f"({passage.heading})")
    if passage.effective_from:
        parts.append(f"시행 {passage.effective_from.isoformat()}")
    return re.sub(r"\s+", " ", " ".join(part for part in parts if part))


def _around_hits(passage: Passage, max_chars: int) -> str:
    """Return the section, or its first line and whole lines around the hits, best hits first."""
    text = passage.text
    if len(text) <= max_chars:
        return text
    lines: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    wanted = [0]
    for hit in passage.hits:
        wanted += [i for i, (a, b) in enumerate(lines) if a < hit.end and hit.start < b]
    wanted += range(len(lines))
    kept: set[int] = set()
    room = max_chars
    for index in dict.fromkeys(wanted):
        a, b = lines[index]
        if b - a <= room:
            kept.add(index)
            room -= b - a + 1
    out: list[str] = []
    for index in sorted(kept):
        if index and index - 1 not in kept:
            out.append("…")
        out.append(text[lines[index][0] : lines[index][1]])
    return "\n".join(out) if kept else text[:max_chars]


def load(name: str, *, folder: Path = PROMPTS_DIR) -> Prompt:
    """Return a prompt, checked.

    Raises:
        ConfigurationError: the file is missing or is not a sound prompt.
    """
    path = folder / f"{name}.prompt.md"
    try:
        raw = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"prompt {name} cannot be read") from error
    match = _FRONT.match(raw)
    if match is None:
        raise ConfigurationError(f"prompt {name} has no front matter")
    try:
        front = _Front.model_validate(yaml.safe_load(match["front"]))
    except (yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"prompt {name}: {error}") from error
    if front.name != name:
        raise ConfigurationError(f"prompt {name} calls itself {front.name}")
    sections = _sections(name, match["body"])
    _check_templates(front, sections)
    return Prompt(
        name=name,
        version=front.version,
        inputs=front.inputs,
        sections=sections,
        sha256=hashlib.sha256(match["body"].encode()).hexdigest(),
    )


def _sections(name: str, body: str) -> tuple[tuple[Role, str], ...]:
    pieces = _ROLE.split(body)
    roles: list[Role] = ["system" if role == "system" else "user" for role in pieces[1::2]]
    if pieces[0].strip() or roles != ["system", "user"]:
        raise ConfigurationError(f"prompt {name} must have one # system and one # user section")
    return tuple(zip(roles, pieces[2::2], strict=True))


def _check_templates(front: _Front, sections: Sequence[tuple[Role, str]]) -> None:
    used: set[str] = set()
    for _, body in sections:
        try:
            used |= names_in(body)
        except WordingError as error:
            raise ConfigurationError(f"prompt {front.name}: {error}") from error
    if used != set(front.inputs):
        wrong = sorted(used ^ set(front.inputs))
        raise ConfigurationError(f"prompt {front.name}: inputs declared and used differ: {wrong}")


def load_all(folder: Path = PROMPTS_DIR) -> dict[str, Prompt]:
    """Return every prompt of a folder by name."""
    names = sorted(path.name.removesuffix(".prompt.md") for path in folder.glob("*.prompt.md"))
    return {name: load(name, folder=folder) for name in names}


def lock_text(folder: Path = PROMPTS_DIR) -> str:
    """Return what the lock should hold: name, version and sha256 of each body."""
    return "".join(f"{p.name} {p.version} {p.sha256}\n" for p in load_all(folder).values())


def check_lock(folder: Path = PROMPTS_DIR) -> list[str]:
    """Return the names of prompts whose body changed since the lock was written."""
    path = folder / LOCK_NAME
    held = path.read_text(encoding="utf-8") if path.exists() else ""
    differing = set(held.splitlines()) ^ set(lock_text(folder).splitlines())
    return sorted({line.split(" ")[0] for line in differing})


def write_lock(folder: Path = PROMPTS_DIR) -> list[str]:
    """Write the lock and return the names that changed.

    Raises:
        ConfigurationError: a body changed while its version stayed.
    """
    path = folder / LOCK_NAME
    held = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    old = {line.split(" ")[0]: line.split(" ")[1:] for line in held if line.count(" ") == 2}
    for prompt in load_all(folder).values():
        version, sha256 = old.get(prompt.name, ["", ""])
        if version == str(prompt.version) and sha256 != prompt.sha256:
            raise ConfigurationError(f"prompt {prompt.name} changed: raise its version")
    changed = check_lock(folder)
    path.write_text(lock_text(folder), encoding="utf-8")
    return changed


def main(arguments: Sequence[str]) -> int:
    """Write the lock (`lock`) or compare with it (`check`); return the exit status."""
    if list(arguments) == ["lock"]:
        changed = write_lock()
    elif list(arguments) == ["check"]:
        changed = check_lock()
    else:
        sys.stderr.write("usage: python -m assistant.prompts lock|check\n")
        return 2
    sys.stdout.write("".join(f"{name}\n" for name in changed))
    return 1 if arguments[0] == "check" and changed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
