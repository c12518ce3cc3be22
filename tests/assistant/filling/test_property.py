"""Whatever a value holds comes back as text, and only as text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.filling import check, fill
from tests.assistant.filling.forms import docx, h_p, h_table, hwpx, paragraphs, part, w_p, w_table

PIECES = [
    "{{ 값 }}", "{{", "}}", "{%", "%}", "{% for x in y %}", "{#", "<", ">", "&", "&amp;", "&#65;",
    "</w:t>", "</hp:t>", "<w:p/>", "]]>", "<!--", '"', "'", "\\", "\n", "\r\n", "\t", "\x00",
    "\x0b", "\ud800", "\ufffe", "\u200b", "\u00a0", "｛｛", "가",
    "\u1100\u1161", "😀", "__class__", " ",
]  # fmt: skip
TEXT = st.one_of(
    st.text(alphabet=st.characters(), max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
FORMS = [
    docx("<w:p><w:r><w:t>[</w:t></w:r></w:p>" + w_p("{{ 값 }}") + w_p("끝")
         + w_table(("{%tr for x in 목록 %}{{ x.값 }}{%tr endfor %}",))),
    hwpx(h_p("[") + h_p("{{ 값 }}") + h_p("끝")
         + h_table(("{%tr for x in 목록 %}{{ x.값 }}{%tr endfor %}",))),
]  # fmt: skip
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_xml_holds_it(text: str) -> str:
    return _NOT_IN_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@pytest.mark.parametrize("template", FORMS, ids=["docx", "hwpx"])
@given(text=TEXT, entries=st.lists(TEXT, min_size=1, max_size=4))
def test_any_value_comes_back_as_text(template: bytes, text: str, entries: list[str]) -> None:
    made = fill(template, {"값": text, "목록": [{"값": entry} for entry in entries]})
    expected = ["[", text, "끝", *entries]
    assert paragraphs(made) == [kept for kept in map(as_xml_holds_it, expected) if kept]


@pytest.mark.parametrize("template", FORMS, ids=["docx", "hwpx"])
@given(text=TEXT)
def test_no_value_adds_an_element_beyond_breaks_and_texts(template: bytes, text: str) -> None:
    plain = fill(template, {"값": "", "목록": [{"값": ""}]})
    made = fill(template, {"값": text, "목록": [{"값": text}]})
    names = {str(element.tag).rpartition("}")[2] for element in part(made).iter()}
    assert names <= {str(e.tag).rpartition("}")[2] for e in part(plain).iter()} | {
        "br", "lineBreak", "tab", "t",
    }  # fmt: skip


@pytest.mark.parametrize("template", FORMS, ids=["docx", "hwpx"])
def test_a_very_long_value_comes_back_whole(template: bytes) -> None:
    text = "긴 글 {{ 값 }} <&> " * 50_000
    assert paragraphs(fill(template, {"값": text, "목록": []}))[1] == text


@given(text=TEXT)
def test_any_text_of_a_template_is_checked_without_a_crash(text: str) -> None:
    kept = as_xml_holds_it(text)
    for form in (docx(w_p(kept, "{{", kept)), hwpx(h_p(kept, "{%", kept, "%}"))):
        for fault in check(form).faults:
            assert fault.words()
