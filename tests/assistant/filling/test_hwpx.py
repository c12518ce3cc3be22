from __future__ import annotations

import pytest
from lxml import etree

from assistant.errors import DocumentUnreadableError
from assistant.filling import check, fill
from tests.assistant.filling.forms import (
    P,
    h_p,
    h_table,
    hwpx,
    members,
    paragraphs,
    part,
    with_part,
)

FOR, END = "{%tr for x in 목록 %}", "{%tr endfor %}"
SECTION = "Contents/section0.xml"


def h(name: str) -> str:
    return f"{{{P}}}{name}"


def grid(data: bytes) -> list[list[tuple[str, int, int]]]:
    """Return text, row address and row span of each cell, row by row."""
    return [
        [
            (
                "".join(cell.itertext()),
                int(cell.find(h("cellAddr")).get("rowAddr")),
                int(cell.find(h("cellSpan")).get("rowSpan")),
            )
            for cell in row.iterchildren(h("tc"))
        ]
        for row in next(part(data).iter(h("tbl"))).iterchildren(h("tr"))
    ]


def test_rows_are_counted_and_addressed_anew() -> None:
    template = hwpx(h_table(("머리",), (FOR,), ("{{ x }}",), (END,), ("합계",)))
    made = fill(template, {"목록": list("가나다")})
    table = next(part(made).iter(h("tbl")))
    assert [row[0][1] for row in grid(made)] == [0, 1, 2, 3, 4]
    assert (table.get("rowCnt"), table.find(h("sz")).get("height")) == ("5", "250")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_merged_cell_grows_with_the_rows_beside_it(count: int) -> None:
    template = hwpx(
        h_table((("구분", 5), "머리"), (None, FOR), (None, "{{ x }}"), (None, END), (None, "합계"))
    )
    made = fill(template, {"목록": ["가"] * count})
    assert grid(made)[0][0] == ("구분", 0, count + 2)
    assert [row[0][1] for row in grid(made)[1:]] == list(range(1, count + 2))


def test_a_merged_cell_inside_the_loop_is_repeated() -> None:
    template = hwpx(h_table((FOR, ""), (("{{ x }}", 2), "위"), (None, "아래"), (END, "")))
    spans = [(cell[1], cell[2]) for row in grid(fill(template, {"목록": [1, 2]})) for cell in row]
    assert spans == [(0, 2), (0, 1), (1, 1), (2, 2), (2, 1), (3, 1)]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(((FOR, ""), (("{{ x }}", 3), "위"), (None, "아래"), (END,)), id="leaves"),
        pytest.param(
            ((("가", 3), "앞"), (None, FOR), (None, "{{ x }}"), ("나", f"나{END}")), id="enters"
        ),
        pytest.param(((FOR, ("", 2)), ("{{ x }}", None), (END, "")), id="own"),
    ],
)  # fmt: skip
def test_a_merge_that_crosses_the_edge_of_a_loop_is_a_fault(
    rows: tuple[tuple[str, ...], ...],
) -> None:
    report = check(hwpx(h_table(*rows)))
    assert {fault.code for fault in report.faults} == {"merged_cell"}
    assert "병합" in report.faults[0].message


def test_addresses_of_a_nested_table_begin_anew_in_each_row() -> None:
    inner = h_table(("{%tr for y in x %}{{ y }}{%tr endfor %}",), ("끝",), number="77")
    template = hwpx(h_table((FOR,), (inner,), (END,)))
    tables = list(part(fill(template, {"목록": [[1, 2], [3]]})).iter(h("tbl")))
    assert [table.get("rowCnt") for table in tables] == ["2", "3", "2"]
    assert [a.get("rowAddr") for a in tables[2].iter(h("cellAddr"))] == ["0", "1"]
    assert len({table.get("id") for table in tables}) == 3
    assert len({table.get("zOrder") for table in tables}) == 3


def test_ids_of_repeated_paragraphs_and_fields_stay_unique() -> None:
    field = (
        '<hp:p id="31"><hp:run><hp:ctrl><hp:fieldBegin id="900" type="CLICK_HERE"/></hp:ctrl>'
        '<hp:t>{{ x }}</hp:t><hp:ctrl><hp:fieldEnd beginIDRef="900"/></hp:ctrl>'
        '<hp:ctrl><hp:bookmark name="자리"/></hp:ctrl></hp:run></hp:p>'
    )
    made = part(fill(hwpx(h_table((FOR,), (field,), (END,))), {"목록": [1, 2, 3]}))
    numbers = [p.get("id") for p in made.iter(h("p")) if p.get("id") != "0"]
    assert len(numbers) == len(set(numbers)) == 3
    begins = [e.get("id") for e in made.iter(h("fieldBegin"))]
    assert begins == [e.get("beginIDRef") for e in made.iter(h("fieldEnd"))]
    assert len(set(begins)) == 3
    assert len(list(made.iter(h("bookmark")))) == 1


def test_no_cached_layout_is_left_where_something_was_filled() -> None:
    template = hwpx(h_p("{{ 값 }}"), section1=h_p("그대로"))
    made = fill(template, {"값": 1})
    assert list(part(made).iter(h("linesegarray"))) == []
    assert members(made)["Contents/section1.xml"] == members(template)["Contents/section1.xml"]


def test_the_preview_no_longer_shows_the_template() -> None:
    made = fill(hwpx(h_p("{{ 값 }}")), {"값": 1})
    assert members(made)["Preview/PrvText.txt"].strip() == b""


@pytest.mark.parametrize(
    ("frame", "words"),
    [("header", "머리말"), ("footer", "꼬리말"), ("footNote", "각주"), ("endNote", "미주")],
)
def test_what_stands_beside_the_text_is_filled(frame: str, words: str) -> None:
    inside = (
        f"<hp:ctrl><hp:{frame}><hp:subList>{h_p('{{ 값 }}')}</hp:subList></hp:{frame}></hp:ctrl>"
    )
    template = hwpx(f"<hp:p><hp:run>{inside}<hp:t>글</hp:t></hp:run></hp:p>")
    assert paragraphs(fill(template, {"값": "x"})) == ["글", "x"]
    assert check(template).fields[0].place.part == words


def test_master_pages_are_filled() -> None:
    template = hwpx(h_p("글"), masterpage0=h_p("{{ 값 }}"))
    assert paragraphs(fill(template, {"값": "x"}), "Contents/masterpage0.xml") == ["x"]
    assert check(template).fields[0].place.part == "바탕쪽"


@pytest.mark.parametrize(
    "inside",
    [
        pytest.param("{{<hp:nbSpace/>값<hp:fwSpace/>}}", id="fixed spaces"),
        pytest.param("{{ <hp:markpenBegin/>값<hp:markpenEnd/> }}", id="marker pen"),
        pytest.param("{<hp:titleMark/>{ 값 }}", id="title mark"),
    ],
)
def test_what_hangul_puts_into_a_tag_is_understood(inside: str) -> None:
    template = hwpx(f"<hp:p><hp:run><hp:t>앞 {inside} 뒤</hp:t></hp:run></hp:p>")
    assert paragraphs(fill(template, {"값": "x"})) == ["앞 x 뒤"]


@pytest.mark.parametrize("between", ["<hp:tab/>", "<hp:lineBreak/>"])
def test_a_tag_that_is_interrupted_is_a_fault(between: str) -> None:
    body = f"<hp:p><hp:run><hp:t>{{{{ 값{between} }}}}</hp:t></hp:run></hp:p>"
    assert [fault.code for fault in check(hwpx(body)).faults] == ["interrupted"]


def test_the_first_paragraph_keeps_the_page_settings() -> None:
    first = (
        '<hp:p id="1"><hp:run><hp:secPr/></hp:run><hp:run><hp:t>{%p if x %}</hp:t></hp:run></hp:p>'
    )
    made = fill(hwpx(first + h_p("글") + h_p("{%p endif %}")), {"x": False})
    assert len(list(part(made).iter(h("secPr")))) == 1
    assert paragraphs(made) == []


def test_a_table_without_rows_is_left_out() -> None:
    made = fill(hwpx(h_table((FOR,), ("{{ x }}",), (END,)) + h_p("뒤")), {"목록": []})
    assert list(part(made).iter(h("tbl"))) == []
    assert paragraphs(made) == ["뒤"]


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(b"<a>{{ x }}", id="not closed"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><a>{{ &b; }}</a>', id="entities"),
        pytest.param(b"<a>" * 5000 + b"{{" + b"</a>" * 5000, id="depth"),
        pytest.param(b'<a xmlns:f="urn:gongmun:filling"><f:field n="9"/>{{</a>', id="own markers"),
        pytest.param(b"<a>{{" + b"<b/>" * 1_200_000 + b"</a>", id="elements"),
    ],
)
def test_a_hostile_part_is_refused(xml: bytes) -> None:
    with pytest.raises(DocumentUnreadableError):
        check(with_part(hwpx(h_p("x")), SECTION, xml))


@pytest.mark.parametrize("value", ["99999999999999999999", "²", "-3", "x", ""])
def test_numbers_that_are_none_do_no_harm(value: str) -> None:
    written = members(hwpx(h_table(("가",), (FOR,), ("{{ x }}",), (END,))))[SECTION].decode()
    hostile = written.replace('rowSpan="1"', f'rowSpan="{value}"').replace(
        'height="50"', 'height="x"'
    )
    template = with_part(hwpx(""), SECTION, hostile.encode())
    report = check(template)
    if report.is_usable:
        made = fill(template, {"목록": [1, 2]})
        assert etree.tostring(part(made)).count(b"<hp:tr>") == 3
