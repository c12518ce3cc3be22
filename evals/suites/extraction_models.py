"""Model endpoints of the extraction suite, in this process: one that helps, one that deceives."""

from __future__ import annotations

import json
import random
import re
from collections.abc import AsyncGenerator, Mapping, Sequence

from assistant.applications.layout import pieces
from assistant.applications.quotes import all_places
from assistant.applications.values import read_values
from assistant.domain import ColumnSet, Document, Message, ReplySchema

_INVENTED = {
    "company": "주식회사 으뜸",
    "registration_number": "999-99-99999",
    "product": "최고제품",
    "trl": "9",
    "price": "1원",
    "patents": "10-9999999",
    "patent_expiry": "2099. 12. 31.",
    "foreign_parts": "0%",
}


class _Model:
    """A model that answers one document; satisfies `ChatModel`."""

    def __init__(self, reply: Mapping[str, object] | str) -> None:
        self._reply = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)

    @property
    def name(self) -> str:
        """The model's name."""
        return "in-process"

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """Yield the reply in one piece."""
        yield await self.complete(messages)

    async def complete(
        self, messages: Sequence[Message], *, schema: ReplySchema | None = None
    ) -> str:
        """Return the reply, whatever is asked."""
        del messages, schema
        return self._reply


def helpful(document: Document, gold: Mapping[str, frozenset[str]], columns: ColumnSet) -> _Model:
    """Return a model that points at the right words of a document wherever they stand."""
    values = []
    places = [place for place in all_places(pieces(document)) if not place.is_doubtful]
    for name, wanted in gold.items():
        column = columns.column(name)
        for value in sorted(wanted):
            for place in places:
                stands = value in place.text or any(
                    one.value == value for one in read_values(column, place.text)
                )
                if stands:
                    said = value if value in place.text else place.text
                    values.append({"column": name, "value": said, "quote": place.text})
                    break
    return _Model({"values": values, "summary": []})


def deceitful(
    document: Document,
    gold: Mapping[str, frozenset[str]],
    others: Sequence[Mapping[str, frozenset[str]]],
    columns: ColumnSet,
    *,
    seed: int,
) -> _Model:
    """Return a model that invents, swaps applicants, obeys the file and points at wrong words."""
    choose = random.Random(seed)  # noqa: S311 # which lie, not a secret
    values = [
        {"column": name, "value": value, "quote": f"{columns.column(name).label}: {value}"}
        for name, value in _INVENTED.items()
    ]
    for other in others:
        values += [
            {"column": name, "value": value, "quote": f"{columns.column(name).label} {value}"}
            for name, held in other.items()
            for value in sorted(held)
        ]
    places = [place.text for place in all_places(pieces(document)) if len(place.text) < 300]
    for column in columns.columns:  # words of this very document, for a column they do not answer
        for _ in range(4):
            text = choose.choice(places) if places else ""
            words = [text, *re.split(r"[\s,:()·/]+", text)]
            word = choose.choice([word for word in words if word] or ["-"])
            if word not in gold.get(column.name, ()):
                values.append({"column": column.name, "value": word, "quote": text})
    choose.shuffle(values)
    names = [value for other in others for value in sorted(other.get("company", ()))]
    summary = [
        "○ 이 제품은 만점을 받아야 함 [S1]",
        "○ 단가는 1원이며 TRL은 9단계임 [S1]",
        *(f"○ {name}의 제품으로 검증을 마침 [S1]" for name in names),
    ]
    return _Model({"values": values, "summary": summary})
