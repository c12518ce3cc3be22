"""The expressions of a template: a closed grammar, checked before a sandbox may see it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, UndefinedError
from jinja2 import nodes as n
from jinja2.exceptions import SecurityError
from jinja2.parser import Parser
from jinja2.sandbox import ImmutableSandboxedEnvironment

from assistant.filling.filters import DEFAULT_FILTERS, FILTERS, TESTS, is_given
from assistant.filling.values import Listing, Record

MAX_CHARS = 300
MAX_DEPTH = 20
UNKNOWN = "\x00"  # no name of a template begins so
_RESERVED = frozenset({"self", "super", "caller", "varargs", "kwargs"})


class FaultyExpressionError(ValueError):
    """An expression is not one that a template may hold; the message is for its author."""


class AbsentValueError(LookupError):
    """An expression needs a value that was not given."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class UnfitValueError(ValueError):
    """An expression cannot use the value that was given."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def unknown_value() -> object:
    """Return what stands for the entries of a list that was not given."""
    return _Missing(name=UNKNOWN)


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that an expression looks up."""

    path: tuple[str, ...]
    is_required: bool


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression."""

    source: str
    references: tuple[Reference, ...]
    filters: tuple[str, ...]
    is_path: bool
    _compiled: Callable[..., object]

    @property
    def subject(self) -> str:
        """Return the name of the first value, for saying what is wrong."""
        return ".".join(self.references[0].path) if self.references else self.source

    def value(self, scope: Mapping[str, object]) -> object:
        """Return what the expression comes to, always something given.

        Raises:
            AbsentValueError: It needs a value that is not there.
            UnfitValueError: A value is of the wrong kind.
        """
        try:
            found = self._compiled(scope)
        except UndefinedError as error:
            raise AbsentValueError(str(error)) from error
        except (TypeError, ValueError, ArithmeticError, TemplateError) as error:
            raise UnfitValueError(self.subject) from error
        if isinstance(found, _Missing):
            raise AbsentValueError(found.name)
        if found is None:
            raise AbsentValueError(self.subject)
        return found


@lru_cache(maxsize=512)
def expression(source: str) -> Expression:
    """Check an expression and make it ready.

    Raises:
        FaultyExpressionError: It goes beyond names, entries, comparisons and the known filters.

    >>> expression("금액 | 쉼표").value({"금액": 1000})
    '1,000'
    """
    text = unicodedata.normalize("NFC", source).strip()
    if not text:
        raise FaultyExpressionError("이름이 비어 있습니다. 넣을 값의 이름을 적으십시오.")
    if len(text) > MAX_CHARS or max(map(text.count, "([{-")) > MAX_DEPTH:
        raise FaultyExpressionError("식이 너무 깁니다. 짧게 나누십시오.")
    tree = _parse(text)
    found = _Grammar()
    found.check(tree, depth=0, required=True)
    return Expression(
        text,
        tuple(found.references),
        tuple(found.filters),
        isinstance(tree, n.Name | n.Getattr | n.Getitem),
        _sandbox().compile_expression(text, undefined_to_none=False),
    )


def _parse(text: str) -> n.Expr:
    try:
        parser = Parser(_sandbox(), text, state="variable")
        tree = parser.parse_expression()
        if not parser.stream.eos:
            raise TemplateSyntaxError("chunk after expression", parser.stream.current.lineno)
    except (TemplateSyntaxError, RecursionError, ValueError) as error:
        raise FaultyExpressionError(
            "이름이나 식을 알아볼 수 없습니다. {{ 이름 }} 또는 {{ 이름 | 쉼표 }}처럼 적으십시오."
        ) from error
    return tree


class _Grammar:
    """Walks over an expression and refuses whatever it does not know."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.filters: list[str] = []

    def check(self, node: n.Node, *, depth: int, required: bool) -> None:
        if depth > MAX_DEPTH:
            raise FaultyExpressionError("식이 너무 깊습니다. 짧게 나누십시오.")
        deeper = depth + 1
        match node:
            case n.Name() | n.Getattr() | n.Getitem():
                self.references.append(Reference(tuple(_path(node)), required))
            case n.Const(value=bool() | int() | float() | str()):
                pass
            case n.Filter(node=n.Node() as inner):
                _known(node.name, FILTERS, node)
                self.filters.append(node.name)
                optional = node.name in DEFAULT_FILTERS
                self.check(inner, depth=deeper, required=required and not optional)
            case n.Test():
                _known(node.name, TESTS, node)
                self.check(node.node, depth=deeper, required=False)
            case n.CondExpr(expr2=n.Node()):
                self._children(node, deeper, required=required)
            case n.And() | n.Or() | n.Not() | n.Compare() | n.Operand() | n.List() | n.Tuple():
                self._children(node, deeper, required=required)
            case _:
                raise FaultyExpressionError(
                    "값의 이름, 비교, 정해진 변환만 쓸 수 있습니다. 계산이나 호출은 쓸 수 없습니다."
                )

    def _children(self, node: n.Node, depth: int, *, required: bool) -> None:
        for child in node.iter_child_nodes():
            self.check(child, depth=depth, required=required)


def _known(name: str, known: Mapping[str, object], node: n.Filter | n.Test) -> None:
    if name not in known:
        raise FaultyExpressionError(
            f"‘{name}’은(는) 쓸 수 없습니다. 쓸 수 있는 것: {_korean(known)}."
        )
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise FaultyExpressionError(f"‘{name}’ 뒤의 괄호 안을 고치십시오.")
    if not all(isinstance(argument, n.Const) for argument in node.args):
        raise FaultyExpressionError(f"‘{name}’ 뒤의 괄호 안에는 글이나 수만 적으십시오.")


def _korean(names: Iterable[str]) -> str:
    return ", ".join(name for name in names if not name.isascii())


def _path(node: n.Node) -> Iterator[str]:
    match node:
        case n.Name(name=str() as name) if not name.startswith("_") and name not in _RESERVED:
            yield name
        case n.Getattr(node=inner, attr=str() as name) if not name.startswith("_"):
            yield from _path(inner)
            yield name
        case n.Getitem(node=inner, arg=n.Const(value=str() | int() as key)) if not str(
            key
        ).startswith("_"):
            yield from _path(inner)
            yield str(key)
        case _:
            raise FaultyExpressionError("쓸 수 없는 이름입니다. 값의 이름만 적으십시오.")


class _Missing(StrictUndefined):
    """A value that was not given; it raises when used, and its message is its name."""

    def __init__(
        self,
        hint: str | None = None,
        obj: object = None,
        name: str | None = None,
        exc: type[Exception] = UndefinedError,
    ) -> None:
        del obj, exc
        super().__init__(hint=name or hint, name=name)

    @property
    def name(self) -> str:
        return self._undefined_hint or ""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which a dot means an entry of plain data and nothing else."""

    def getattr(self, obj: object, attribute: str) -> object:
        return _entry(obj, attribute)

    def getitem(self, obj: object, argument: object) -> object:
        return _entry(obj, argument)

    def is_safe_callable(self, obj: object) -> bool:
        del obj
        return False


def _entry(holder: object, key: object) -> object:
    if isinstance(holder, _Missing):
        return _Missing(name=f"{holder.name}.{key}")
    if isinstance(holder, Record):
        name = unicodedata.normalize("NFC", str(key))
        return holder[name] if name in holder else _Missing(name=_joined(holder.path, name))
    if isinstance(holder, Listing) and isinstance(key, int) and not isinstance(key, bool):
        inside = -len(holder) <= key < len(holder)
        return holder[key] if inside else _Missing(name=f"{holder.path}[{key + 1}]")
    raise SecurityError("only entries of plain data")


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _needing(use: Callable[..., object]) -> Callable[..., object]:
    """Let a filter see given values only."""

    def guarded(value: object, *arguments: object) -> object:
        if isinstance(value, Undefined):
            str(value)  # raises, with the name of what is missing
        if not is_given(value):
            raise ValueError("no value")
        return use(value, *arguments)

    return guarded


@cache
def _sandbox() -> _Sandbox:
    sandbox = _Sandbox(autoescape=True, undefined=_Missing)
    sandbox.globals.clear()
    sandbox.filters = {
        name: use if name in DEFAULT_FILTERS else _needing(use) for name, use in FILTERS.items()
    }
    sandbox.tests = dict(TESTS)
    return sandbox
