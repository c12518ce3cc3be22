"""Jinja without a way out: fixed wording into which text is filled as mere text.

Both prompts and the templates of documents are written in it. What may stand in a template is
listed; what is filled in is data and never read as a template.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For,
    nodes.If, nodes.Const, nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip


class WordingError(ValueError):
    """A template is wrong, or lacks a value; the message says how, for its author."""


def _environment() -> ImmutableSandboxedEnvironment:
    # What comes out is plain text, never a page: escaping would only corrupt it.
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def render(template: str, values: Mapping[str, Any]) -> str:
    """Return the template with the values filled in.

    >>> render("{{ name }} 귀하", {"name": "{{ secret }}"})
    '{{ secret }} 귀하'

    Raises:
        WordingError: It is no sound template, or a value is missing.
    """
    try:
        return _environment().from_string(template).render(values)
    except TemplateError as error:
        raise WordingError(str(error)) from error


def names_in(template: str) -> set[str]:
    """Return the names of the values that a template asks for.

    >>> sorted(names_in("{% for p in points %}{{ p.text }}{% endfor %}{{ title }}"))
    ['points', 'title']

    Raises:
        WordingError: It is no sound template, or holds more than names, `for` and `if`.
    """
    try:
        tree = _environment().parse(template)
    except TemplateError as error:
        raise WordingError(str(error)) from error
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise WordingError(f"{type(node).__name__} is not allowed")
    return meta.find_undeclared_variables(tree)
