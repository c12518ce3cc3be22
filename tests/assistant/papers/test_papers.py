"""Hash, open items, comparison and the way to a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.domain import (
    Acknowledgement,
    Approval,
    Citation,
    Draft,
    DraftSource,
    ItemKind,
    LedgerSentence,
    OpenItem,
    Origin,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PartKind,
    Run,
    SentenceStatus,
    Table,
    TableCell,
)
from assistant.papers import (
    cited,
    compare,
    content_hash,
    from_ledger,
    from_text,
    open_items,
    open_paragraph,
    replace_part,
    to_draft,
    unmet,
)
from assistant.writing import write
from tests.make import make_citation, make_paper, make_sentence

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def where(citation: Citation) -> DraftSource | None:
    return DraftSource(number=0, where="「가나구 시험구매 운영 규정」 제7조", quote=citation.quote)


def drafted(paper: Paper, *, is_approved: bool = False, **options: object) -> Draft:
    approval = Approval(version_number=1, content_hash="h", by="주무관 김가나", at=NOW)
    facts: dict[str, object] = {"institution": "가나구", "created_at": NOW, "sources": where}
    return to_draft(paper, approval=approval if is_approved else None, **(facts | options))  # type: ignore[arg-type] # table data


def answer(*texts: str, **facts: object) -> Paper:
    blocks = from_ledger(
        tuple(
            LedgerSentence(text=text, status=SentenceStatus.SUPPORTED, paragraph_start=True)
            for text in texts
        ),
        Origin.MODEL,
    )
    return make_paper(
        PaperPart(part_id="answer", kind=PartKind.DRAFTED, blocks=blocks, **facts)  # type: ignore[arg-type] # table data
    )


# -- hash -------------------------------------------------------------------------------------


def test_the_hash_is_of_the_text_and_not_of_what_carries_it() -> None:
    paper = make_paper()
    part = replace(
        paper.parts[1],
        blocks=tuple(
            replace(
                b,
                sentences=tuple(replace(s, status=None, citations=()) for s in b.sentences),  # type: ignore[union-attr] # paragraphs
            )
            for b in paper.parts[1].blocks
        ),
    )
    assert content_hash(replace_part(paper, part)) == content_hash(paper)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"title": "다른 제목"}, id="title"),
        pytest.param({"summary": "요지"}, id="summary"),
        pytest.param({"parts": make_paper().parts[:-1]}, id="part"),
        pytest.param({"parts": make_paper().parts[::-1]}, id="order"),
    ],
)
def test_what_a_reader_sees_changes_the_hash(change: dict[str, object]) -> None:
    paper = make_paper()
    assert content_hash(replace(paper, **change)) != content_hash(paper)  # type: ignore[arg-type] # table data


def test_half_a_surrogate_pair_has_a_hash() -> None:
    assert len(content_hash(make_paper(title="가\ud800"))) == 64


# -- open items ---------------------------------------------------------------------------------


def test_what_is_open_or_without_basis_blocks_in_reading_order() -> None:
    found = [(item.kind, item.part_id) for item in open_items(make_paper())]
    assert found == [(ItemKind.UNSUPPORTED, "answer"), (ItemKind.OPEN, "contact")]


def test_an_item_keeps_its_id_while_its_text_stays() -> None:
    paper = make_paper()
    longer = replace_part(
        paper,
        replace(
            paper.parts[1], blocks=(*from_text("새 글", Origin.PERSON), *paper.parts[1].blocks)
        ),
    )
    assert [i.item_id for i in open_items(paper)] == [i.item_id for i in open_items(longer)]
    assert open_items(longer)[0].block == 1


def test_equal_places_are_told_apart() -> None:
    blocks = (open_paragraph("값"), open_paragraph("값"))
    paper = make_paper(PaperPart(part_id="a", kind=PartKind.RESERVED, blocks=blocks))
    first, second = open_items(paper)
    assert first.item_id != second.item_id


def test_an_open_mark_in_a_table_blocks_too() -> None:
    table = Table(rows=((TableCell(runs=(Run(text="", is_open=True),)),),))
    paper = make_paper(PaperPart(part_id="a", kind=PartKind.GIVEN, blocks=(table,)))
    assert [item.kind for item in open_items(paper)] == [ItemKind.OPEN]


def test_an_open_mark_may_say_what_is_missing() -> None:
    blocks = (open_paragraph("값"), *from_text("【확인 필요: 현장 결과】까지", Origin.TEMPLATE))
    paper = make_paper(PaperPart(part_id="a", kind=PartKind.RESERVED, blocks=blocks))
    assert [item.kind for item in open_items(paper)] == [ItemKind.OPEN, ItemKind.OPEN]
    assert write(drafted(paper), "txt").decode().count("【확인 필요") == 2


def test_only_a_reason_takes_an_item_over() -> None:
    further = OpenItem(item_id="", kind=ItemKind.POINT, part_id="", text="쟁점 2")
    items = open_items(make_paper(), (further,))
    taken = [
        Acknowledgement(item_id=item.item_id, kind=item.kind, text=item.text, reason=reason)
        for item, reason in zip(items, ["확인함", " ", "전화로 답함"], strict=True)
    ]
    assert [item.kind for item in unmet(items, taken)] == [ItemKind.OPEN]


# -- comparison -----------------------------------------------------------------------------------


def test_a_changed_word_is_shown_within_its_paragraph() -> None:
    found = compare(
        answer("보고는 7일 이내에 합니다.", "끝."), answer("보고는 14일 이내에 합니다.", "끝.")
    )
    row = next(row for row in found.rows if row.kind == "changed")
    spans = [(span.kind, span.text) for span in row.spans]
    assert found.changes == 1
    assert spans[1:3] == [("removed", "7일"), ("inserted", "14일")]


def test_put_in_and_taken_out_paragraphs_are_rows_of_their_own() -> None:
    found = compare(answer("하나입니다.", "둘입니다."), answer("하나입니다.", "셋 넷 다섯"))
    assert [row.kind for row in found.rows[1:]] == ["equal", "removed", "inserted"]
    assert {row.change for row in found.rows[2:]} == {1}


def test_both_versions_can_be_read_off_a_comparison() -> None:
    old, new = make_paper(), answer("완료보고서는 9일 이내에 제출하여야 합니다.", "새 문단")
    rows = compare(old, new).rows
    for row in rows:
        assert "".join(s.text for s in row.spans if s.kind != "inserted") == row.old
        assert "".join(s.text for s in row.spans if s.kind != "removed") == row.new
    assert [row.new for row in rows if row.new][1:] == [b.text for b in new.parts[0].blocks]  # type: ignore[union-attr] # paragraphs


def test_equal_papers_have_no_change() -> None:
    assert compare(make_paper(), make_paper()).changes == 0


# -- files ----------------------------------------------------------------------------------------


def test_sources_are_numbered_in_order_of_use_each_span_once() -> None:
    draft = drafted(make_paper())
    assert [source.number for source in draft.sources] == [1]
    assert write(draft, "txt").decode().count("합니다.[1]") == 1


def test_a_draft_says_that_nobody_has_confirmed_it_and_what_has_no_basis() -> None:
    text = write(drafted(make_paper()), "txt").decode()
    assert text.startswith("AI 초안")
    assert "연장할 수 있습니다. 〔근거 없음〕" in text
    assert "문의: 【확인 필요】" in text


def test_wording_of_a_template_is_a_draft_too_and_what_a_person_wrote_whole_is_none() -> None:
    def of(origin: Origin) -> str:
        line = PaperSentence(text="처리기간을 연장하였습니다.", origin=origin)
        part = PaperPart(
            part_id="p", kind=PartKind.GIVEN, blocks=(PaperParagraph(sentences=(line,)),)
        )
        return write(drafted(make_paper(part)), "txt").decode()

    assert of(Origin.TEMPLATE).startswith("AI 초안")
    assert of(Origin.CODE).startswith("AI 초안")
    assert "AI 초안" not in of(Origin.PERSON)


def test_an_approved_paper_carries_neither_line_nor_mark() -> None:
    text = write(drafted(make_paper(), is_approved=True), "txt").decode()
    assert "AI 초안" not in text
    assert "〔근거 없음〕" not in text
    assert "확인자: 주무관 김가나" in text


def test_a_sentence_whose_source_cannot_be_opened_has_no_basis() -> None:
    text = write(drafted(make_paper(), sources=lambda _: None), "txt").decode()
    assert "제출하여야 합니다. 〔근거 없음〕" in text
    assert "[1]" not in text


def test_plain_text_has_no_numbers_and_no_list() -> None:
    text = write(drafted(make_paper(), is_approved=True, is_plain=True), "txt").decode()
    assert "[1]" not in text
    assert "「가나구 시험구매 운영 규정」" not in text


def test_numbers_of_another_draft_do_not_slip_in_with_a_table() -> None:
    table = Table(rows=((TableCell(runs=(Run(text="표", sources=(1,)),)),),))
    paper = make_paper(PaperPart(part_id="a", kind=PartKind.GIVEN, blocks=(table,)))
    assert drafted(paper).blocks[0].rows[0][0].runs[0].sources == ()  # type: ignore[union-attr] # a table


def test_the_citations_of_a_paper_come_in_order_of_use() -> None:
    other = make_citation(start=70, end=80)
    sentences = (
        make_sentence("가", citations=(other,)),
        make_sentence("나", citations=(other, make_citation())),
    )
    blocks = from_text("머리", Origin.TEMPLATE)
    part = PaperPart(
        part_id="a", kind=PartKind.DRAFTED, blocks=(replace(blocks[0], sentences=sentences),)
    )
    assert cited(make_paper(part)) == (other, make_citation())
