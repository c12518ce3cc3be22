"""What governs a reply: every article can be opened, and only what a complaint says names one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.complaints import Reading, governs_letter, governs_point, is_out_of_matter
from assistant.complaints.shelf import shelf
from assistant.domain import ComplaintKind, Decision
from assistant.law.references import fold_law

CORPUS = Path(__file__).parents[3] / "corpus" / "rules"
HELD = shelf("governing.yaml")
RULES = [*HELD["letters"], *HELD["sayings"]]


def reading(kind: str, text: str, decision: str = "answer", reason: str = "") -> Reading:
    return Reading(kind=ComplaintKind(kind), decision=Decision(decision), text=text, reason=reason)


def labels(found: object) -> list[str]:
    return [one.place.label for one in found]  # type: ignore[attr-defined] # of Governing


def _digests() -> dict[str, str]:
    texts = [path.read_text("utf-8") for path in CORPUS.glob("*.md")]
    titles = {text: re.search(r"(?m)^제목: (.*)\(요약\)$", text) for text in texts}
    return {fold_law(title[1]): text for text, title in titles.items() if title}


@pytest.mark.parametrize("row", RULES, ids=lambda row: " ".join(row["place"]))
def test_every_article_stands_in_the_sample_corpus(row: dict[str, object]) -> None:
    law, label = row["place"]  # type: ignore[misc] # a pair in YAML
    text = _digests()[fold_law(HELD["laws"][law])]
    article, _, paragraph = re.fullmatch(r"(제\d+조(?:의\d+)?)(제(\d+)항)?", label).groups()  # type: ignore[union-attr]
    body = re.search(rf"(?ms)^##### {article} \(.*?\)\n(.*?)(?=^#|\Z)", text)
    assert body, label
    if paragraph:
        assert f"**{'①②③④⑤⑥⑦⑧⑨'[int(paragraph) - 1]}**" in body[1]


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("answer", ["제11조제1항"]),
        ("partial", ["제11조제1항", "제9조제1항", "제14조"]),
        ("refusal", ["제11조제1항", "제9조제1항"]),
    ],
)
def test_a_request_for_disclosure_is_governed_by_what_is_decided(
    decision: str, expected: list[str]
) -> None:
    asked = reading("disclosure", "작년 회의록을 공개해 주십시오.", decision)
    assert labels(governs_letter(asked)) == expected


def test_a_refused_disclosure_asks_which_ground_unless_the_reason_says_it() -> None:
    text = "작년 회의록을 공개해 주십시오."
    unsaid = governs_letter(reading("disclosure", text, "refusal", "내부 검토 중입니다."))
    said = governs_letter(reading("disclosure", text, "refusal", "제9조제1항제5호에 해당합니다."))
    assert [one.open for one in unsaid if one.open]
    assert not [one.open for one in said if one.open]


@pytest.mark.parametrize(
    ("kind", "text", "label"),
    [
        ("disclosure", "사본 대신 엑셀로 보내 주세요.", "제15조제1항"),
        ("disclosure", "이름은 가리고 주셔도 됩니다.", "제14조"),
        ("grievance", "신청서를 받지도 않고 돌려보냈습니다.", "제9조제1항"),
        ("grievance", "직원이 반말을 하고 소리를 질렀습니다.", "제4조제1항"),
        ("grievance", "민원을 낸 지 두 달이 넘도록 답이 없습니다.", "제23조제1항"),
        ("grievance", "과태료를 물라니 억울합니다.", "제20조제1항"),
        ("suggestion", "안내문을 쉬운 우리말로 써 주세요.", "제14조제1항"),
    ],
)
def test_what_is_said_in_everyday_words_names_its_article(kind: str, text: str, label: str) -> None:
    assert label in labels(governs_point(reading(kind, text), text))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("other", "가로등이 꺼졌으니 고쳐 주세요."),
        ("suggestion", "체육관 옆에 자전거 거치대를 놓아 주세요."),
        ("query_procedure", "체육관 대관은 어떻게 신청하나요?"),
        ("grievance", "옆집 공사 소음 때문에 잠을 잘 수 없습니다."),
        ("other", "버스 시간표를 알려 주세요."),
        ("other", "서류 보낼 팩스번호가 몇 번이에요?"),
        ("other", "받은 접수증을 잃어버렸어요."),
    ],
)
def test_a_complaint_about_none_of_it_is_governed_by_nothing(kind: str, text: str) -> None:
    assert not governs_letter(reading(kind, text))
    assert not governs_point(reading(kind, text), text)


def test_what_one_sentence_says_is_not_made_up_of_two() -> None:
    text = "과태료 안내문을 잘 받았습니다. 지난번 일은 억울했습니다."
    assert "제20조제1항" not in labels(governs_letter(reading("grievance", text)))


def test_a_law_on_a_matter_of_its_own_needs_the_matter() -> None:
    for law in ("공공기관의 정보공개에 관한 법률", "조달사업에 관한 법률 시행령(요약)"):
        assert is_out_of_matter(law, "영업 등록이 거부되어 다투려 합니다.")
    assert not is_out_of_matter("조달사업에 관한 법률 시행령(요약)", "조달 물품을 납품했습니다.")
    assert not is_out_of_matter("행정절차법", "아무 말이나")


def test_who_asks_for_a_telephone_number_complains_of_no_leak() -> None:
    asked = "영업신고를 하려고 합니다. 위생과 담당자 전화번호를 알려주세요."
    leaked = "제가 신고했다는 사실과 제 이름을 직원이 업소에 알려줬습니다."
    assert "제7조" not in labels(governs_point(reading("other", asked), asked))
    assert "제7조" in labels(governs_point(reading("grievance", leaked), leaked))


def test_a_wish_to_have_a_disposition_undone_asks_for_no_lesson_in_appeals() -> None:
    wish = "영업정지 처분을 취소하거나 줄여 주십시오."
    assert is_out_of_matter("행정심판법(요약)", wish)
    assert is_out_of_matter("행정소송법(요약)", wish)
    assert not is_out_of_matter("행정심판법(요약)", "행정심판은 언제까지 청구하나요?")


def test_how_days_are_counted_is_asked_in_everyday_words() -> None:
    text = "민원 처리기간이 14일이면 주말도 세는 건가요?"
    assert labels(governs_point(reading("query_law", text), text)) == ["제19조제2항"]


def test_the_objection_of_statutory_complaints_is_beside_other_matters() -> None:
    law, label = "민원 처리에 관한 법률(요약)", "제35조"
    assert is_out_of_matter(law, "개인정보 열람을 거절당해 이의가 있습니다", label=label)
    assert not is_out_of_matter(law, "허가가 거부되어 이의신청을 하려고 합니다", label=label)
    assert not is_out_of_matter(law, "가로등이 고장 났어요", label="제17조")
    assert is_out_of_matter("행정심판법(요약)", "과태료에 불복합니다")
    assert not is_out_of_matter("행정심판법(요약)", "과태료에 행정심판을 낼 수 있나요")
