"""Forms that call things by other words than the official ones, or lay them out otherwise."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest

from assistant.domain import Block, BlockKind, Cell, Document, Locator
from assistant.pilotforms import locate, propose
from assistant.pilotforms.sheets import sheets_of
from assistant.reading import DEFAULT_LIMITS, read_in_process
from tests.assistant.pilotforms.test_reading import made, said


def sheet(rows: Sequence[Sequence[str]]) -> Document:
    """Return what is read of a sheet with these rows."""
    body = io.StringIO()
    csv.writer(body).writerows(rows)
    return read_in_process(body.getvalue().encode(), file_name="표.csv", limits=DEFAULT_LIMITS)


def text(*lines: str) -> Document:
    return read_in_process("\n".join(lines).encode(), file_name="계획.txt", limits=DEFAULT_LIMITS)


def of(document: Document) -> dict[str, str]:
    return said(propose(document, file_name="표.csv"))


def test_goals_under_other_names_are_read() -> None:
    found = of(
        sheet(
            [
                ["연번", "시험 항목", "측정 방법", "기준", "목표치", "필수여부"],
                ["1", "누수 탐지율", "굴착 확인", "확인 건수", "85% 이상", "○"],
                ["2", "위치 오차", "지점 비교", "평균", "1.5m 이하", ""],
            ]
        )
    )
    assert found["items[1].name"] == "누수 탐지율"
    assert found["items[1].method"] == "굴착 확인"
    assert found["items[1].criterion"] == "확인 건수"
    assert found["items[1].is_required"] == "true"
    assert found["items[2].target"] == "1.5"
    assert found["items[2].is_required"] == "false"


def test_a_column_is_of_targets_when_every_cell_sets_one() -> None:
    found = of(sheet([["항목", "합격선"], ["가동률", "98% 이상"], ["지연", "5초 이하"]]))
    assert found["items[2].target"] == "5"
    assert of(sheet([["항목", "합격선"], ["가동률", "98% 이상"], ["지연", "빠르게"]])) == {}


def test_a_title_above_the_header_is_no_header() -> None:
    document = sheet(
        [
            ["성능 측정 결과", "", "", ""],
            ["No.", "항목", "측정값", "측정일자"],
            ["1", "누수 탐지율", "92.5%", "2026-10-20"],
        ]
    )
    found = propose(document, file_name="표.csv")
    assert said(found)["measurements[1].value"] == "92.5"
    value = next(each for each in found if each.place == "measurements[1].value")
    assert value.source.where == "성능 측정 결과 · 3행(1) · 측정값"
    place = locate(document, value.source)
    assert place is not None
    assert (place.row, place.column, place.quote) == (2, 2, "92.5%")


def test_tables_below_each_other_on_one_sheet_are_read_apart() -> None:
    document = sheet(
        [
            ["1. 성능 시험 결과", "", "", ""],
            ["번호", "시험항목", "목표", "결과"],
            ["1", "탐지율", "90% 이상", "93.1%"],
            ["2. 기업 성장 (단위: 백만원)", "", "", ""],
            ["구분", "2024년", "2025년", ""],
            ["매출", "900", "1,300", ""],
            ["고용(명)", "10", "12", ""],
        ]
    )
    found = propose(document, file_name="표.csv")
    values = said(found)
    assert values["measurements[1].value"] == "93.1"
    assert values["growth.sales_won.before"] == "900000000"
    assert [place for place in values if "[2]" in place] == []
    sales = next(each for each in found if each.place == "growth.sales_won.after")
    assert sales.source.where == "기업 성장 · 6행(매출) · 2025년"
    place = locate(document, sales.source)
    assert place is not None
    assert (place.row, place.column) == (5, 2)


def test_a_title_between_rows_of_one_table_parts_nothing() -> None:
    found = of(
        sheet(
            [
                ["번호", "시험항목", "목표", "결과"],
                ["가. 성능", "", "", ""],
                ["1", "탐지율", "90% 이상", "93.1%"],
                ["나. 내구성", "", "", ""],
                ["2", "수명", "12개월 이상", "13개월"],
            ]
        )
    )
    assert found["measurements[2].value"] == "13"


def test_a_header_of_two_rows_is_told_as_one() -> None:
    rows = (
        (
            Cell(text="항목", row_span=2),
            Cell(text="성능", col_span=2),
            Cell(text="결과", row_span=2),
        ),
        (Cell(text="기준"), Cell(text="목표")),
        (Cell(text="가동률"), Cell(text="시간"), Cell(text="98% 이상"), Cell(text="99.1%")),
    )
    block = Block(kind=BlockKind.TABLE, text="", rows=rows, locator=Locator(ordinal=1))
    (laid,) = sheets_of(block, "표")
    assert laid.header == ("항목", "성능 기준", "성능 목표", "결과")
    assert laid.edge == ("항목", "기준", "목표", "결과")
    assert laid.where(0, 3) == "표 · 3행(가동률) · 결과"


@pytest.mark.parametrize(
    ("unit", "won"), [("백만원", "850000000"), ("천원", "850000"), ("원", "850"), ("천달러", None)]
)
def test_money_counts_in_the_unit_of_its_label(unit: str, won: str | None) -> None:
    found = of(
        sheet(
            [
                ["구분", "2025년", "2026년"],
                [f"매출액({unit})", "850", "1,120"],
                ["고용인원(명)", "14", "17"],
            ]
        )
    )
    assert found.get("growth.sales_won.before") == won
    assert found["growth.jobs.after"] == "17"
    assert found["growth.jobs.after_label"] == "2026년"


def test_money_counts_in_the_unit_above_the_table_and_without_one_is_left_open() -> None:
    rows = [["지표", "도입 전", "도입 후"], ["매출", "1,200", "1,450"], ["고용", "21", "24"]]
    found = of(sheet([["(단위: 백만원, 명)", "", ""], *rows]))
    assert found["growth.sales_won.before"] == "1200000000"
    assert found["growth.jobs.before"] == "21"
    bare = of(sheet(rows))
    assert "growth.sales_won.before" not in bare
    assert bare["growth.jobs.before"] == "21"


def test_prices_in_thousands_are_counted_out() -> None:
    found = of(
        sheet(
            [
                ["내역", "수량", "단가(천원)", "금액(천원)"],
                ["감지기", "30", "1,200", "36,000"],
                ["총 금액", "", "", "36,000"],
            ]
        )
    )
    assert found["plan.price_lines[1].unit_price_won"] == "1200000"
    assert found["plan.price_lines[1].quantity"] == "30"
    assert found["plan.total_won"] == "36000000"


def test_an_effect_from_now_to_a_goal_is_their_difference() -> None:
    found = propose(
        sheet([["기대효과", "현재", "목표", "단위"], ["누수 복구 기간", "9", "4", "일"]]),
        file_name="표.csv",
    )
    assert said(found) == {
        "plan.effects[1].text": "누수 복구 기간",
        "plan.effects[1].unit": "일",
        "plan.effects[1].amount": "5",
        "plan.effects[1].is_decrease": "true",
    }
    amount = next(each for each in found if each.place.endswith("amount"))
    assert amount.source.where == "2행 · 9에서 4"


def test_what_became_of_effects_is_read_before_and_after() -> None:
    found = of(sheet([["기대효과", "도입 전", "도입 후"], ["누수 복구 기간", "9", "4.5"]]))
    assert found == {"effect_results[1].before": "9", "effect_results[1].after": "4.5"}


def test_answers_of_single_persons_are_counted() -> None:
    people = [["1", "5", "4", ""], ["2", "4", "4", "글자가 작다"], ["3", "5", "", ""]]
    people += [["4", "3", "2", ""], ["5", "5", "4", ""]]
    document = sheet([["응답자", "문1. 사용이 쉽다", "문2. 정확하다", "의견"], *people])
    found = propose(document, file_name="표.csv")
    values = said(found)
    assert values["surveys[1].answered"] == "5"
    assert values["surveys[1].questions[1].text"] == "문1. 사용이 쉽다"
    assert values["surveys[1].questions[1].counts[5].people"] == "3"
    assert values["surveys[1].questions[2].counts[4].people"] == "3"
    assert values["surveys[1].questions[2].counts[1].people"] == "0"
    assert not [place for place in values if "questions[3]" in place]
    assert {each.source.where for each in found} == {"1행 · 응답 5명을 셈"}


def test_a_table_of_small_numbers_is_no_survey() -> None:
    rows = [["번호", "위험", "가능성", "영향"], *[[str(n), "정전", "2", "3"] for n in range(1, 7)]]
    assert of(sheet(rows)) == {}


def test_a_column_of_roles_may_have_any_name() -> None:
    found = of(
        sheet(
            [
                ["구분", "성명", "내·외부", "의결"],
                ["위원장", "가책임", "내부", "적절"],
                ["위원", "나외부", "외부", "적절"],
            ]
        )
    )
    assert found["committee.members[1].role"] == "위원장"
    assert found["committee.members[2].role"] == "위원"


def test_members_without_a_column_of_roles_are_read() -> None:
    found = of(
        sheet(
            [
                ["번호", "성명", "직위", "내부/외부", "심의의견"],
                ["1", "가책임", "과장(위원장)", "내부", "적절"],
                ["2", "나외부", "교수", "외부", "부적절"],
            ]
        )
    )
    assert found["committee.members[1].role"] == "위원장"
    assert found["committee.members[1].is_external"] == "false"
    assert found["committee.members[2].name"] == "나외부"
    assert found["committee.members[2].is_external"] == "true"
    assert found["committee.members[2].approves"] == "false"
    assert "committee.members[2].role" not in found


def test_a_person_belongs_to_the_side_that_was_named_last() -> None:
    found = said(
        made(
            [
                ["구분", "내용"],
                ["제품명(모델명)", "물샘 감지기 (S3-100)"],
                ["시범사용기관", "마루시"],
                ["사업수행 담당자", "주무관 고담당 (000-000-0000)"],
                ["책임자", "소장 오책임"],
                ["시범사용기업", "지어낸 샘터"],
                ["담당자", "과장 노기업"],
            ]
        )
    )
    assert found["product.name"] == "물샘 감지기"
    assert found["product.model"] == "S3-100"
    assert found["institution.manager"] == "주무관 고담당"
    assert found["institution.contact"] == "000-000-0000"
    assert found["institution.director"] == "소장 오책임"
    assert found["supplier.manager"] == "과장 노기업"


def test_a_plan_in_lines_says_what_one_in_tables_says() -> None:
    document = text(
        "혁신제품 시범사용 수행계획서",
        "",
        "1. 제품과 기관",
        " ○ 제품명: 바람길 안내판",
        " ○ 구매유형: 임차(단기 10개월)",
        " ○ 시범사용기간: 2026. 1. 12. ~ 2026. 11. 11.",
        "",
        "3. 성과목표",
        " 가. 정확도: 기준 장비와 오차 10% 이하 (필수)",
        " 나. 보기 좋음: 확인",
        " 다. 가동률: 98% 이상",
        "",
        "4. 추진일정",
        " - 협약: 2025. 11. 21.",
        " - 완료보고서 제출기한: 2026. 12. 11.",
        "",
        "5. 기대효과",
        " - 안내 민원 월 30건에서 15건으로 감소",
    )
    found = propose(document, file_name="계획.txt")
    values = said(found)
    assert values["product.name"] == "바람길 안내판"
    assert values["acquisition"] == "lease"
    assert values["plan.ends_on"] == "2026-11-11"
    assert values["items[1].name"] == "정확도"
    assert values["items[1].is_required"] == "true"
    assert values["items[2].name"] == "가동률"
    assert values["items[2].target"] == "98"
    assert values["plan.effects[1].amount"] == "15"
    assert [place for place in values if place.startswith("events")] == ["events[agreed].on"]
    for each in found:
        assert locate(document, each.source, place=each.place) is not None, each


def test_required_items_may_be_told_among_the_remarks() -> None:
    found = of(
        sheet(
            [
                ["순번", "평가지표", "목표 성능", "비고"],
                ["①", "음성 인식률", "92% 이상", "필수"],
                ["②", "응답시간", "2초 이내", ""],
            ]
        )
    )
    assert found["items[1].is_required"] == "true"
    assert found["items[2].is_required"] == "false"
    assert found["items[2].direction"] == "at_most"


def test_a_judgement_counts_where_the_target_is_no_figure() -> None:
    found = of(
        sheet(
            [
                ["평가지표", "목표 성능", "실측 결과", "시험일", "판정"],
                ["삭제율", "100%", "100%", "'26. 10. 20.", "적합"],
                ["가동률", "95% 이상", "94.1%", "'26. 10. 30.", "부적합"],
            ]
        )
    )
    assert found["measurements[1].is_fit"] == "true"
    assert found["measurements[1].measured_on"] == "2026-10-20"
    assert "measurements[2].is_fit" not in found
    assert found["report.items[2].is_met"] == "false"


def test_a_rent_in_thousands_is_counted_out() -> None:
    found = of(
        sheet(
            [
                ["(단위: 천원)", "", ""],
                ["항목", "산출내역", "금액"],
                ["로봇 임차료", "500천원 × 5대 × 12개월", "30,000"],
                ["물품대 계", "", "30,000"],
            ]
        )
    )
    assert found["plan.price_lines[1].name"] == "로봇 임차료"
    assert found["plan.price_lines[1].unit_price_won"] == "500000"
    assert found["plan.price_lines[1].months"] == "12"
    assert found["plan.goods_won"] == "30000000"


def test_members_named_in_one_line_are_read() -> None:
    found = of(
        text(
            "1. 일  시: 2026년 11월 12일(목) 10시",
            "2. 참석자: 위원장 가위원(과장), 위원 나외부(교수, 외부), 위원 다내부",
            "3. 안  건: 결과 심의",
        )
    )
    assert found["committee.held_on"] == "2026-11-12"
    assert found["committee.members[1].role"] == "위원장"
    assert found["committee.members[2].is_external"] == "true"
    assert found["committee.members[3].name"] == "다내부"
    assert "committee.members[3].is_external" not in found


def test_what_became_of_effects_is_known_by_the_line_above_the_table() -> None:
    table = "| 구분 | 도입 전 | 도입 후 |\n| --- | --- | --- |\n| 안내 시간 | 120 | 74 |\n"
    document = read_in_process(
        f"# 결과\n\n도입 효과\n\n{table}".encode(), file_name="가.md", limits=DEFAULT_LIMITS
    )
    assert of(document) == {"effect_results[1].before": "120", "effect_results[1].after": "74"}


def test_goals_said_without_a_colon_are_read_below_their_heading_alone() -> None:
    lines = ("- 보행자 감지율 95% 이상 (필수)", "- 점등 지연 0.5초 이하")
    found = of(text("수행계획서", "", "3. 성과지표", *lines))
    assert found["items[1].name"] == "보행자 감지율"
    assert found["items[1].is_required"] == "true"
    assert found["items[2].target"] == "0.5"
    assert of(text("수행계획서", "", "3. 그 밖의 사항", *lines)) == {}


def test_a_test_report_gives_the_mean_of_its_runs_and_the_unit_of_its_column() -> None:
    found = of(
        sheet(
            [
                ["시험항목", "단위", "기준값", "1차", "2차", "평균", "판정"],
                ["감지율", "%", "95 이상", "96.0", "97.2", "96.6", "적합"],
                ["절감률", "%", "30 이상", "27.5", "29.0", "28.3", "부적합"],
            ]
        )
    )
    assert found["measurements[1].value"] == "96.6"
    assert found["report.items[1].unit"] == "%"
    assert found["report.items[2].is_met"] == "false"
    assert not [place for place in found if place.startswith("items")]
