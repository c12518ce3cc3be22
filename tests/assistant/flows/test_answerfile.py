"""An answer as a file: its sources as they can be opened now, its doubts, conflicts and grade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assistant.domain import (
    Answer,
    Citation,
    Conflict,
    ConflictSide,
    Grade,
    LedgerSentence,
    Outcome,
    Passage,
    Problem,
    SentenceStatus,
    SourceKind,
)
from assistant.errors import AnswerUnwritableError, NotFoundError, UnsupportedFormatError
from assistant.flows.answerfile import Answered, AnswerFileFlow
from assistant.reading import Limits, read_in_process
from assistant.store import NewTurn
from assistant.text import normalise
from assistant.writing import FORMATS
from tests.assistant.flows.answering import RULE
from tests.assistant.shelf import Shelf, open_shelf, rule

QUESTION = "완료보고서는 언제까지 내야 하나요?"
CARRIED = "완료보고서는 시험구매가 끝난 날부터 7일 이내에 제출하여야 합니다."
COMPUTED = "2026. 6. 1.에 끝났으면 2026. 6. 8.까지입니다."
LOOSE = "제출은 본부장이 합니다."
QUOTE = "시험기관은 시험구매가 끝난 날부터 7일 이내에 완료보고서를 제출하여야 한다."
GUIDE_QUOTE = "완료보고서는 10일 이내에 제출한다."
ASKED_AT = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with open_shelf(tmp_path_factory.mktemp("files")) as opened:
        opened.add(
            rule(
                RULE,
                "제1조 (목적)\n\n이 규정은 시험구매의 절차를 정한다.",
                f"제7조 (완료보고)\n\n① {QUOTE}\n\n② 담당 부서는 완료보고서를 공개한다.",
                법령구분="고시",
                시행일자="2026-02-03",
            )
        )
        opened.add(f"# 시험구매 안내\n\n## 보고\n\n{GUIDE_QUOTE}\n", kind=SourceKind.GUIDE)
        yield opened.index()


@pytest.fixture
def flow(shelf: Shelf) -> AnswerFileFlow:
    return AnswerFileFlow(shelf.store, institution=lambda _: "가나군")


def passage_with(shelf: Shelf, words: str) -> Passage:
    found = shelf.ask("완료보고서 제출 기한 안내 규정").passages
    return next(passage for passage in found if words in passage.text)


def cite(passage: Passage, quote: str) -> Citation:
    start = passage.text.index(quote)
    return Citation(
        number=1,
        key=passage.key,
        chunk_id=passage.chunk_id,
        document_id=passage.document_id,
        version_id=passage.version_id,
        section_ordinal=passage.section_ordinal,
        start=start,
        end=start + len(quote),
        quote=quote,
    )


def side_of(passage: Passage, figure: str, quote: str) -> ConflictSide:
    return ConflictSide(
        figure=figure,
        quote=quote,
        key=passage.key,
        kind=passage.kind,
        effective_from=passage.effective_from,
    )


@pytest.fixture
def answer(shelf: Shelf) -> Answer:
    article, guide = passage_with(shelf, QUOTE), passage_with(shelf, GUIDE_QUOTE)
    carried = LedgerSentence(
        text=CARRIED,
        status=SentenceStatus.SUPPORTED,
        citations=(cite(article, QUOTE),),
        paragraph_start=True,
    )
    sides = (side_of(article, "7일", QUOTE), side_of(guide, "10일", GUIDE_QUOTE))
    return Answer(
        outcome=Outcome.ANSWERED,
        ledger=(
            carried,
            LedgerSentence(text=COMPUTED, status=SentenceStatus.COMPUTED),
            LedgerSentence(text=LOOSE, status=SentenceStatus.UNSUPPORTED, paragraph_start=True),
        ),
        passages=(article, guide),
        conflicts=(Conflict(subject="완료보고서 제출 기한", sides=sides),),
        notices=("removed_sentences",),
        model="test-model",
        prompt="answer_question@3",
    )


def told(flow: AnswerFileFlow, answer: Answer, fmt: str = "txt") -> str:
    answered = Answered(question=QUESTION, answer=answer, answered_at=ASKED_AT)
    return flow.file_of(answered, fmt, institution_id="default").data.decode()


def line_of(text: str, words: str) -> str:
    return next(line for line in text.splitlines() if words in line)


def test_a_sentence_is_followed_by_its_number_and_the_source_is_told_in_full(
    flow: AnswerFileFlow, answer: Answer
) -> None:
    text = told(flow, answer)
    assert f"{CARRIED}[1]" in text
    source = line_of(text, "[1] 「")
    assert f"「{RULE}」 제7조제1항" in source
    assert "시행 2026. 2. 3." in source
    assert QUOTE in source


def test_what_has_no_basis_or_was_computed_says_so(flow: AnswerFileFlow, answer: Answer) -> None:
    text = told(flow, answer)
    assert f"{LOOSE} 〔근거 없음〕" in text
    assert f"{COMPUTED} 〔계산〕" in text
    assert "확인됨 1 · 계산 1 · 근거 없음 1" in text
    assert "근거가 없는 문장을 뺐습니다." in text


def test_an_answer_out_of_a_part_of_the_corpus_says_so(
    flow: AnswerFileFlow, answer: Answer
) -> None:
    text = told(flow, replace(answer, notices=("corpus_loading",)))
    assert "※ 기본 자료를 다 읽기 전에 찾은 답변입니다." in text


@pytest.mark.parametrize("model", ["test-model", None])
def test_every_answer_is_told_as_a_draft_of_the_assistant(
    flow: AnswerFileFlow, answer: Answer, model: str | None
) -> None:
    text = told(flow, replace(answer, model=model))
    assert text.startswith("AI 초안")
    assert ("생성형 인공지능으로 작성한 초안(담당자 확인 전)" in text) is (model is not None)
    assert ("생성형 인공지능 미사용(담당자 확인 전)" in text) is (model is None)
    assert "S(민감)" in text


def test_sources_that_disagree_are_two_rows_each_with_its_place(
    flow: AnswerFileFlow, answer: Answer
) -> None:
    text = told(flow, answer)
    _, _, table = text.partition("<표 1> 완료보고서 제출 기한")
    rows = table.strip().splitlines()[2:4]
    assert [row.split("|")[1].strip() for row in rows] == ["7일", "10일"]
    assert RULE in rows[0]
    assert "2026. 2. 3." in rows[0]
    assert GUIDE_QUOTE in rows[1]


def test_a_side_whose_words_stand_nowhere_names_no_source(
    flow: AnswerFileFlow, answer: Answer
) -> None:
    (conflict,) = answer.conflicts
    first, second = conflict.sides
    sides = (first, replace(second, quote="완료보고서는 10일 안에 내면 된다."))
    text = told(flow, replace(answer, conflicts=(replace(conflict, sides=sides),)))
    assert "〔근거 없음〕" in line_of(text, "10일 안에")


def test_a_source_of_another_institution_is_not_cited(
    flow: AnswerFileFlow, shelf: Shelf, answer: Answer
) -> None:
    shelf.store.collections.ensure_institution("other", "다른 기관")
    answered = Answered(question=QUESTION, answer=answer, answered_at=ASKED_AT)
    text = flow.file_of(answered, "txt", institution_id="other").data.decode()
    assert f"{CARRIED} 〔근거 없음〕" in text
    assert "확인됨" not in text
    assert "제7조" not in text


def test_an_article_that_was_amended_or_not_yet_in_force_is_marked(
    flow: AnswerFileFlow, answer: Answer
) -> None:
    carried, *rest = answer.ledger
    old = replace(carried, problems=(Problem(code="superseded"), Problem(code="not_yet_in_force")))
    text = told(flow, replace(answer, ledger=(old, *rest)))
    assert f"{CARRIED}[1] 〔개정 전 조문〕 〔시행 전 조문〕" in text


def test_the_grade_is_that_of_the_highest_source(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as own:
        own.add(f"# 안내\n\n## 보고\n\n{GUIDE_QUOTE}\n", grade=Grade.OPEN)
        own.index()
        (passage, *_) = own.ask("완료보고서 제출").passages
        line = LedgerSentence(
            text=GUIDE_QUOTE,
            status=SentenceStatus.SUPPORTED,
            citations=(cite(passage, GUIDE_QUOTE),),
        )
        answer = Answer(outcome=Outcome.ANSWERED, ledger=(line,), passages=(passage,))
        flow = AnswerFileFlow(own.store, institution=lambda _: "가나군")
        # The question itself counts as sensitive.
        assert "S(민감)" in told(flow, answer)


@pytest.mark.parametrize("fmt", ["hwpx", "docx", "pdf"])
def test_our_own_reader_finds_sentence_and_source_in_the_file(
    flow: AnswerFileFlow, answer: Answer, fmt: str
) -> None:
    answered = Answered(question=QUESTION, answer=answer, answered_at=ASKED_AT)
    file = flow.file_of(answered, fmt, institution_id="default")
    read = read_in_process(file.data, file_name=file.file_name, limits=Limits())
    text = "".join("".join(normalise(block.text).split()) for block in read.blocks)
    for words in (QUESTION, CARRIED, QUOTE, f"「{RULE}」 제7조제1항", "〔근거 없음〕"):
        assert "".join(words.split()) in text


def test_a_file_is_named_after_the_question(flow: AnswerFileFlow, answer: Answer) -> None:
    answered = Answered(
        question=QUESTION, answer=answer, answered_at=ASKED_AT, reference_date=date(2025, 12, 1)
    )
    for fmt in FORMATS:
        file = flow.file_of(answered, fmt, institution_id="default")
        assert file.file_name == f"{QUESTION}.{fmt}"
    with pytest.raises(UnsupportedFormatError):
        flow.file_of(answered, "exe", institution_id="default")


def test_the_day_of_reference_is_the_one_that_was_asked_for(
    flow: AnswerFileFlow, answer: Answer
) -> None:
    answered = Answered(
        question=QUESTION, answer=answer, answered_at=ASKED_AT, reference_date=date(2025, 12, 1)
    )
    text = flow.file_of(answered, "txt", institution_id="default").data.decode()
    assert "2025. 12. 1." in line_of(text, "기준일")
    assert "가나군, 2026. 6. 1.(월)" in text


def test_a_title_that_was_cut_short_is_not_the_title_of_the_file(
    flow: AnswerFileFlow, answer: Answer
) -> None:
    question = f"{QUESTION} 시험구매는 6월 1일에 끝났고 보고서는 아직 쓰지 못했습니다."
    answered = Answered(question=question, answer=answer, answered_at=ASKED_AT)
    file = flow.file_of(answered, "txt", institution_id="default")
    text = file.data.decode()
    assert "…" not in file.file_name + text
    assert question in line_of(text, "| 질문")


# -- stored answers -----------------------------------------------------------------------------


def started(shelf: Shelf) -> str:
    new = NewTurn(institution_id="default", question=QUESTION)
    return shelf.store.conversations.start_turn(new).turn_id


def test_a_stored_answer_is_written_under_the_title_of_its_conversation(
    flow: AnswerFileFlow, shelf: Shelf, answer: Answer
) -> None:
    turn_id, conversations = started(shelf), shelf.store.conversations
    conversations.finish_turn(turn_id, answer, institution_id="default")
    turn = conversations.turn(turn_id, institution_id="default").turn
    conversations.rename(turn.conversation_id, "보고 기한", institution_id="default")
    file = flow.export(turn_id, "md", institution_id="default")
    assert file.file_name == "보고 기한.md"
    with pytest.raises(NotFoundError):
        flow.export(turn_id, "md", institution_id="other")


def test_nothing_unchecked_leaves_in_a_file(
    flow: AnswerFileFlow, shelf: Shelf, answer: Answer
) -> None:
    turn_id, conversations = started(shelf), shelf.store.conversations
    with pytest.raises(AnswerUnwritableError) as running:
        flow.export(turn_id, "txt", institution_id="default")
    conversations.finish_turn(turn_id, answer, institution_id="default", state="stopped")
    with pytest.raises(AnswerUnwritableError) as stopped:
        flow.export(turn_id, "txt", institution_id="default")
    assert [running.value.reason, stopped.value.reason] == ["unfinished"] * 2


def test_a_question_without_an_answer_has_no_file(
    flow: AnswerFileFlow, shelf: Shelf, answer: Answer
) -> None:
    turn_id = started(shelf)
    nothing = replace(answer, outcome=Outcome.NO_EVIDENCE, ledger=(), conflicts=())
    shelf.store.conversations.finish_turn(turn_id, nothing, institution_id="default")
    with pytest.raises(AnswerUnwritableError) as caught:
        flow.export(turn_id, "txt", institution_id="default")
    assert caught.value.reason == "unanswered"
