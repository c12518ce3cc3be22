"""A request that names nothing to look for is answered from the beginning of what was chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.law.question import asks_for_overview
from tests.assistant.shelf import Shelf, open_shelf, places

PLAN = "\n\n".join(
    [
        "# 설치 계획",
        *(
            f"## {n}. {name}\n\n지어낸 가나군이 {name}에 관하여 정한 것을 여기에 자세히 적는다."
            for n, name in enumerate(("목적", "일정", "예산", "점검"), start=1)
        ),
    ]
)
NEWS = "# 소식\n\n## 요약\n\n요약해 달라는 말이 많이 든 글이다. 요약해 주세요. 요약해 주십시오.\n"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with open_shelf(tmp_path_factory.mktemp("shelf")) as opened:
        yield opened


@pytest.fixture(scope="module")
def ids(shelf: Shelf) -> dict[str, str]:
    found = {
        "plan": shelf.add(PLAN, name="계획.md"),
        "news": shelf.add(NEWS, name="소식.md"),
    }
    shelf.index()
    return found


@pytest.mark.parametrize(
    "question",
    ["요약해줘", "이 문서를 세 줄로 요약해 주세요.", "무슨 내용이야?", "핵심만 정리해 주십시오"],
)
def test_the_leading_sections_of_the_chosen_document_are_given(
    shelf: Shelf, ids: dict[str, str], question: str
) -> None:
    found = shelf.ask(question, limit=3, document_ids=(ids["plan"],))
    assert [label for _, label in places(found)] == ["1. 목적", "2. 일정", "3. 예산"]
    assert {passage.via for passage in found.passages} == {"opening"}
    assert found.sufficiency == 1.0


def test_several_chosen_documents_take_turns(shelf: Shelf, ids: dict[str, str]) -> None:
    found = shelf.ask("요약해줘", limit=3, document_ids=tuple(ids.values()))
    assert {title for title, _ in places(found)} == {"설치 계획", "소식"}
    assert len(found.passages) == 3


def test_without_a_chosen_document_the_words_are_looked_for(
    shelf: Shelf, ids: dict[str, str]
) -> None:
    assert ids
    assert all(one.via == "search" for one in shelf.ask("요약해줘").passages)


def test_a_question_about_something_is_looked_for_in_the_chosen_document(
    shelf: Shelf, ids: dict[str, str]
) -> None:
    found = shelf.ask("예산 내용을 요약해줘", limit=1, document_ids=(ids["plan"],))
    assert places(found) == [("설치 계획", "3. 예산")]
    assert found.passages[0].via == "search"


@pytest.mark.parametrize(
    "question",
    [
        "예산 요약",
        "수의계약 요건을 정리해줘",
        "이 사업의 기간은?",
        "제3조를 설명해 주세요",
        "14일?",
    ],
)
def test_a_question_that_names_a_thing_is_no_request_for_an_overview(question: str) -> None:
    assert not asks_for_overview(question)
