"""Questions are read from their file, and their gold is scored as it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import ConfigurationError
from evals.cases import Question, load_questions

GOLD = (frozenset({("가.md", "제1조"), ("가.md", "제2조")}), frozenset({("나.md", "제3조")}))


def make_question(**overrides: Any) -> Question:
    facts: dict[str, Any] = {
        "question_id": "q-1",
        "text": "며칠인가요?",
        "kind": "fact",
        "expect": GOLD,
        "mode": "all",
        "answer_any": (),
    }
    return Question(**(facts | overrides))


def written(folder: Path, *entries: object) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(json.dumps(e, ensure_ascii=False) for e in entries), "utf-8")
    return path


def raw(**overrides: Any) -> dict[str, Any]:
    facts = {
        "id": "q-1",
        "question": "며칠인가요?",
        "type": "deadline",
        "expect": [{"file": "가.md", "articles": ["제1조", "제2조"]}],
        "expect_mode": "all",
        "answer_any": [["7일", "일주일"], ["이내"]],
    }
    return facts | overrides


@pytest.mark.parametrize(
    ("mode", "places", "met"),
    [
        pytest.param("all", [("가.md", "제2조"), ("나.md", "제3조")], True, id="one of each entry"),
        pytest.param("all", [("가.md", "제1조"), ("가.md", "제2조")], False, id="one entry only"),
        pytest.param("any", [("나.md", "제3조")], True, id="any one entry"),
        pytest.param("any", [("다.md", "제3조")], False, id="the article of another file"),
        pytest.param("all", [], False, id="nothing found"),
        pytest.param("any", [], False, id="nothing found for any"),
    ],
)
def test_gold_is_met_by_one_of_its_places(
    mode: str, places: list[tuple[str, str]], met: bool
) -> None:
    assert make_question(mode=mode).is_met(places) is met


def test_a_question_without_gold_is_never_met() -> None:
    question = make_question(mode="none", expect=())
    assert not question.is_answerable
    assert not question.is_met([("가.md", "제1조")])


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        ("7일 이내에 냅니다.", True),
        ("7 일이내", True),
        ("일주일\n이내", True),
        ("7일 안에 냅니다.", False),
        ("이내에 냅니다.", False),
    ],
)
def test_an_answer_needs_one_figure_of_every_group(answer: str, holds: bool) -> None:
    question = make_question(answer_any=(("7일", "일 주일"), ("이내",)))
    assert question.holds_figures(answer) is holds


def test_a_question_is_read_with_its_gold(tmp_path: Path) -> None:
    (question,) = load_questions(written(tmp_path, raw()))
    assert (question.question_id, question.kind, question.mode) == ("q-1", "deadline", "all")
    assert question.expect == (frozenset({("가.md", "제1조"), ("가.md", "제2조")}),)
    assert question.answer_any == (("7일", "일주일"), ("이내",))


def test_a_question_that_nothing_answers_needs_no_gold(tmp_path: Path) -> None:
    entry = {"id": "q", "question": "없나요?", "expect": None, "expect_mode": "none"}
    (question,) = load_questions(written(tmp_path, entry))
    assert not question.is_answerable


def test_empty_lines_are_skipped(tmp_path: Path) -> None:
    path = written(tmp_path, raw(), raw(id="q-2"))
    path.write_text(path.read_text("utf-8").replace("\n", "\n\n \n"), "utf-8")
    assert len(load_questions(path)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"id": "q"}',
        json.dumps(raw(expect_mode="some")),
        json.dumps(raw(expect=[{"file": "가.md"}])),
    ],
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(raw()) + "\n" + line, "utf-8")
    with pytest.raises(ConfigurationError, match=r"questions\.jsonl:2"):
        load_questions(path)


def test_a_follow_up_carries_the_question_before_it(tmp_path: Path) -> None:
    path = tmp_path / "q.yaml"
    path.write_text(
        "cases:\n- {id: a, question: 판정, expect_mode: none}\n"
        "- {id: b, question: 기한, follows: a, expect_mode: none}\n",
        "utf-8",
    )
    assert [case.earlier for case in load_questions(path)] == ["", "판정"]
