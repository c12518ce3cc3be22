"""A passage made ready for checking: its units, tokens, provisions and metadata."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.domain import Passage, Span, TokenKind
from assistant.grounding.folding import blank_amendments, fold
from assistant.grounding.overlap import Grams, Surroundings, grams, surroundings
from assistant.grounding.polarity import bound_after
from assistant.grounding.references import names_same_law, squeeze_name
from assistant.grounding.sentences import source_units
from assistant.grounding.settling import orders_the_reader
from assistant.grounding.tokens import Token, blank_tokens, extract_tokens

_MARK = re.compile(
    r"^\s*(?:\**(?P<p>[①-⑳㉑-㉟])\**|(?P<s>\d{1,3})(?:의(?P<sb>\d{1,2}))?\\?\.(?!\d)"
    r"|(?P<i>[가나다라마바사아자차카타파하])\\?\.(?=\s))"
)
_PARTS = re.compile(
    r"(?P<container>부칙|별표\d*(?:의\d+)?|별지제\d+호(?:의\d+)?서식|서식)?(?P<article>제\d+조(?:의\d+)?)?"
    r"(?P<paragraph>제\d+항)?(?P<subparagraph>제\d+호(?:의\d+)?)?(?P<item>[가나다라마바사아자차카타파하]목)?"
)
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"
_FIELDS = ("container", "article", "paragraph", "subparagraph", "item")

Address = tuple[str, str, str, str, str]


def address(canonical: str) -> Address:
    """Return (container, article, paragraph, subparagraph, item) of a canonical reference.

    >>> address("제36조의2제1항")
    ('', '제36조의2', '제1항', '', '')
    """
    match = _PARTS.fullmatch(canonical)
    if not match:
        return (canonical, "", "", "", "")
    return tuple(match[name] or "" for name in _FIELDS)  # type: ignore[return-value] # five fields


def is_named_by(claimed: Address, held: Address) -> bool:
    """Return whether every part that `claimed` names is so in `held`.

    >>> is_named_by(address("제1항"), address("제36조제1항제2호"))
    True
    """
    return all(
        not want or want == have or (want == "별표" and have.startswith("별표"))
        for want, have in zip(claimed, held, strict=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, 항, 호 or 목 of a section, with the provision it stands in.

    `marks` are the content and the figures by which it differs from its neighbours; a 호 or 목
    has those of the sentence that opens its list as well.
    """

    span: Span
    grams: Grams
    address: Address
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A token in a passage, with its place; `unit` is -1 for the passage's metadata."""

    token: Token
    unit: int
    around: Surroundings
    address: Address | None = None


def figure_marks(text: str, tokens: Iterable[Token]) -> frozenset[str]:
    """Return marks of the figures of a text, each with its bound.

    >>> sorted(figure_marks("7일 이내", extract_tokens("7일 이내")))
    ['#7일', '#7일 at most']
    """
    marks: set[str] = set()
    for token in tokens:
        if token.value is not None:
            marks.add(f"#{token.canonical}")
            if bound := bound_after(text, token.end):
                marks.add(f"#{token.canonical} {bound}")
    return frozenset(marks)


class Source:
    """A passage with everything that checking a sentence against it needs, computed once."""

    def __init__(self, passage: Passage, names: Sequence[str] = ()) -> None:
        self.passage = passage
        self.text = fold(blank_amendments(passage.text))
        self.own_law = squeeze_name(passage.document_title)
        self.own_article = address(re.sub(r"\s", "", fold(passage.label)))[1]
        self._tokens = extract_tokens(self.text, names)
        self._orders: set[int] = set()
        self.units = self._units()
        self.found = self._found(names)
        self.units = self._marked()
        self.meta_grams = grams(" ".join((passage.document_title, passage.heading, *passage.path)))
        self.grams: Grams = frozenset().union(*(unit.grams for unit in self.units))

    def _units(self) -> tuple[Unit, ...]:
        label = address(re.sub(r"\s", "", fold(self.passage.label)))
        own = [label[0], label[1], "", "", ""]
        bare = blank_tokens(self.text, self._tokens)
        units: list[Unit] = []
        for span in source_units(self.text):
            piece = self.text[span.start : span.end]
            if (span.start == 0 or self.text[: span.start].rstrip(" ").endswith("\n")) and (
                mark := _MARK.match(piece)
            ):
                _enter(own, mark)
            here: Address = (own[0], own[1], own[2], own[3], own[4])
            # What gives orders to the assistant carries no claim.
            content = grams(bare[span.start : span.end])
            if orders_the_reader(piece):
                self._orders.add(len(units))
                content = frozenset()
            units.append(Unit(span=span, grams=content, address=here))
        return tuple(units)

    def _marked(self) -> tuple[Unit, ...]:
        own: dict[int, list[Token]] = {}
        for found in self.found:
            if found.unit >= 0:
                own.setdefault(found.unit, []).append(found.token)
        marked: list[Unit] = []
        leads: dict[Address, frozenset[str]] = {}
        for index, unit in enumerate(self.units):
            marks = unit.grams | figure_marks(self.text, own.get(index, ()))
            container, article, paragraph, subparagraph, item = unit.address
            if item:
                marks |= leads.get((container, article, paragraph, subparagraph, ""), frozenset())
            if subparagraph:
                marks |= leads.get((container, article, paragraph, "", ""), frozenset())
            leads.setdefault(unit.address, marks)
            marked.append(replace(unit, marks=marks))
        return tuple(marked)

    def _found(self, names: Sequence[str]) -> tuple[Found, ...]:
        starts = [unit.span.start for unit in self.units]
        found: list[Found] = []
        for token in self._tokens:
            index = max(0, bisect_right(starts, token.start) - 1)
            if index in self._orders:
                continue
            found.append(
                Found(
                    token=token,
                    unit=index,
                    around=surroundings(self.text, token.start, token.end),
                    address=self._resolve(token, index),
                )
            )
        return (*found, *self._metadata(names))

    def _metadata(self, names: Sequence[str]) -> list[Found]:
        passage = self.passage
        lines = [passage.document_title, passage.label, passage.heading, *passage.path]
        if passage.effective_from:
            lines.append(passage.effective_from.isoformat())
        nowhere = Surroundings("", "", frozenset())
        found = [
            Found(token=token, unit=-1, around=nowhere, address=self._resolve(token, 0))
            for token in extract_tokens("\n".join(lines), names)
        ]
        title = passage.document_title
        own = Token(kind=TokenKind.LAW, text=title, canonical=self.own_law, start=0, end=len(title))
        return [*found, Found(token=own, unit=-1, around=nowhere)]

    def _resolve(self, token: Token, unit: int) -> Address | None:
        """Complete a relative reference (제1항) by the provision it stands in."""
        if token.kind is not TokenKind.ARTICLE:
            return None
        named = address(token.canonical)
        here = self.units[unit].address if self.units else ("", "", "", "", "")
        if named[0] or named[1]:
            return named
        paragraph = named[2] or here[2]
        return ("", here[1], paragraph, named[3], named[4])

    def law_of(self, raw: str) -> str:
        """Resolve 법, 영, 이 법 and the like, as this document means them, to a squeezed title."""
        base = re.sub(r"(?:시행령|시행규칙)$", "", self.own_law)
        if raw in {"", "이법", "이영", "이규칙", "이규정", "이고시", "이지침"}:
            return self.own_law
        return {
            "법": base, "법률": base, "영": f"{base}시행령", "시행령": f"{base}시행령",
            "법시행령": f"{base}시행령", "법시행규칙": f"{base}시행규칙", "규칙": f"{base}시행규칙",
            "시행규칙": f"{base}시행규칙",
        }.get(raw, raw)  # fmt: skip

    def means(self, claimed_law: str, held_law: str) -> bool:
        """Return whether the law named in a sentence is the one named at a place of this text."""
        if not claimed_law or claimed_law == held_law:
            return True
        return names_same_law(self.law_of(claimed_law), self.law_of(held_law))


def _enter(own: list[str], mark: re.Match[str]) -> None:
    if mark["p"]:
        own[2:] = [f"제{_CIRCLED.index(mark['p']) + 1}항", "", ""]
    elif mark["s"]:
        branch = f"의{mark['sb']}" if mark["sb"] else ""
        own[3:] = [f"제{int(mark['s'])}호{branch}", ""]
    else:
        own[4] = f"{mark['i']}목"
