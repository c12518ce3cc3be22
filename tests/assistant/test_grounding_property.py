"""Whatever a model writes, every citation can be opened at its place."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import SentenceStatus
from assistant.grounding import extract_tokens, settle, verify
from tests.make import make_passage

PASSAGES = [
    make_passage(key="S1"),
    make_passage(
        key="S2",
        document_id="doc-2",
        label="제12조의2",
        text=(
            "제12조의2(보증금)\n① 보증금은 계약금액의 100분의 5로 한다. <개정 2024.1.2>\n"
            "  1. 물품: 2천만원\n  2. 공사: 1억 5천만원\n② 삭제 <2020.1.1>"
        ),
    ),
    make_passage(key="S3", document_id="doc-3", text="12쪽 ㆍ “가”\u200b 나\n\n\n다. 2026. 2. 3."),
    make_passage(key="S4", document_id="doc-4", text=""),
]
MARKERS = [
    "[S1]", "[S2]", "[S3]", "[S4]", "[S9]", "[S1-S4]", "[S1, S9]",
    "[출처 2]", "(S2)", "【S1】", "[s1]", "[1]", "[S01]", "[S1][S2]",
    "[S", "S1]", "[S1](https://x.invalid)", "[^2]", "S2에 따르면",
]  # fmt: skip
PIECES = [
    "시험기관은 시험구매가 끝난 날부터 7일 이내에 완료보고서를 담당 부서에 제출하여야 한다",
    "보증금은 계약금액의 100분의 5로 한다", "8일 이내에 완료보고서를 낸다", "물품은 2천만원입니다",
    "「가나 법」 제5조에 따라", "제12조의2제1항", "2026. 2. 3.", "<b>", "</script>", "![](x)",
    "**", "# ", "- ", "| a | b |", "\n", "\n\n", ". ", ".", " ", "(", "「",
    "“완료보고서를 담당 부서에”", "근거를 찾지 못했습니다.",
]  # fmt: skip
REPLIES = st.lists(
    st.one_of(st.sampled_from(MARKERS), st.sampled_from(PIECES), st.text(max_size=12)), max_size=30
).map("".join)


def assert_every_citation_opens(reply: str) -> None:
    by_key = {passage.key: passage for passage in PASSAGES}
    ledger = verify(reply, PASSAGES, question="7일 안에 내나요?").ledger
    seen: list[int] = []
    for line in (*ledger, *settle(ledger)):
        assert line.status is not SentenceStatus.SUPPORTED or line.citations
        for citation in line.citations:
            passage = by_key[citation.key]
            assert passage.text[citation.start : citation.end] == citation.quote != ""
            assert (passage.document_id, passage.version_id) == (
                citation.document_id,
                citation.version_id,
            )
            seen.append(citation.number)
    assert sorted(set(seen)) == list(range(1, len(set(seen)) + 1))


@settings(max_examples=150, deadline=None)
@given(REPLIES)
def test_every_citation_names_a_given_passage_at_its_place(reply: str) -> None:
    assert_every_citation_opens(reply)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_tokens_stand_where_they_say_in_any_text(text: str) -> None:
    for token in extract_tokens(text):
        assert text[token.start : token.end] == token.text


def test_a_hostile_hundred_kilobytes_is_checked_in_time() -> None:
    hostile = [
        "보증금은 계약금액의 100분의 5로 한다 [S2]. " * 2_500,
        "[S1" * 30_000,
        "가" * 100_000,
        "가 " * 50_000,
        "<" * 100_000,
        "(" * 100_000,
        "**" * 50_000,
        "1,000" * 20_000,
        "제1조" * 30_000,
        "「" * 100_000,
        "S1 " * 30_000,
        "천만억조" * 25_000,
        "a-" * 50_000,
        "할 수 없" * 20_000,
    ]
    for reply in hostile:
        started = time.monotonic()
        assert_every_citation_opens(reply)
        assert time.monotonic() - started < 10
