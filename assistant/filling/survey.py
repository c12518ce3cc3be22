"""Walks over a marked part without values: its fields, loops and conditions, and their faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from assistant.filling.blocks import Choice, Item, Loop, arrange, elements_of, is_block_parent
from assistant.filling.dialect import Dialect
from assistant.filling.expressions import Expression
from assistant.filling.marking import BLOCK, FIELD, Marked, PlacedTag
from assistant.filling.package import Element
from assistant.filling.report import Condition, FieldUse, RowLoop
from assistant.filling.tags import Level

# A loop variable stands for the entries of its list: `줄` for `목록[]`.
Names: TypeAlias = Mapping[str, str]
_REPEATS: Mapping[Level, Literal["rows", "paragraphs", "text"]] = {
    Level.ROW: "rows",
    Level.PARAGRAPH: "paragraphs",
    Level.TEXT: "text",
}


class Survey:
    """What is found in all parts of a template, in their order."""

    def __init__(self, marked: Marked, dialect: Dialect) -> None:
        self._marked = marked
        self._dialect = dialect
        self.fields: list[FieldUse] = []
        self.loops: list[RowLoop] = []
        self.conditions: list[Condition] = []

    def walk(self, parent: Element, names: Names) -> None:
        """Take in everything under `parent`."""
        if is_block_parent(parent):
            self._items(arrange(parent, self._marked), names)
            return
        for child in parent:
            if child.tag == FIELD:
                placed = self._marked.of(child)
                self._uses(placed.tag.expression, placed, names)
            elif next(child.iter(FIELD, BLOCK), None) is not None:
                self.walk(child, names)

    def _items(self, items: Iterable[Item], names: Names) -> None:
        for item in items:
            match item:
                case Loop():
                    self._loop(item, names)
                case Choice():
                    self._choice(item, names)
                case _:
                    self.walk(item, names)

    def _loop(self, loop: Loop, names: Names) -> None:
        placed, tag = loop.placed, loop.placed.tag
        if tag.expression is None:
            return
        self._uses(tag.expression, placed, names)
        list_name = _name(tag.expression.references[0].path, names)
        self.loops.append(
            RowLoop(
                list_name=list_name,
                variable=tag.variable,
                repeats=_REPEATS[tag.level],
                place=placed.place,
            )
        )
        self._faults(loop.body, placed)
        for message in self._dialect.repeat_faults(list(elements_of(loop.body))):
            self._marked.fault("merged_cell", f"{tag.text}: {message}", placed.place)
        self._items(loop.body, {**names, tag.variable: f"{list_name}[]", "loop": ""})

    def _choice(self, choice: Choice, names: Names) -> None:
        for branch in choice.branches:
            placed, tag = branch.placed, branch.placed.tag
            if tag.expression is not None:
                self.conditions.append(Condition(text=tag.expression.source, place=placed.place))
                self._uses(tag.expression, placed, names)
            self._faults(branch.body, placed)
            self._items(branch.body, names)

    def _faults(self, body: Iterable[Item], placed: PlacedTag) -> None:
        """Refuse blocks around what holds the page settings: they stand once, and always."""
        if any(
            next(element.iter(self._dialect.settings), None) is not None
            for element in elements_of(body)
        ):
            self._marked.fault(
                "page_settings",
                f"{placed.tag.text}: 이 범위에 쪽 설정이 든 문단(문서의 첫 문단이나 구역 나눔)이 "
                "있습니다. 태그를 그 문단 밖으로 옮기십시오.",
                placed.place,
            )

    def _uses(self, used: Expression | None, placed: PlacedTag, names: Names) -> None:
        for reference in used.references if used else ():
            name = _name(reference.path, names)
            if name:
                self.fields.append(
                    FieldUse(
                        name=name,
                        place=placed.place,
                        is_required=reference.is_required,
                        filters=used.filters if used else (),
                    )
                )


def _name(path: tuple[str, ...], names: Names) -> str:
    """Return the full name of a value; nothing for the numbers of a loop.

    >>> _name(("줄", "품명"), {"줄": "목록[]"})
    '목록[].품명'
    """
    first = names.get(path[0], path[0])
    return ".".join((first, *path[1:])) if first else ""
