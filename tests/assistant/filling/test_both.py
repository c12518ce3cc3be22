"""What holds for HWPX and DOCX alike: one engine, one syntax."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from assistant.errors import TemplateFaultError, TemplateInputError
from assistant.filling import check, fill
from tests.assistant.filling.forms import (
    docx,
    h_p,
    h_table,
    hwpx,
    members,
    paragraphs,
    part,
    w_p,
    w_table,
)


@dataclass(frozen=True)
class Form:
    file: Callable[[str], bytes]
    p: Callable[..., str]
    table: Callable[..., str]


@pytest.fixture(params=[Form(docx, w_p, w_table), Form(hwpx, h_p, h_table)], ids=["docx", "hwpx"])
def form(request: pytest.FixtureRequest) -> Form:
    assert isinstance(request.param, Form)
    return request.param


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        pytest.param(("제목: {{ 제목 }}입니다",), "제목: 가입니다", id="one run"),
        pytest.param(("{", "{ 제", "목 }", "} 끝"), "가 끝", id="split over runs"),
        pytest.param(("{{ 제목 }}{{ 제목 }} {{ 수 }}",), "가가 7", id="several in one run"),
        pytest.param(("{{ 제", "목 }}와 {{ 수", " }}"), "가와 7", id="split twice"),
        pytest.param(("｛｛ 제목 ｝｝",), "가", id="full-width braces"),
        pytest.param(("{{\u00a0제목\u3000}}",), "가", id="special spaces"),
        pytest.param(("{{ 없음값 | default(‘미정’) }}",), "미정", id="typographic quotes"),
        pytest.param(("{{ 없음값 ｜ 기본값（”미정”） }}",), "미정", id="full-width signs"),
        pytest.param(("{{ 없음값 | default('“따옴” ｜') }}",), "“따옴” ｜", id="quoted signs stay"),
        pytest.param(("가{# 메모 #}나",), "가나", id="comment"),
        pytest.param(("{% if 수 == 7 %}칠{% else %}아님{% endif %}!",), "칠!", id="if"),
        pytest.param(("{% if 수 > 7 %}큼{% elif 수 < 0 %}음{% endif %}.",), ".", id="no branch"),
        pytest.param(("{% if 수 ", "%}칠{% en", "dif %}."), "칠.", id="split if"),
        pytest.param(("{% for 명 in 명단 %}{{ 명 }};{% endfor %}",), "갑;을;", id="loop in a text"),
        pytest.param(("{{ 명단 | 잇기(', ') }} {{ 명단|개수 }}명",), "갑, 을 2명", id="filters"),
        pytest.param(("{{ 여러줄 }}",), "첫\n둘\t끝", id="line breaks and tabs"),
        pytest.param(("50% {증가} } { %} 그대로",), "50% {증가} } { %} 그대로", id="single braces"),
    ],
)
def test_a_paragraph_is_filled(form: Form, runs: tuple[str, ...], expected: str) -> None:
    values = {"제목": "가", "수": 7, "명단": ["갑", "을"], "여러줄": "첫\r\n둘\t끝"}
    assert paragraphs(fill(form.file(form.p(*runs)), values)) == [expected]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            (
                ("{%tr for 줄 in 목록 %}", ""),
                ("{{ 줄.명 }}", "{{ loop.index }}"),
                ("{%tr endfor %}", ""),
            ),
            id="rows of their own",
        ),
        pytest.param(
            (("{%tr for 줄 in 목록 %}{{ 줄.명 }}", "{{ loop.index }}{%tr endfor %}"),),
            id="in the row",
        ),
    ],
)  # fmt: skip
def test_rows_are_repeated(form: Form, rows: tuple[tuple[str, str], ...]) -> None:
    template = form.file(form.table(("머리", "번호"), *rows, ("합계", "")))
    made = fill(template, {"목록": [{"명": "갑"}, {"명": "을"}]})
    assert paragraphs(made) == ["머리", "번호", "갑", "1", "을", "2", "합계"]


def test_loops_and_conditions_nest(form: Form) -> None:
    template = form.file(
        form.table(
            ("{%tr for 과 in 과들 %}",),
            ("{{ 과.이름 }}",),
            ("{%tr if 과.사람들 %}",),
            ("{%tr for 사람 in 과.사람들 %}",),
            ("{{ 과.이름 }} {{ 사람 }}",),
            ("{%tr endfor %}",),
            ("{%tr else %}",),
            ("없음",),
            ("{%tr endif %}",),
            ("{%tr endfor %}",),
        )
    )
    made = fill(
        template, {"과들": [{"이름": "A", "사람들": ["갑", "을"]}, {"이름": "B", "사람들": []}]}
    )
    assert paragraphs(made) == ["A", "A 갑", "A 을", "B", "없음"]


def test_a_table_in_a_repeated_row_is_repeated_with_it(form: Form) -> None:
    inner = form.table(("{%tr for 값 in 줄.값들 %}{{ 값 }}{%tr endfor %}",), ("끝",))
    template = form.file(
        form.table(("{%tr for 줄 in 목록 %}",), (inner + form.p(""),), ("{%tr endfor %}",))
    )
    made = fill(template, {"목록": [{"값들": [1, 2]}, {"값들": [3]}]})
    assert paragraphs(made) == ["1", "2", "끝", "3", "끝"]


def test_paragraphs_stand_under_conditions_and_are_repeated(form: Form) -> None:
    lines = (
        "앞", "{%p if 있다 %}", "비고 {{ 비고 }}", "{%p endif %}", "{%p if 없다 %}", "아님",
        "{%p else %}", "{%p for 줄 in 줄들 %}", "- {{ 줄 }}", "{%p endfor %}", "{%p endif %}", "뒤",
    )  # fmt: skip
    template = form.file("".join(map(form.p, lines)))
    made = fill(template, {"있다": True, "비고": "x", "없다": False, "줄들": ["가", "나"]})
    assert paragraphs(made) == ["앞", "비고 x", "- 가", "- 나", "뒤"]


def test_all_that_is_missing_is_named_at_once(form: Form) -> None:
    template = form.file(
        form.p("{{ 기관 }} {{ 담당.이름 }} {{ 비고 | default('') }}")
        + form.table(("{%tr for 줄 in 목록 %}{{ 줄.수 | 쉼표 }}{{ 공통 }}{%tr endfor %}",))
        + form.p("{% for x in 없는목록 %}{{ x.값 }}{{ 그안 }}{% endfor %}")
    )
    with pytest.raises(TemplateInputError) as caught:
        fill(template, {"목록": [{"수": 1}, {}, {}]})
    missing = ("기관", "담당.이름", "공통", "목록[2].수", "없는목록", "그안")
    assert sorted(caught.value.missing) == sorted(missing)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        pytest.param("{{ 값 | 쉼표 }}", {"값": "많음"}, id="no number"),
        pytest.param("{{ 값 | 날짜 }}", {"값": "어제"}, id="no date"),
        pytest.param("{{ 값 }}", {"값": {"a": 1}}, id="a group"),
        pytest.param("{{ 값 }}", {"값": float("nan")}, id="not a number"),
        pytest.param("{% for x in 값 %}{% endfor %}", {"값": "글"}, id="no list"),
        pytest.param("{% for x in 값 %}{% endfor %}", {"값": [0] * 6000}, id="too many rounds"),
        pytest.param("{% if 값 > 3 %}x{% endif %}", {"값": "글"}, id="compared with a number"),
        pytest.param("{{ 값 }}", {"값": object()}, id="an object"),
    ],
)
def test_a_value_that_does_not_fit_is_named(
    form: Form, text: str, values: dict[str, object]
) -> None:
    with pytest.raises(TemplateInputError) as caught:
        fill(form.file(form.p(text)), values)
    assert caught.value.unfit == ("값",)


def test_loops_in_loops_cannot_multiply_without_end(form: Form) -> None:
    text = "".join(f"{{% for {name} in 값 %}}" for name in "abcde") + "x" + "{% endfor %}" * 5
    with pytest.raises(TemplateInputError):
        fill(form.file(form.p(text)), {"값": list(range(100))})


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        pytest.param("{{ 이름", "unclosed", "괄호가 짝이", id="not closed"),
        pytest.param("이름 }}", "unclosed", "괄호가 짝이", id="not opened"),
        pytest.param("{% if x %}가", "unclosed_block", "{% endif %}", id="no endif"),
        pytest.param("가{% endfor %}", "stray_tag", "여는 태그", id="no for"),
        pytest.param(
            "{% if x %}{% for y in z %}{% endif %}{% endfor %}", "stray_tag", "짝", id="crossed"
        ),
        pytest.param("{% set x = 1 %}", "unknown_word", "알 수 없는 명령", id="set"),
        pytest.param("{% include 'x' %}", "unknown_word", "알 수 없는 명령", id="include"),
        pytest.param("{% macro x() %}", "unknown_word", "알 수 없는 명령", id="macro"),
        pytest.param("{%tc for x in y %}", "unknown_word", "알 수 없는 명령", id="columns"),
        pytest.param("{% for x of y %}", "faulty_loop", "in", id="not in"),
        pytest.param("{% for x in range(9) %}", "faulty_expression", "호출", id="range"),
        pytest.param("{% for x in y | 잇기 %}", "faulty_loop", "이름만", id="no list name"),
        pytest.param("{% endif x %}", "trailing_text", "지우십시오", id="trailing"),
        pytest.param("{{ }}", "faulty_expression", "비어", id="empty"),
        pytest.param("{{ a b }}", "faulty_expression", "알아볼 수 없", id="two names"),
        pytest.param("{{ a | upper }}", "faulty_expression", "쉼표", id="unknown filter"),
        pytest.param("{%tr if x %}", "outside_table", "표", id="row tag outside a table"),
        pytest.param("글 {%p else %}", "not_alone", "따로", id="else not alone"),
    ],
)  # fmt: skip
def test_a_fault_says_where_and_what_to_do(form: Form, body: str, code: str, words: str) -> None:
    template = form.file(form.p(body))
    fault = check(template).faults[0]
    assert (fault.code, words in fault.message) == (code, True)
    assert fault.words().startswith("본문 ‘")
    with pytest.raises(TemplateFaultError):
        fill(template, {"x": 1, "y": [], "z": [], "a": 1})


def test_the_report_names_fields_with_their_places(form: Form) -> None:
    template = form.file(
        form.p("{{ 기관 }} {{ 비고 | default('') }}")
        + form.table(("머리",), ("{%tr for 줄 in 목록 %}{{ 줄.수 | 쉼표 }}{%tr endfor %}",))
        + form.p("{% if 기관 is 있음 %}x{% endif %}")
    )
    report = check(template)
    assert report.names() == ("기관", "비고", "목록", "목록[].수")
    assert [field.is_required for field in report.fields] == [True, False, True, True, False]
    assert report.fields[3].place.words().startswith("본문 표 1의 2번째 줄 1번째 칸")
    assert (report.loops[0].list_name, report.loops[0].repeats) == ("목록", "rows")
    assert [condition.text for condition in report.conditions] == ["기관 is 있음"]


def test_a_cell_is_never_left_without_a_paragraph(form: Form) -> None:
    cell = form.p("{%p if x %}") + form.p("글") + form.p("{%p endif %}")
    made = fill(form.file(form.table((cell, "옆"))), {"x": False})
    assert paragraphs(made) == ["옆"]
    cells = part(made).iter("{*}tc")
    assert all(next(cell.iter("{*}p"), None) is not None for cell in cells)


def test_a_template_without_tags_comes_back_byte_for_byte_in_its_parts(form: Form) -> None:
    template = form.file(form.p("그대로 {중괄호}"))
    assert members(fill(template, {})) == members(template)
