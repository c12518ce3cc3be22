from __future__ import annotations

import pytest

from assistant.grounding import source_units, split_sentences
from assistant.grounding.replies import MAX_SENTENCES, read_reply


def read(reply: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(sentence.text, sentence.keys) for sentence in read_reply(reply)]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("됩니다 [S1].", [("됩니다.", ("S1",))]),
        ("됩니다. [S1]", [("됩니다.", ("S1",))]),
        (
            "됩니다[S1, S3]. 7일입니다.[S2][S4]",
            [("됩니다.", ("S1", "S3")), ("7일입니다.", ("S2", "S4"))],
        ),
        ("됩니다 [출처 1].", [("됩니다.", ("S1",))]),
        ("됩니다 (S1).", [("됩니다.", ("S1",))]),
        ("됩니다 (출처: S1, S2).", [("됩니다.", ("S1", "S2"))]),
        ("됩니다 【S1】.", [("됩니다.", ("S1",))]),
        ("됩니다 [s1]. 아닙니다 [1].", [("됩니다.", ("S1",)), ("아닙니다.", ("S1",))]),
        ("됩니다 [Ｓ１].", [("됩니다.", ("S1",))]),
        ("됩니다 [S1-S3].", [("됩니다.", ("S1", "S3"))]),
        ("됩니다 [S1](https://x.invalid/a).", [("됩니다.", ("S1",))]),
        ("S1에 따르면 됩니다.", [("됩니다.", ("S1",))]),
        ("[S1] 앞입니다. [S2] 뒤입니다.", [("앞입니다.", ("S1",)), ("뒤입니다.", ("S2",))]),
        ("됩니다.\n[S2]", [("됩니다.", ("S2",))]),
        ("제품 S10과 GS1은 다릅니다.", [("제품 과 GS1은 다릅니다.", ("S10",))]),
        ("붙임 (1)에 적습니다.", [("붙임 (1)에 적습니다.", ())]),
    ],
)  # fmt: skip
def test_markers_belong_to_the_sentence_at_which_they_stand(
    reply: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert read(reply) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("근거는 제36조제1항제1호. 다음은 없다.", ["근거는 제36조제1항제1호.", "다음은 없다."]),
        ("2026. 2. 3. 이후에 낸다. 끝.", ["2026. 2. 3. 이후에 낸다.", "끝."]),
        ("낸다(늦으면 안 된다. 예외 없음). 끝.", ["낸다(늦으면 안 된다. 예외 없음).", "끝."]),
        ("“내야 한다.”라고 정한다. 그렇다.", ["“내야 한다.”라고 정한다.", "그렇다."]),
        ("정말인가요? 네. 낸다!", ["정말인가요?", "네.", "낸다!"]),
        ("가. 목적 나. 범위", ["가. 목적 나. 범위"]),
        ("제출함. 검토 필요임.", ["제출함.", "검토 필요임."]),
        ("요율은 0.15이다. 끝.", ["요율은 0.15이다.", "끝."]),
    ],
)  # fmt: skip
def test_official_prose_is_cut_at_its_sentences(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in split_sentences(text)] == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("**굵게** 쓴 `글` [S1].", "굵게 쓴 글."),
        ("# 제목\n본문이다 [S1].", "본문이다."),
        ("<b>제출</b>한다<script>alert(1)</script> [S1].", "제출한다."),
        ("![그림](https://x.invalid/a.png) 낸다 [S1].", "낸다."),
        ("[여기](https://x.invalid/?d=2)에 낸다 [S1].", "여기에 낸다."),
        ("> 인용이다 [S1].", "인용이다."),
        ("낸\u200b다 [S1].", "낸다."),
        ("| 물품 | 7일 [S1] |", "물품 7일"),
    ],
)
def test_markup_leaves_plain_text(reply: str, expected: str) -> None:
    assert [s.text for s in read_reply(reply) if s.keys] == [expected]


def test_each_list_item_is_a_sentence_that_begins_a_paragraph() -> None:
    sentences = read_reply("다음과 같습니다.\n- 물품 7일 [S1]\n- 공사 15일 [S2]\n\n1. 용역 [S3]")
    assert [(s.text, s.paragraph_start) for s in sentences] == [
        ("다음과 같습니다.", True),
        ("물품 7일", True),
        ("공사 15일", True),
        ("용역", True),
    ]


def test_soft_line_breaks_do_not_cut_a_sentence() -> None:
    assert read("한 문장이\n두 줄에 있다 [S1].\n다음이다 [S2].") == [
        ("한 문장이 두 줄에 있다.", ("S1",)),
        ("다음이다.", ("S2",)),
    ]


def test_an_endless_reply_is_cut() -> None:
    assert len(read_reply("낸다 [S1]. " * 3_000)) == MAX_SENTENCES


def test_a_section_is_cut_at_paragraphs_items_and_sentences() -> None:
    text = "제1조(목적)\n① 낸다. 다만, 예외가 있다.\n  1. 서류\n    가. 사본"
    assert [text[unit.start : unit.end] for unit in source_units(text)] == [
        "제1조(목적)",
        "① 낸다.",
        "다만, 예외가 있다.",
        "1. 서류",
        "가. 사본",
    ]
