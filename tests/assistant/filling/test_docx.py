from __future__ import annotations

import pytest

from assistant.errors import TemplateFaultError, UnsupportedFormatError
from assistant.filling import check, fill
from tests.assistant.filling.forms import (
    W,
    docx,
    members,
    merged,
    package,
    paragraphs,
    part,
    w_p,
    w_table,
)

MACRO_TYPES = (
    '<Types xmlns="x"><Override PartName="/w.xml" '
    'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
RUN = "<w:r><w:t>{{ 값 }}</w:t></w:r>"
LOOP = "{%tr for x in 목록 %}"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


def test_headers_footers_and_notes_are_filled() -> None:
    template = docx(
        w_p("{{ 가 }}"),
        header3=("hdr", w_p("머리 {{ 나 }}")),
        footer1=("ftr", w_table(("{%tr for x in 목록 %}{{ x }}{%tr endfor %}",)) + w_p("")),
        footnotes=("footnotes", f'<w:footnote w:id="1">{w_p("주 {{ 다 }}")}</w:footnote>'),
    )
    made = fill(template, {"가": 1, "나": 2, "다": 3, "목록": [4, 5]})
    assert paragraphs(made, "word/header3.xml") == ["머리 2"]
    assert paragraphs(made, "word/footer1.xml") == ["4", "5"]
    assert paragraphs(made, "word/footnotes.xml") == ["주 3"]
    places = {field.name: field.place.part for field in check(template).fields}
    assert places == {
        "가": "본문",
        "나": "머리글",
        "목록": "바닥글",
        "목록[]": "바닥글",
        "다": "각주",
    }


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"<w:p><w:hyperlink>{RUN}</w:hyperlink></w:p>", id="hyperlink"),
        pytest.param(f"<w:p><w:ins>{RUN}</w:ins></w:p>", id="insertion"),
        pytest.param(
            f"<w:sdt><w:sdtContent><w:p>{RUN}</w:p></w:sdtContent></w:sdt>", id="content control"
        ),
        pytest.param(
            "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
            f"<w:p>{RUN}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
            id="text box",
        ),
        pytest.param(
            '<w:p><w:r><w:t>{{ </w:t></w:r><w:proofErr w:type="spellStart"/>'
            "<w:r><w:lastRenderedPageBreak/><w:t>값 }}</w:t></w:r></w:p>",
            id="spelling marks",
        ),
    ],
)  # fmt: skip
def test_a_value_is_put_in_wherever_text_stands(body: str) -> None:
    assert paragraphs(fill(docx(body), {"값": "x"})) == ["x"]


def test_what_a_tag_replaces_keeps_the_look_of_its_first_run() -> None:
    runs = (
        "<w:r><w:rPr><w:b/></w:rPr><w:t>{{ 값</w:t></w:r>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t> }} 뒤</w:t></w:r>"
    )
    found = [
        (next(iter(run.find(w("rPr")))).tag, "".join(run.itertext()))
        for run in part(fill(docx(f"<w:p>{runs}</w:p>"), {"값": " x "})).iter(w("r"))
    ]
    assert found == [(w("b"), " x "), (w("i"), " 뒤")]


def test_spaces_at_the_ends_of_a_value_are_kept() -> None:
    text = next(part(fill(docx(w_p("{{ 값 }}")), {"값": "  x "})).iter(w("t")))
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_split_run_keeps_its_look_on_both_sides() -> None:
    body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>가{% if 값 %}나{% endif %}다</w:t></w:r></w:p>"
    runs = list(part(fill(docx(body), {"값": True})).iter(w("r")))
    assert ["".join(run.itertext()) for run in runs] == ["가", "나", "다"]
    assert all(run.find(w("rPr")) is not None for run in runs)


@pytest.mark.parametrize("between", ["<w:tab/>", "<w:br/>", "<w:drawing/>"])
def test_a_tag_that_is_interrupted_is_a_fault(between: str) -> None:
    body = f"<w:p><w:r><w:t>{{{{ 값</w:t>{between}<w:t> }}}}</w:t></w:r></w:p>"
    fault = check(docx(body)).faults[0]
    assert (fault.code, fault.place.nearby) == ("interrupted", "{{ 값 }}")


def test_bookmarks_remarks_and_ids_stand_once() -> None:
    cell = (
        '<w:p w14:paraId="0A"><w:bookmarkStart w:id="1" w:name="b"/><w:r><w:t>{{ x }}</w:t></w:r>'
        '<w:bookmarkEnd w:id="1"/><w:r><w:drawing><wp:docPr id="7" name="그림"/></w:drawing>'
        '<w:commentReference w:id="3"/></w:r></w:p>'
    )
    made = part(fill(docx(w_table((LOOP,), (cell,), ("{%tr endfor %}",))), {"목록": [1, 2, 3]}))
    assert [len(list(made.iter(w(n)))) for n in ("bookmarkStart", "bookmarkEnd")] == [1, 1]
    assert len(list(made.iter(w("commentReference")))) == 1
    drawings = [e.get("id") for e in made.iter() if str(e.tag).endswith("}docPr")]
    assert len(set(drawings)) == 3
    assert "7" in drawings


def test_a_bound_control_no_longer_shows_its_stored_value() -> None:
    body = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x"/><w:showingPlcHdr/></w:sdtPr>'
        f"<w:sdtContent>{w_p('{{ 값 }}')}</w:sdtContent></w:sdt>"
    )
    made = part(fill(docx(body), {"값": 1}))
    assert [e.tag for e in made.iter(w("dataBinding"), w("showingPlcHdr"))] == []


def test_a_merged_cell_grows_with_the_rows_beside_it() -> None:
    table = w_table(
        (merged("구분", "restart"), "머리"),
        (merged("", "continue"), LOOP),
        (merged("", "continue"), "{{ x }}"),
        (merged("", "continue"), "{%tr endfor %}"),
    )
    merges = list(part(fill(docx(table), {"목록": [1, 2, 3]})).iter(w("vMerge")))
    assert [merge.get(w("val")) for merge in merges] == ["restart"] + ["continue"] * 3


def test_a_merged_cell_begins_anew_when_its_beginning_is_gone() -> None:
    table = w_table(
        ("{%tr if 없다 %}", ""),
        (merged("구분", "restart"), "가"),
        ("{%tr endif %}", ""),
        (merged("둘째", "continue"), "나"),
    )
    merges = list(part(fill(docx(table), {"없다": False})).iter(w("vMerge")))
    assert [merge.get(w("val")) for merge in merges] == ["restart"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            ((LOOP, ""), (merged("가", "restart"), "{{ x }}"), ("{%tr endfor %}", ""),
             (merged("", "continue"), "뒤")),
            id="leaves",
        ),
        pytest.param(
            ((merged("가", "restart"), "앞"), (merged("", "continue"), LOOP + "{{ x }}"),
             ("끝", "{%tr endfor %}")),
            id="enters",
        ),
        pytest.param(((merged("", "restart"), LOOP), ("가", "나{%tr endfor %}")), id="tag row"),
    ],
)  # fmt: skip
def test_a_merge_that_crosses_the_edge_of_a_loop_is_a_fault(
    rows: tuple[tuple[str, str], ...],
) -> None:
    codes = [fault.code for fault in check(docx(w_table(*rows))).faults]
    assert "merged_cell" in codes


def test_a_footnote_in_a_repeated_row_is_a_fault() -> None:
    note = '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    template = docx(w_table((LOOP,), (note,), ("{%tr endfor %}",)))
    assert "각주" in check(template).faults[0].message


def test_a_table_without_rows_is_left_out() -> None:
    made = fill(docx(w_table((LOOP,), ("{{ x }}",), ("{%tr endfor %}",))), {"목록": []})
    assert list(part(made).iter(w("tbl"))) == []


def test_page_settings_are_never_taken_away() -> None:
    middle = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>글</w:t></w:r></w:p>"
    template = docx(w_p("{%p if x %}") + middle + w_p("{%p endif %}"))
    assert check(template).faults[0].code == "page_settings"
    with pytest.raises(TemplateFaultError):
        fill(template, {"x": False})


def test_a_text_that_was_deleted_is_no_tag() -> None:
    body = "<w:p><w:del><w:r><w:delText>{{ 옛값 }}</w:delText></w:r></w:del></w:p>" + w_p(
        "{{ 값 }}"
    )
    assert check(docx(body)).names() == ("값",)


@pytest.mark.parametrize(
    ("data", "detected"),
    [
        pytest.param(b"%PDF-1.7", "other", id="pdf"),
        pytest.param(package({"a.txt": "x"}), "zip", id="zip"),
        pytest.param(
            package({"[Content_Types].xml": MACRO_TYPES}),
            "docm",
            id="macros",
        ),
    ],
)
def test_other_files_are_refused(data: bytes, detected: str) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        check(data)
    assert caught.value.detected == detected


def test_parts_without_tags_keep_their_bytes() -> None:
    template = docx(w_p("{{ 값 }}"), header1=("hdr", w_p("그대로")))
    before, after = members(template), members(fill(template, {"값": 1}))
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["word/document.xml"]
