"""Questions that ask two things, and follow-ups that lean on the question before them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import SourceKind
from assistant.retrieval.parts import parts
from tests.assistant.lawshelf import LAW, RULE, fill
from tests.assistant.shelf import Shelf, open_shelf


def test_each_of_two_things_asked_has_its_best_section_in_front(shelf: Shelf) -> None:
    question = "완료보고서는 며칠 안에 내고, 시험위원회 위원은 몇 명까지 두나요?"
    first = [(p.document_title, p.label) for p in shelf.ask(question).passages[:3]]
    assert {(RULE, "제7조"), (LAW, "제5조")} <= set(first)
    assert first[0] in {(RULE, "제7조"), (LAW, "제5조")}


def test_a_section_that_leads_for_a_part_stands_there_once(shelf: Shelf) -> None:
    question = "완료보고서는 며칠 안에 내고, 시험위원회 위원은 몇 명까지 두나요?"
    spots = [(p.document_id, p.section_ordinal) for p in shelf.ask(question, limit=20).passages]
    assert len(spots) == len(set(spots))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "지정기간은 몇 년이고 연장신청은 며칠 전부터 받나요?",
            ("지정기간은 몇 년이고", "연장신청은 며칠 전부터 받나요?"),
        ),
        (
            "입찰보증금이랑 계약보증금 비율을 각각 알려줘",
            ("입찰보증금", "계약보증금 비율을 각각 알려줘"),
        ),
    ],
)
def test_a_question_is_cut_between_the_things_it_asks(
    question: str, expected: tuple[str, str]
) -> None:
    assert parts(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "완료보고서는 언제까지 내나요?",
        "시범사용 완료보고서, 언제까지 내요?",
        "업무와 관련된 민원은?",
        "",
    ],
)
def test_a_question_for_one_thing_stays_whole(question: str) -> None:
    assert parts(question) == ()


@pytest.mark.parametrize(
    ("earlier", "names_it"),
    [
        ("완료보고서는 며칠 안에 내나요?", False),
        ("다솜시는 완료보고서를 며칠 안에 냈나요?", True),
    ],
)
def test_a_follow_up_tells_of_a_pilot_where_the_question_before_named_it(
    tmp_path: Path, earlier: str, names_it: bool
) -> None:
    memo = "# 다솜시 메모\n\n## 진행\n\n다솜시는 완료보고서를 9일 안에 냈다."
    with open_shelf(tmp_path) as shelf:
        fill(shelf)
        shelf.add(memo, kind=SourceKind.PILOT)
        shelf.index()
        found = shelf.ask("그럼 늦게 내면요?", context=earlier).passages
    assert (found[0].kind is SourceKind.PILOT) is names_it
