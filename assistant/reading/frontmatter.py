"""YAML front matter: what a Markdown file says of itself, as plain strings."""

from __future__ import annotations

import re

import yaml

_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"^([^\s:#-][^:]{0,40}):(?:\s+(.*))?$")
_MAX_CHARS = 65_536
_NAME_KEYS = ("제목", "title", "name")
_MARK_CHARS = 64
_MAX_BRACKETS = 500


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Separate front matter from the text; huge front matter stays part of the text.

    People write `비고: 생략한 조: 제8조` by hand, which is no YAML: then each `key: value`
    line counts by itself, if there are any.

    Scalars are kept as written (no dates, no numbers), lists are joined by a comma; aliases are
    looked at, never expanded.

    >>> split_front_matter("---\n제목: 규정\n부처: [가, 나]\n---\n본문")
    ({'제목': '규정', '부처': '가, 나'}, '본문')
    """
    match = _FRONT_MATTER.match(text[: _MAX_CHARS + _MARK_CHARS])
    if match is None or _is_overnested(match[1]):
        return {}, text
    try:
        node = yaml.compose(match[1], Loader=yaml.SafeLoader)
    except RecursionError:
        return {}, text
    except yaml.YAMLError:
        return _by_lines(match[1], text, match.end())
    if not isinstance(node, yaml.MappingNode):
        return {}, text
    values = {_scalar(key): _value(value) for key, value in node.value}
    return {key: value for key, value in values.items() if key}, text[match.end() :]


def _by_lines(matter: str, text: str, end: int) -> tuple[dict[str, str], str]:
    """Read `key: value` and `- value` lines one by one; anything else makes it plain text."""
    values: dict[str, str] = {}
    key = ""
    for line in matter.splitlines():
        if entry := _LINE.match(line):
            key = entry[1].strip()
            values[key] = (entry[2] or "").strip().strip("'\"")
        elif key and line.lstrip().startswith("- "):
            item = line.lstrip()[2:].strip().strip("'\"")
            values[key] = ", ".join(filter(None, (values[key], item)))
        elif line.strip():
            return {}, text
    return (values, text[end:]) if values else ({}, text)


def _is_overnested(matter: str) -> bool:
    """More brackets than any front matter has: the parser takes seconds over them."""
    return max(matter.count("["), matter.count("{")) > _MAX_BRACKETS


def _value(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return ", ".join(filter(None, map(_entry, node.value)))
    return _entry(node)


def _entry(node: yaml.Node) -> str:
    """One list element; of a mapping, what names it."""
    if isinstance(node, yaml.MappingNode):
        named = {_scalar(key): _scalar(value) for key, value in node.value}
        names = [named[key] for key in _NAME_KEYS if named.get(key)]
        return names[0] if names else " ".join(filter(None, named.values()))
    return _scalar(node)


def _scalar(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode) or node.tag.endswith(":null"):
        return ""
    return str(node.value).strip()
