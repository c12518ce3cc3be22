"""Column sets as data: the shipped ones, and those that officials make, checked the same way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from pathlib import Path

import yaml

from assistant.applications.labels import label_key
from assistant.domain import Choice, Column, ColumnSet, ColumnType, PaperNeed, RequiredPaper
from assistant.errors import ColumnSetFaultError, ConfigurationError

TABLES_DIR = Path(__file__).resolve().parents[2] / "prompts" / "tables"
MAX_COLUMNS = 60
MAX_WORDS = 80
MAX_CHARS = 200
MAX_FAULTS = 20
_LONGEST_WORD = 800
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COLUMN_KEYS = frozenset(field.name for field in fields(Column))
_SET_KEYS = frozenset({"name", "version", "title", "purpose", "columns", "papers"})
_PAPER_KEYS = frozenset({"name", "label", "need", "labels"})
_NUMBERS = frozenset({ColumnType.NUMBER, ColumnType.PERCENT, ColumnType.WON})


class _Checker:
    """Collects what is wrong with a column set, in words for the official who made it."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def fault(self, where: str, what: str) -> None:
        """Keep a fault, as many as a person can use."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(f"{where}: {what}")

    def text(self, raw: Mapping[str, object], key: str, where: str, *, required: bool) -> str:
        """Return a text of an entry, "" when it is missing or no text."""
        value = raw.get(key)
        if value is None or value == "":
            if required:
                self.fault(where, f"{_NAMES[key]}을(를) 적어 주십시오.")
            return ""
        if not isinstance(value, str) or len(value) > MAX_CHARS:
            self.fault(where, f"{_NAMES[key]}은(는) {MAX_CHARS}자 이내의 글이어야 합니다.")
            return ""
        return value.strip()

    def words(self, raw: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
        """Return a list of short texts of an entry."""
        value = raw.get(key) or ()
        if not isinstance(value, list | tuple) or len(value) > MAX_WORDS:
            self.fault(where, f"{_NAMES[key]}은(는) {MAX_WORDS}개 이내의 낱말 목록이어야 합니다.")
            return ()
        if not all(isinstance(word, str) and 0 < len(word) <= _LONGEST_WORD for word in value):
            self.fault(where, f"{_NAMES[key]}에 비었거나 너무 긴 낱말이 있습니다.")
            return ()
        return tuple(str(word).strip() for word in value)

    def name(self, raw: Mapping[str, object], where: str) -> str:
        """Return the key of an entry."""
        name = self.text(raw, "name", where, required=True)
        if name and not _NAME.fullmatch(name):
            self.fault(
                where, "열쇠말(name)은 영문 소문자로 시작하고 소문자, 숫자, _만 쓸 수 있습니다."
            )
        return name

    def unknown(self, raw: Mapping[str, object], known: frozenset[str], where: str) -> None:
        """Report keys that nothing reads."""
        for key in sorted(str(key) for key in set(raw) - known):
            self.fault(where, f"'{key}'은(는) 알 수 없는 항목입니다.")


_NAMES = {
    "name": "열쇠말(name)",
    "title": "표 이름(title)",
    "purpose": "쓰임(purpose)",
    "label": "열 제목(label)",
    "meaning": "뜻(meaning)",
    "unit": "단위(unit)",
    "group": "묶음(group)",
    "labels": "찾을 말(labels)",
    "patterns": "문장 꼴(patterns)",
    "synonyms": "같은 말(synonyms)",
}


def column_set(raw: Mapping[str, object], *, is_shipped: bool = False) -> ColumnSet:
    """Return a column set from data, checked.

    Args:
        raw: As in `prompts/tables/*.yaml` and as `as_data` gives.
        is_shipped: Regular expressions are taken from shipped sets only: one that an official
            wrote could run for hours over a file.

    Raises:
        ColumnSetFaultError: It cannot be used; `faults` says why, in Korean.
    """
    checker = _Checker()
    checker.unknown(raw, _SET_KEYS, "표")
    name = checker.name(raw, "표")
    title = checker.text(raw, "title", "표", required=True)
    purpose = checker.text(raw, "purpose", "표", required=False)
    version = raw.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        checker.fault("표", "판 번호(version)는 1 이상의 정수여야 합니다.")
        version = 1
    columns = _columns(raw.get("columns"), checker, is_shipped=is_shipped)
    papers = _papers(raw.get("papers") or (), checker)
    if checker.faults:
        raise ColumnSetFaultError(faults=tuple(checker.faults))
    return ColumnSet(
        name=name,
        version=version,
        title=title,
        purpose=purpose,
        columns=columns,
        papers=papers,
        is_shipped=is_shipped,
    )


def _columns(raw: object, checker: _Checker, *, is_shipped: bool) -> tuple[Column, ...]:
    if not isinstance(raw, list | tuple) or not raw:
        checker.fault("표", "열이 하나도 없습니다. 열을 하나 이상 만들어 주십시오.")
        return ()
    if len(raw) > MAX_COLUMNS:
        checker.fault("표", f"열이 {len(raw)}개입니다. {MAX_COLUMNS}개까지 만들 수 있습니다.")
        return ()
    columns: list[Column] = []
    for number, entry in enumerate(raw, start=1):
        where = f"{number}번째 열"
        if not isinstance(entry, Mapping):
            checker.fault(where, "열의 꼴이 아닙니다.")
            continue
        label = entry.get("label")
        column = _column(entry, checker, f"{where}({label})" if label else where)
        if column is None:
            continue
        if column.patterns and not is_shipped:
            checker.fault(where, "문장 꼴(patterns)은 제품에 든 표에만 쓸 수 있습니다.")
        if any(other.name == column.name for other in columns):
            checker.fault(where, f"열쇠말 '{column.name}'이(가) 두 번 쓰였습니다.")
        columns.append(column)
    return tuple(columns)


def _column(raw: Mapping[str, object], checker: _Checker, where: str) -> Column | None:
    checker.unknown(raw, _COLUMN_KEYS, where)
    kind = _kind(raw.get("type"), checker, where)
    label = checker.text(raw, "label", where, required=True)
    if label and not label_key(label):
        checker.fault(where, "열 제목에 글자가 없습니다.")
    name = checker.name(raw, where)
    meaning = checker.text(raw, "meaning", where, required=True)
    if kind is None:
        return None
    choices = _choices(raw.get("choices") or (), checker, where)
    if (kind is ColumnType.CHOICE) != bool(choices):
        checker.fault(
            where, "'고르기' 열에는 고를 값(choices)이 있어야 하고, 다른 열에는 없어야 합니다."
        )
    low, high = _bounds(raw, kind, checker, where)
    pick = raw.get("pick", "first")
    if pick not in {"first", "last"}:
        checker.fault(where, "기간의 어느 쪽(pick)은 first 또는 last여야 합니다.")
    return Column(
        name=name,
        label=label,
        meaning=meaning,
        type=kind,
        unit=checker.text(raw, "unit", where, required=False),
        choices=choices,
        labels=checker.words(raw, "labels", where),
        patterns=_patterns(raw, checker, where),
        group=checker.text(raw, "group", where, required=False),
        required=raw.get("required") is True,
        many=raw.get("many") is True,
        pick="last" if pick == "last" else "first",
        low=low,
        high=high,
    )


def _kind(raw: object, checker: _Checker, where: str) -> ColumnType | None:
    try:
        return ColumnType(str(raw))
    except ValueError:
        known = ", ".join(kind.value for kind in ColumnType)
        checker.fault(where, f"값의 종류(type)는 다음 가운데 하나여야 합니다: {known}.")
        return None


def _choices(raw: object, checker: _Checker, where: str) -> tuple[Choice, ...]:
    if not isinstance(raw, list | tuple) or len(raw) > MAX_WORDS:
        checker.fault(where, f"고를 값(choices)은 {MAX_WORDS}개 이내의 목록이어야 합니다.")
        return ()
    choices: list[Choice] = []
    for entry in raw:
        held = {"value": entry} if isinstance(entry, str) else entry
        if not isinstance(held, Mapping) or not isinstance(held.get("value"), str):
            checker.fault(where, "고를 값마다 value가 있어야 합니다.")
            continue
        value = str(held["value"]).strip()
        if not value or any(choice.value == value for choice in choices):
            checker.fault(where, f"고를 값 '{value}'이(가) 비었거나 두 번 쓰였습니다.")
        choices.append(Choice(value=value, synonyms=checker.words(held, "synonyms", where)))
    return tuple(choices)


def _bounds(
    raw: Mapping[str, object], kind: ColumnType, checker: _Checker, where: str
) -> tuple[float | None, float | None]:
    bounds: list[float | None] = []
    for key in ("low", "high"):
        value = raw.get(key)
        if value is None:
            bounds.append(None)
        elif isinstance(value, int | float) and not isinstance(value, bool) and kind in _NUMBERS:
            bounds.append(float(value))
        else:
            checker.fault(where, "범위(low, high)는 수를 담는 열에만 수로 적을 수 있습니다.")
            bounds.append(None)
    low, high = bounds
    if low is not None and high is not None and low > high:
        checker.fault(where, "범위의 아래가 위보다 큽니다.")
    return low, high


def _patterns(raw: Mapping[str, object], checker: _Checker, where: str) -> tuple[str, ...]:
    patterns = checker.words(raw, "patterns", where)
    for pattern in patterns:
        try:
            is_sound = "value" in re.compile(pattern).groupindex
        except re.error:
            is_sound = False
        if not is_sound:
            checker.fault(where, "문장 꼴은 value라는 묶음이 있는 정규식이어야 합니다.")
    return patterns


def _papers(raw: object, checker: _Checker) -> tuple[RequiredPaper, ...]:
    if not isinstance(raw, list | tuple) or len(raw) > MAX_COLUMNS:
        checker.fault("서류", f"서류는 {MAX_COLUMNS}개 이내의 목록이어야 합니다.")
        return ()
    papers: list[RequiredPaper] = []
    for number, entry in enumerate(raw, start=1):
        where = f"{number}번째 서류"
        if not isinstance(entry, Mapping):
            checker.fault(where, "서류의 꼴이 아닙니다.")
            continue
        checker.unknown(entry, _PAPER_KEYS, where)
        need = entry.get("need", PaperNeed.ALWAYS.value)
        if need not in set(PaperNeed):
            checker.fault(where, "언제 내는지(need)는 always 또는 where_applicable이어야 합니다.")
            need = PaperNeed.ALWAYS
        name = checker.name(entry, where)
        if any(paper.name == name for paper in papers):
            checker.fault(where, f"열쇠말 '{name}'이(가) 두 번 쓰였습니다.")
        papers.append(
            RequiredPaper(
                name=name,
                label=checker.text(entry, "label", where, required=True),
                need=PaperNeed(str(need)),
                labels=checker.words(entry, "labels", where),
            )
        )
    return tuple(papers)


# -- shipped sets, and sets as data ---------------------------------------------------------------


def as_data(columns: ColumnSet) -> dict[str, object]:
    """Return a column set as `column_set` takes it, for storing and editing."""
    return {
        "name": columns.name,
        "version": columns.version,
        "title": columns.title,
        "purpose": columns.purpose,
        "columns": [_column_data(column) for column in columns.columns],
        "papers": [
            {"name": p.name, "label": p.label, "need": p.need.value, "labels": [*p.labels]}
            for p in columns.papers
        ],
    }


def _column_data(column: Column) -> dict[str, object]:
    data: dict[str, object] = {
        "name": column.name,
        "label": column.label,
        "meaning": column.meaning,
        "type": column.type.value,
        "labels": [*column.labels],
        "choices": [{"value": c.value, "synonyms": [*c.synonyms]} for c in column.choices],
        "required": column.required,
        "many": column.many,
        "pick": column.pick,
    }
    optional = {
        "unit": column.unit,
        "group": column.group,
        "patterns": [*column.patterns],
        "low": column.low,
        "high": column.high,
    }
    return data | {key: value for key, value in optional.items() if value not in ("", [], None)}


def editable_copy(columns: ColumnSet, *, name: str, title: str) -> dict[str, object]:
    """Return a shipped set as data that an official may change: without regular expressions."""
    entries = [_column_data(column) for column in columns.columns]
    for entry in entries:
        entry.pop("patterns", None)
    return as_data(columns) | {"name": name, "title": title, "version": 1, "columns": entries}


@cache
def shipped_sets(folder: Path = TABLES_DIR) -> Mapping[str, ColumnSet]:
    """Return the column sets that come with the product, by name.

    Raises:
        ConfigurationError: A file is not a sound column set.
    """
    found: dict[str, ColumnSet] = {}
    for path in sorted(folder.glob("*.yaml")):
        found[path.stem] = _shipped(path)
    return found


def _shipped(path: Path) -> ColumnSet:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        columns = column_set(raw if isinstance(raw, Mapping) else {}, is_shipped=True)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"column set {path.stem} cannot be read") from error
    except ColumnSetFaultError as error:
        raise ConfigurationError(f"column set {path.stem}: {error.first}") from error
    if columns.name != path.stem:
        raise ConfigurationError(f"column set {path.stem} calls itself {columns.name}")
    return columns
