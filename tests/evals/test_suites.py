"""The suites count what they say they count, on made-up rankings and on a real small index."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from assistant.domain import Answer, Citation, LedgerSentence, Outcome, Scope, SentenceStatus
from assistant.flows.answer import AnswerBounds, AnswerFlow, Final
from assistant.prompts import load_all
from evals.cases import Place
from evals.rivals import plain_langchain, whitespace_bm25
from evals.suites import answers, retrieval
from evals.workbench import Workbench, indexed
from tests.assistant.shelf import rule
from tests.evals.test_cases import make_question
from tests.make import make_passage

PLACE: Place = ("가.md", "제7조")


def ask_for(*expect: Place, mode: str = "any", **overrides: Any) -> Any:
    return make_question(expect=(frozenset(expect),) if expect else (), mode=mode, **overrides)


@pytest.mark.parametrize(
    ("rank", "hits"),
    [
        pytest.param(1, (1.0, 1.0, 1.0, 1.0), id="first"),
        pytest.param(5, (0.0, 1.0, 1.0, 1.0), id="fifth"),
        pytest.param(6, (0.0, 0.0, 1.0, 1.0), id="sixth"),
        pytest.param(20, (0.0, 0.0, 0.0, 1.0), id="twentieth"),
        pytest.param(21, (0.0, 0.0, 0.0, 0.0), id="too late"),
    ],
)
def test_a_hit_counts_from_the_depth_at_which_it_stands(rank: int, hits: tuple[float, ...]) -> None:
    ranking = [("나.md", f"제{n}조") for n in range(1, rank)] + [PLACE]
    figures = retrieval.measure([ask_for(PLACE)], lambda *_: ranking)
    assert tuple(figures[f"hit@{depth}"] for depth in retrieval.DEPTHS) == hits


def test_the_same_place_found_twice_takes_one_rank() -> None:
    ranking = [("나.md", "제1조")] * 6 + [PLACE]
    assert retrieval.measure([ask_for(PLACE)], lambda *_: ranking)["hit@5"] == 1.0


def test_questions_without_gold_are_not_asked() -> None:
    asked: list[str] = []

    def rank(question: str, _earlier: str) -> list[Place]:
        asked.append(question)
        return [PLACE]

    cases = [ask_for(PLACE, text="하나"), ask_for(mode="none", text="둘")]
    assert retrieval.measure(cases, rank)["hit@1"] == 1.0
    assert "둘" not in asked


def test_missed_questions_are_printed_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    cases = [ask_for(PLACE, question_id="q-7"), ask_for(("나.md", "제1조"), question_id="q-8")]
    retrieval.measure(cases, lambda *_: [PLACE], verbose=True)
    shown = capsys.readouterr().out
    assert "q-8" in shown
    assert "q-7" not in shown


def make_answer(text: str = "7일 이내에 냅니다.", *, key: str = "S1", **overrides: Any) -> Answer:
    citation = Citation(
        number=1,
        key=key,
        chunk_id="doc-1#1",
        document_id="doc-1",
        version_id="ver-1",
        section_ordinal=3,
        start=0,
        end=1,
        quote="제",
    )
    sentence = LedgerSentence(text=text, status=SentenceStatus.SUPPORTED, citations=(citation,))
    facts: dict[str, Any] = {
        "outcome": Outcome.ANSWERED,
        "ledger": (sentence,),
        "passages": (make_passage(), make_passage(key="S2", label="제8조")),
    }
    return Answer(**(facts | overrides))


NOTHING = Answer(outcome=Outcome.NO_EVIDENCE, ledger=(), passages=())


@pytest.mark.parametrize(
    ("answer", "figure", "cited", "falsely"),
    [
        pytest.param(make_answer(), 1.0, 1.0, 0.0, id="right"),
        pytest.param(make_answer(key="S2"), 1.0, 0.0, 0.0, id="another article cited"),
        pytest.param(make_answer("9일 이내"), 0.0, 1.0, 0.0, id="another figure"),
        pytest.param(make_answer(key="S9"), 1.0, 0.0, 0.0, id="a key that is not there"),
        pytest.param(NOTHING, 0.0, 0.0, 1.0, id="no answer"),
        pytest.param(
            make_answer(outcome=Outcome.NO_EVIDENCE), 0.0, 0.0, 1.0, id="figures without an answer"
        ),
    ],
)
def test_an_answer_is_scored_by_figure_and_citation(
    answer: Answer, figure: float, cited: float, falsely: float
) -> None:
    case = ask_for(PLACE, answer_any=(("7일",),))
    figures = answers.measure([case], [answer], {"doc-1": "가.md"})
    assert (figures["figure_present"], figures["cited_article_correct"]) == (figure, cited)
    assert figures["false_abstention"] == falsely


def test_abstaining_is_right_only_where_there_is_no_answer() -> None:
    cases = [ask_for(mode="none"), ask_for(mode="none"), ask_for(PLACE)]
    given = [NOTHING, make_answer(), make_answer()]
    figures = answers.measure(cases, given, {"doc-1": "가.md"})
    assert (figures["answerable"], figures["unanswerable"]) == (1, 2)
    assert (figures["abstention"], figures["false_abstention"]) == (0.5, 0.0)


def test_the_longest_answer_is_told() -> None:
    figures = answers.measure([ask_for(PLACE)], [make_answer("가" * 40)], {"doc-1": "가.md"})
    assert figures["longest_chars"] == 40


# -- a small index -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Return an index, by words only, of two invented rules in a folder and its subfolder."""
    rules = tmp_path_factory.mktemp("rules")
    texts = {
        "가.md": ("완료보고", "시험기관은 끝난 날부터 7일 이내에 완료보고서를 낸다."),
        "하위/나.md": ("대금", "계약담당자는 검사한 날부터 5일 이내에 대금을 준다."),
    }
    for name, (title, text) in texts.items():
        path = rules / name
        path.parent.mkdir(exist_ok=True)
        body = (
            f"제1조 (목적)\n\n{title}의 목적",
            f"제7조 ({title})\n\n{text}",
            "제9조 (보칙)\n\n끝",
        )
        path.write_text(rule(f"{title} 규정", *body), "utf-8")
    (rules / "README.md").write_text("# 읽어 보기\n\n완료보고서", "utf-8")
    with indexed(rules, dense=False) as opened:
        yield opened


def test_every_file_but_the_readme_is_indexed_by_its_path(bench: Workbench) -> None:
    assert set(bench.files.values()) == {"가.md", "하위/나.md"}
    assert bench.chunk_count == 6
    assert bench.embedder is None


def test_the_ranker_gives_files_and_articles_best_first(bench: Workbench) -> None:
    assert retrieval.ranker(bench)("완료보고서는 며칠 안에 내나요?", "")[0] == PLACE


def test_a_whole_suite_over_the_small_index(bench: Workbench) -> None:
    cases = [
        ask_for(PLACE, text="완료보고서는 며칠 안에 내나요?"),
        ask_for(("하위/나.md", "제7조"), text="대금은 며칠 안에 주나요?"),
    ]
    ours = retrieval.measure(cases, retrieval.ranker(bench))
    theirs = retrieval.measure(cases, whitespace_bm25(bench))
    assert ours["hit@1"] == 1.0
    assert set(ours) == set(theirs)


def test_plain_bm25_finds_whole_words_only(bench: Workbench) -> None:
    rank = whitespace_bm25(bench)
    assert rank("완료보고서를", "")[0] == PLACE
    assert rank("완료보고서", "") == []


def test_without_an_embedder_the_nearest_chunks_are_none(bench: Workbench) -> None:
    assert plain_langchain(bench)("완료보고서", "") == []


def test_answers_of_the_real_flow_can_be_scored(bench: Workbench) -> None:
    flow = AnswerFlow(
        retriever=bench.retriever,
        model=None,
        prompts=load_all(),
        is_internal=False,
        bounds=AnswerBounds(limit=3, max_chars=300),
    )

    async def answer(question: str) -> Answer:
        stream = flow.stream(question, scope=Scope(), reference_date=date(2026, 6, 1))
        return [event.answer async for event in stream if isinstance(event, Final)][-1]

    case = ask_for(PLACE, answer_any=(("7일",),))
    # In a thread of its own: the browser of other tests keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        given = pool.submit(
            lambda: asyncio.run(answer("완료보고 규정 제7조는 며칠인가요?"))
        ).result()
    figures = answers.measure([case], [given], bench.files)
    assert (figures["figure_present"], figures["cited_article_correct"]) == (1.0, 1.0)
