"""Documents are cut so that a chunk is a piece of what a reader sees, named and in its context."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.chunking import SECTION_MAX_CHARS, TARGET_CHARS, chunk
from assistant.domain import (
    Block,
    BlockKind,
    Cell,
    ChunkDraft,
    ChunkedDocument,
    Document,
    Locator,
    SectionKind,
    SourceKind,
)
from tests.assistant.shelf import cut, rule

TITLE = "가나구 시험구매 운영 규정"
WORDS = (
    "시험기관은 시험구매가 끝난 날부터 정한 기간 안에 완료보고서를 담당 부서에 제출하여야 한다. "
)


def sentence(times: int = 1, mark: str = "") -> str:
    return (mark + WORDS * times).strip()


def cut_rule(*articles: str, **facts: str) -> ChunkedDocument:
    named = {"법령구분": "고시", **facts}
    return cut(rule(TITLE, "제1조 (목적)\n\n하나", "제2조 (정의)\n\n둘", *articles, **named))


def chunks_of(document: ChunkedDocument, label: str) -> list[ChunkDraft]:
    (section,) = [one for one in document.sections if one.label == label]
    return [one for one in document.chunks if one.section_ordinal == section.ordinal]


def blocks(*pieces: Block) -> ChunkedDocument:
    return chunk(
        Document(title="시험 보고서", media_type="text/html", blocks=pieces), kind=SourceKind.OTHER
    )


def paragraph(text: str, page: int | None = None) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, locator=Locator(ordinal=0, page=page))


def heading(text: str, level: int = 1) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, locator=Locator(ordinal=0), level=level)


def table(rows: Sequence[Sequence[str]], *, head: int = 1, caption: str = "") -> Block:
    return Block(
        kind=BlockKind.TABLE,
        text="",
        locator=Locator(ordinal=0),
        rows=tuple(tuple(Cell(text=text) for text in row) for row in rows),
        header_rows=head,
        caption=caption,
    )


# -- any document ------------------------------------------------------------------------------

bodies = st.lists(
    st.tuples(
        st.sampled_from(["", "**①** ", "**②** ", "  1\\. ", "  2\\. ", "    가\\. ", "| 가 | 나 "]),
        st.integers(min_value=1, max_value=12),
    ),
    min_size=1,
    max_size=8,
)
documents = st.lists(bodies, min_size=1, max_size=4)


def written(articles: list[list[tuple[str, int]]], *, legal: bool) -> str:
    parts = []
    for number, body in enumerate(articles, start=1):
        head = f"제{number}조 (제목 {number})" if legal else f"# {number}. 제목"
        parts.append("\n\n".join([head, *(mark + WORDS * times for mark, times in body)]))
    return rule(TITLE, *parts)


@settings(max_examples=40, deadline=None)
@given(documents, st.booleans())
def test_a_chunk_is_a_slice_of_its_section(
    articles: list[list[tuple[str, int]]], legal: bool
) -> None:
    document = cut(written(articles, legal=legal))
    for one in document.chunks:
        assert one.text == document.sections[one.section_ordinal].text[one.start : one.end]
        assert one.text == one.text.strip() != ""


@settings(max_examples=40, deadline=None)
@given(documents, st.booleans())
def test_chunks_hold_every_word_of_their_section_once(
    articles: list[list[tuple[str, int]]], legal: bool
) -> None:
    document = cut(written(articles, legal=legal))
    for section in document.sections:
        if "\n" not in section.text:
            continue  # a heading alone
        pieces = [c.text for c in document.chunks if c.section_ordinal == section.ordinal]
        assert "".join("".join(pieces).split()) == "".join(section.text.split())


@settings(max_examples=40, deadline=None)
@given(documents)
def test_cutting_the_same_text_again_gives_the_same_chunks(
    articles: list[list[tuple[str, int]]],
) -> None:
    text = written(articles, legal=True)
    assert cut(text) == cut(text)


@settings(max_examples=40, deadline=None)
@given(documents, st.booleans())
def test_no_chunk_is_much_longer_than_the_target(
    articles: list[list[tuple[str, int]]], legal: bool
) -> None:
    document = cut(written(articles, legal=legal))
    assert max(len(one.text) for one in document.chunks) <= 2 * TARGET_CHARS + len(WORDS)


# -- rules -------------------------------------------------------------------------------------


def test_a_short_article_is_one_chunk_named_by_the_article() -> None:
    (one,) = chunks_of(cut_rule("제3조 (신청)\n\n**①** 가\n\n**②** 나"), "제3조")
    assert (one.label, one.text) == ("제3조", "제3조(신청)\n① 가\n② 나")


def test_a_long_article_is_cut_at_its_paragraphs() -> None:
    article = f"제3조 (신청)\n\n**①** {sentence(6)}\n\n**②** {sentence(6)}\n\n**③** {sentence(6)}"
    found = chunks_of(cut_rule(article), "제3조")
    assert [one.label for one in found] == ["제3조", "제3조제2항", "제3조제3항"]
    assert [one.text[0] for one in found[1:]] == ["②", "③"]


def test_later_pieces_of_a_list_carry_the_words_that_lead_it_in() -> None:
    items = "\n".join(f"  {n}\\. {sentence(3)}" for n in range(1, 7))
    lead = "신청서에는 다음 각 호의 사항을 적는다."
    found = chunks_of(cut_rule(f"제3조 (신청)\n\n**①** {lead}\n\n{items}"), "제3조")
    assert lead in found[0].text
    assert len(found) > 2
    assert all(one.context.endswith(f"제3조(신청) > {lead}") for one in found[1:])
    assert found[1].label.startswith("제3조제1항제")


def test_a_part_cut_inside_a_list_names_its_subparagraph() -> None:
    items = "\n".join(f"  {n}\\. {sentence(6)}" for n in range(1, 4))
    found = chunks_of(cut_rule(f"제3조 (신청)\n\n다음과 같다.\n\n{items}"), "제3조")
    assert [one.label for one in found] == ["제3조", "제3조제2호", "제3조제3호"]


def test_the_context_runs_from_the_document_to_the_article() -> None:
    found = cut_rule("## 제2장 시험구매", "### 제1절 신청", "제3조 (신청서)\n\n셋")
    (one,) = chunks_of(found, "제3조")
    assert one.context == f"{TITLE} > 제2장 시험구매 > 제1절 신청 > 제3조(신청서)"


@pytest.mark.parametrize(
    "article",
    [
        pytest.param("제3조 (폐지)\n\n삭제 <2024. 1. 2.>", id="deleted article"),
        pytest.param("## 부칙\n\n###### 제1조(시행일)\n\n고시한 날부터 시행한다.", id="addenda"),
    ],
)
def test_what_is_no_rule_in_force_is_shown_and_not_searched(article: str) -> None:
    document = cut_rule(article)
    assert document.sections[-1].text
    assert {one.section_ordinal for one in document.chunks} == {0, 1}


def test_an_annex_is_searched_under_its_own_name() -> None:
    document = cut_rule("## [별표 1] 심사 기준\n\n60점 이상이면 적합으로 한다.")
    (one,) = chunks_of(document, "별표 1")
    assert document.sections[-1].kind is SectionKind.ANNEX
    assert "심사 기준" in one.context


def test_marks_of_amendment_are_shown_and_not_searched() -> None:
    (one,) = chunks_of(cut_rule("제3조 (신청)\n\n7일 이내에 낸다. <개정 2024. 1. 2.>"), "제3조")
    assert "개정" in one.text
    assert "개정" not in one.search_text


def hashes(document: ChunkedDocument) -> dict[str, str]:
    return {one.label: one.content_hash for one in document.chunks}


def test_a_changed_article_changes_the_hashes_of_its_own_chunks_only() -> None:
    long = f"제3조 (신청)\n\n**①** {sentence(6)}\n\n**②** {sentence(6)}"
    before = hashes(cut_rule(long, "제4조 (심사)\n\n7일"))
    after = hashes(cut_rule(long + " 단서가 붙는다.", "제4조 (심사)\n\n7일"))
    assert {label for label in before if before[label] != after[label]} == {"제3조제2항"}


def test_an_article_put_in_changes_no_other_hash() -> None:
    before = hashes(cut_rule("제3조 (신청)\n\n셋", "제4조 (심사)\n\n넷"))
    after = hashes(
        cut_rule("제3조 (신청)\n\n셋", "제3조의2 (보완)\n\n셋의 둘", "제4조 (심사)\n\n넷")
    )
    assert before.items() <= after.items()
    assert set(after) - set(before) == {"제3조의2"}


def test_a_new_date_or_amendment_mark_alone_changes_no_hash() -> None:
    before = cut_rule("제3조 (신청)\n\n셋이다.", 시행일자="2025-01-01")
    after = cut_rule("제3조 (신청)\n\n셋이다. <개정 2026. 1. 1.>", 시행일자="2026-01-01")
    assert hashes(before) == hashes(after)
    assert after.effective_from == date(2026, 1, 1)


# -- what a rule says of itself ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("written_date", "expected"),
    [
        ("2026-02-03", date(2026, 2, 3)),
        ("2026. 2. 3.", date(2026, 2, 3)),
        ("20260203", date(2026, 2, 3)),
        ("2026-02-31", None),
        ("미정", None),
    ],
)
def test_the_date_of_effect_is_read_in_the_forms_in_use(
    written_date: str, expected: date | None
) -> None:
    assert cut_rule(시행일자=f"'{written_date}'").effective_from == expected


@pytest.mark.parametrize(
    ("facts", "title", "kind"),
    [
        ({"법령구분": "법률"}, "가나 진흥법", SourceKind.LAW),
        ({"법령구분": "대통령령"}, "가나 운영 규정", SourceKind.DECREE),
        ({"법령구분": "기획재정부령"}, "가나 규칙", SourceKind.RULE),
        ({"법령구분": "고시"}, "가나 규정", SourceKind.NOTICE),
        ({}, "가나 진흥법 시행령", SourceKind.DECREE),
        ({}, "가나 진흥법 시행규칙(요약)", SourceKind.RULE),
        ({}, "가나 진흥법(요약)", SourceKind.LAW),
        ({}, "가나 편람", SourceKind.NOTICE),
    ],
)
def test_the_rank_of_a_rule_is_read_from_what_it_says(
    facts: dict[str, str], title: str, kind: SourceKind
) -> None:
    text = rule(title, "제1조 (가)\n\n하나", "제2조 (나)\n\n둘", "제3조 (다)\n\n셋", **facts)
    assert cut(text).kind is kind


def test_a_rule_is_known_by_its_number_and_else_by_its_title() -> None:
    three = "제3조 (신청)\n\n셋"
    assert cut_rule(three, 법령ID="'001234'").identity == "law:001234"
    assert cut_rule(three).identity == "law-title:가나구시험구매운영규정"
    assert cut("# 보고서\n\n본문").identity == ""


def test_promulgation_publisher_and_short_name_are_kept() -> None:
    document = cut_rule(
        "제3조 (신청)\n\n셋", 공포일자="2026-01-30", 소관부처="가나구", 약칭="시구정"
    )
    assert document.promulgated_on == date(2026, 1, 30)
    assert (document.publisher, document.aliases) == ("가나구", ("시구정",))


def test_the_caller_may_name_the_kind_and_the_title() -> None:
    read = Document(title="x", media_type="text/plain", blocks=(paragraph("본문이다."),))
    document = chunk(read, kind=SourceKind.GUIDE, title="시험 안내")
    assert (document.kind, document.title) == (SourceKind.GUIDE, "시험 안내")


# -- other documents ---------------------------------------------------------------------------


def test_headings_make_sections_with_the_path_above_them() -> None:
    document = blocks(
        heading("3. 성과"),
        paragraph("가"),
        heading("3.1 목표", 2),
        paragraph("나"),
        heading("4. 끝"),
    )
    assert [(s.label, s.path) for s in document.sections] == [
        ("3. 성과", ()),
        ("3.1 목표", ("3. 성과",)),
        ("4. 끝", ()),
    ]


def test_a_heading_with_nothing_under_it_is_shown_and_not_searched() -> None:
    document = blocks(heading("3. 성과"), heading("3.1 목표", 2), paragraph("나"))
    assert [section.label for section in document.sections] == ["3. 성과", "3.1 목표"]
    assert {one.section_ordinal for one in document.chunks} == {1}


def test_words_before_the_first_heading_are_a_section_named_by_the_document() -> None:
    document = blocks(paragraph("머리말이다."), heading("1. 개요"), paragraph("본문"))
    assert document.sections[0].label == "시험 보고서"


def test_without_headings_each_page_is_a_section() -> None:
    read = Document(
        title="보고서",
        media_type="application/pdf",
        blocks=(paragraph("가", 1), paragraph("나", 1), paragraph("다", 2)),
        page_count=2,
    )
    document = chunk(read)
    assert [(s.label, s.page, s.text) for s in document.sections] == [
        ("1쪽", 1, "가\n나"),
        ("2쪽", 2, "다"),
    ]


def test_rows_of_a_long_table_repeat_its_head_in_their_context() -> None:
    rows = [["품목", "수량"], *([f"시험 물품 {n} {'길' * 40}", str(n)] for n in range(1, 31))]
    document = blocks(heading("1. 물품"), table(rows))
    later = document.chunks[1:]
    assert len(later) > 2
    assert all(one.context.endswith("1. 물품 > 품목 | 수량") for one in later)
    assert all(one.text.startswith("| 시험 물품") for one in later)


def test_a_table_is_shown_as_rows_under_its_caption() -> None:
    document = blocks(
        heading("1. 물품"), table([["품목", "수량"], ["가|나", "3\n개"]], caption="표 1")
    )
    assert document.sections[0].text == (
        "1. 물품\n표 1\n| 품목 | 수량 |\n| --- | --- |\n| 가/나 | 3 개 |"
    )


def test_words_after_a_table_do_not_carry_its_head() -> None:
    document = blocks(table([["품목", "수량"], ["가", "1"]]), paragraph(sentence(8)))
    assert "품목" not in document.chunks[-1].context


def test_a_very_long_section_is_shown_in_numbered_parts() -> None:
    document = blocks(heading("1. 본문"), *(paragraph(sentence(3)) for _ in range(40)))
    labels = [section.label for section in document.sections]
    assert labels[:2] == ["1. 본문 (1)", "1. 본문 (2)"]
    assert all(len(section.text) <= SECTION_MAX_CHARS for section in document.sections)
    words = "".join("".join(section.text for section in document.sections).split())
    assert words.count("완료보고서를") == 120


def test_a_document_without_words_has_no_sections() -> None:
    document = blocks(paragraph("  \n "))
    assert (document.sections, document.chunks) == ((), ())
