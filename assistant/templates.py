"""Templates of documents: loaded, checked and filled in, section by section.

A template is a folder `prompts/templates/<name>/`: `template.yaml` and `sample.yaml` (inputs for
tests and for showing what comes out). An institution's own form, made in Hangul or Word, is no part
of it: it is filled by `filling` (`--form`).
A new kind of document is a new folder; code only where it needs a new figure.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain import DraftStyle, PartKind
from assistant.errors import TemplateFaultError, TemplateInputError
from assistant.sandbox import WordingError, names_in, render
from assistant.text import clean

TEMPLATES_DIR = Path(__file__).resolve().parents[1] / "prompts" / "templates"
Value: TypeAlias = str | bool | Sequence[str] | Sequence[Mapping[str, str]]

_NAME = r"^[a-z][a-z0-9_]*$"
_ITEM = "item"
_SHAPES = {
    "missing": "값이 없습니다.",
    "extra_forbidden": "모르는 항목입니다.",
    "string_pattern_mismatch": "영문 소문자, 숫자, 밑줄로만 적습니다.",
    "string_too_short": "비어 있습니다.",
    "enum": "정해진 값이 아닙니다.",
    "literal_error": "정해진 값이 아닙니다.",
}
_BULLET = re.compile(r"^(?P<indent> *)- (?P<text>.*)$")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Input(_Strict):
    label: str = Field(min_length=1)
    required: bool = True


class _Section(_Strict):
    id: str = Field(pattern=_NAME)
    kind: PartKind
    heading: str = ""
    level: int = Field(default=1, ge=1, le=8)
    depth: int = Field(default=0, ge=0, le=8)
    text: str = ""
    question: str = ""
    hints: str = ""
    stance: Literal["", "praise", "fault", "plan"] = ""
    prompt: str = ""
    function: str = ""
    max_chars: int = Field(default=600, ge=50, le=20_000)
    evidence: Literal["required", "optional"] = "required"
    for_each: str = ""
    when: str = ""


class _File(_Strict):
    name: str = Field(pattern=_NAME)
    version: int = Field(ge=1)
    title: str = Field(min_length=1)
    style: DraftStyle
    summary: str = ""
    inputs: dict[str, _Input] = Field(default_factory=dict)
    sections: list[_Section] = Field(min_length=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """A paragraph that a template makes; `depth` as in `drafts.Paragraph`."""

    text: str
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateInput:
    """A value that a template asks for; an optional one that is not given is empty."""

    name: str
    label: str
    is_required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSection:
    """One section of a template.

    `text` is the fixed wording of given and reserved sections, and what stands before the drafted
    text of others; `question` is what evidence is looked for with, `hints` are words, apart by
    commas, that tell which sentences of given files belong there, and `stance` says whether those
    praise, find fault or plan. `function` names what code
    computes, `prompt` what a model is asked with. `for_each` names a list: the section is made
    once for each entry, which its texts know as `item`. `when` names an input: the section is left
    out where that is empty.
    """

    section_id: str
    kind: PartKind
    heading: str
    level: int
    depth: int
    text: str
    question: str
    hints: str
    stance: str
    prompt: str
    function: str
    max_chars: int
    needs_evidence: bool
    for_each: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTemplate:
    """A loaded template; `folder` is where its sample lies."""

    name: str
    version: int
    title: str
    style: DraftStyle
    summary: str
    inputs: tuple[TemplateInput, ...]
    sections: tuple[TemplateSection, ...]
    folder: Path

    @property
    def reference(self) -> str:
        """What is stored with every paper: `complaint_reply@1`."""
        return f"{self.name}@{self.version}"

    def values(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """Return the inputs as the texts need them: cleaned, what is optional filled up.

        Raises:
            TemplateInputError: Something required is missing, named by its Korean label; or
                something is given that the template does not know.
        """
        known = {found.name: found for found in self.inputs}
        unfit = tuple(name for name in given if name not in known)
        missing = tuple(
            found.label
            for found in self.inputs
            if found.is_required and not _is_filled(given.get(found.name, ""))
        )
        if missing or unfit:
            raise TemplateInputError(missing=missing, unfit=unfit)
        return {name: _cleaned(given.get(name, "")) for name in known}

    def sample(self) -> dict[str, Value]:
        """Return the inputs of the sample.

        Raises:
            TemplateFaultError: The sample is missing or no mapping.
        """
        read = _yaml(self.folder / "sample.yaml", self.name)
        if not isinstance(read, dict):
            raise TemplateFaultError(
                faults=(f"{self.name}: 보기(sample.yaml)를 읽을 수 없습니다.",)
            )
        return read


def load(name: str, *, folder: Path = TEMPLATES_DIR) -> DocumentTemplate:
    """Return a template, checked.

    Raises:
        TemplateFaultError: It is missing or wrong; the faults say where, in words for its author.
    """
    home = folder / name
    read = _yaml(home / "template.yaml", name)
    try:
        file = _File.model_validate(read)
    except ValidationError as error:
        raise TemplateFaultError(faults=_shape_faults(name, error)) from error
    template = DocumentTemplate(
        name=file.name,
        version=file.version,
        title=file.title,
        style=file.style,
        summary=file.summary,
        inputs=tuple(
            TemplateInput(name=key, label=one.label, is_required=one.required)
            for key, one in file.inputs.items()
        ),
        sections=tuple(_section(section) for section in file.sections),
        folder=home,
    )
    if faults := _faults(template, name):
        raise TemplateFaultError(faults=faults)
    return template


def load_all(folder: Path = TEMPLATES_DIR) -> dict[str, DocumentTemplate]:
    """Return every template of a folder by name."""
    names = sorted(path.parent.name for path in folder.glob("*/template.yaml"))
    return {name: load(name, folder=folder) for name in names}


def check(
    template: DocumentTemplate, *, prompts: Collection[str], functions: Collection[str]
) -> tuple[str, ...]:
    """Return what of a template's references leads nowhere, in words for its author."""
    faults = [
        f"{template.name}: {section.section_id} 부분의 프롬프트 {section.prompt}이(가) 없습니다."
        for section in template.sections
        if section.prompt and section.prompt not in prompts
    ]
    faults += [
        f"{template.name}: {section.section_id} 부분의 계산 {section.function}이(가) 없습니다."
        for section in template.sections
        if section.function and section.function not in functions
    ]
    return tuple(faults)


def one_line(
    text: str, values: Mapping[str, Value], *, item: Mapping[str, str] | None = None
) -> str:
    """Return a title, heading or question with the values filled in, on one line.

    Raises:
        TemplateFaultError: A value is missing that the text asks for.
    """
    return " ".join(_rendered(text, values, item).split())


def lines(
    text: str,
    values: Mapping[str, Value],
    *,
    item: Mapping[str, str] | None = None,
    depth: int = 0,
) -> tuple[TemplateLine, ...]:
    """Return fixed wording with the values filled in, a paragraph a line.

    A line that begins with `- ` lies one deeper than `depth`, two spaces before it one more.
    Empty lines are left out.

    Raises:
        TemplateFaultError: A value is missing that the text asks for.
    """
    found: list[TemplateLine] = []
    for line in _rendered(text, values, item).splitlines():
        bullet = _BULLET.match(line)
        deeper = len(bullet["indent"]) // 2 + 1 if bullet else 0
        words = " ".join((bullet["text"] if bullet else line).split())
        if words:
            found.append(TemplateLine(text=words, depth=min(depth + deeper, 8)))
    return tuple(found)


def _rendered(text: str, values: Mapping[str, Value], item: Mapping[str, str] | None) -> str:
    further = {} if item is None else {_ITEM: {k: clean(v) for k, v in item.items()}}
    try:
        return render(text, {**values, **further})
    except WordingError as error:
        raise TemplateFaultError(faults=(f"서식의 값을 채우지 못했습니다: {error}",)) from error


def _yaml(path: Path, name: str) -> object:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TemplateFaultError(
            faults=(f"{name}: {path.name}을(를) 읽을 수 없습니다.",)
        ) from error


def _shape_faults(name: str, error: ValidationError) -> tuple[str, ...]:
    return tuple(
        f"{name}: {'.'.join(map(str, found['loc'])) or '파일'} — "
        f"{_SHAPES.get(found['type'], '값이 맞지 않습니다.')}"
        for found in error.errors()
    )


def _section(found: _Section) -> TemplateSection:
    return TemplateSection(
        section_id=found.id,
        kind=found.kind,
        heading=found.heading,
        level=found.level,
        depth=found.depth,
        text=found.text,
        question=found.question,
        hints=found.hints,
        stance=found.stance,
        prompt=found.prompt,
        function=found.function,
        max_chars=found.max_chars,
        needs_evidence=found.evidence == "required",
        for_each=found.for_each,
        when=found.when,
    )


def _faults(template: DocumentTemplate, name: str) -> tuple[str, ...]:
    known = {found.name for found in template.inputs}
    faults = [] if template.name == name else [f"{name}: 이름이 폴더와 다릅니다({template.name})."]
    ids = [section.section_id for section in template.sections]
    faults += [
        f"{name}: {one} 부분이 두 번 있습니다." for one in sorted(set(ids)) if ids.count(one) > 1
    ]
    faults += _asked(f"{name}: 제목", template.title, known)
    faults += _asked(f"{name}: 요지", template.summary, known)
    for section in template.sections:
        place = f"{name}: {section.section_id} 부분"
        allowed = known | ({_ITEM} if section.for_each else set())
        for text in (section.heading, section.text, section.question):
            faults += _asked(place, text, allowed)
        faults += [
            f"{place}: 입력에 없는 {named}을(를) 가리킵니다."
            for named in (section.for_each, section.when)
            if named and named not in known
        ]
        faults += _unfit(place, section)
    return tuple(faults)


def _unfit(place: str, section: TemplateSection) -> list[str]:
    """Say what a section of its kind lacks or may not have."""
    kind = section.kind
    wanted = {
        "계산할 것(function)이 없습니다.": kind is PartKind.COMPUTED and not section.function,
        "초안을 쓸 질문(question)이 없습니다.": kind is PartKind.DRAFTED and not section.question,
        "문구(text)나 값(function)이 없습니다.": kind is PartKind.GIVEN
        and not (section.text or section.function),
        "프롬프트는 초안 부분에만 둡니다.": bool(section.prompt) and kind is not PartKind.DRAFTED,
        "계산은 계산 부분이나 입력 부분에만 둡니다.": bool(section.function)
        and kind not in (PartKind.COMPUTED, PartKind.GIVEN),
    }
    return [f"{place}: {fault}" for fault, holds in wanted.items() if holds]


def _asked(place: str, text: str, known: Collection[str]) -> list[str]:
    try:
        unknown = names_in(text) - set(known)
    except WordingError as error:
        return [f"{place}: 문구가 잘못되었습니다({error})."]
    return [f"{place}: 입력에 없는 {name}을(를) 씁니다." for name in sorted(unknown)]


def _is_filled(value: Value) -> bool:
    return (
        bool(value.strip())
        if isinstance(value, str)
        else value is True or value is False or bool(value)
    )


def _cleaned(value: Value) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return clean(value)
    return [
        clean(one) if isinstance(one, str) else {k: clean(v) for k, v in one.items()}
        for one in value
    ]  # type: ignore[return-value] # one kind in, the same kind out
