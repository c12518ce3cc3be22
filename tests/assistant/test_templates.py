"""Templates of documents: what is wrong is named for its author, what comes out is as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import TemplateFaultError, TemplateInputError
from assistant.prompts import load_all as load_prompts
from assistant.sandbox import WordingError, names_in, render
from assistant.templates import (
    TEMPLATES_DIR,
    DocumentTemplate,
    TemplateLine,
    check,
    lines,
    load,
    load_all,
    one_line,
)

HEAD = "name: reply\nversion: 2\ntitle: '{{ subject }}에 대한 답변'\nstyle: official\n"
INPUTS = (
    "inputs:\n"
    "  subject: {label: 제목}\n"
    "  officer: {label: 담당자, required: false}\n"
    "  points: {label: 쟁점, required: false}\n"
)
SECTIONS = (
    "sections:\n"
    "  - {id: greeting, kind: given, text: '안녕하십니까? {{ subject }} 건입니다.'}\n"
    "  - id: answer\n"
    "    kind: drafted\n"
    "    heading: '{{ item.title }}'\n"
    "    question: '{{ item.text }}'\n"
    "    prompt: answer_question\n"
    "    for_each: points\n"
    "  - {id: contact, kind: reserved, text: '【확인 필요】 담당자', when: officer}\n"
)


def written(folder: Path, text: str, name: str = "reply") -> Path:
    home = folder / name
    home.mkdir(parents=True, exist_ok=True)
    (home / "template.yaml").write_text(text, encoding="utf-8")
    return folder


def made(folder: Path) -> DocumentTemplate:
    return load("reply", folder=written(folder, HEAD + INPUTS + SECTIONS))


def test_a_template_is_loaded_with_its_sections_in_order(tmp_path: Path) -> None:
    template = made(tmp_path)
    assert template.reference == "reply@2"
    assert [section.section_id for section in template.sections] == [
        "greeting",
        "answer",
        "contact",
    ]
    assert load_all(tmp_path) == {"reply": template}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("name: [", "읽을 수 없습니다", id="no yaml"),
        pytest.param(HEAD + INPUTS, "sections — 값이 없습니다", id="no sections"),
        pytest.param(HEAD + "colour: 1\n" + INPUTS + SECTIONS, "모르는 항목", id="unknown key"),
        pytest.param(
            HEAD.replace("reply", "letter") + INPUTS + SECTIONS, "폴더와 다릅니다", id="name"
        ),
        pytest.param(
            HEAD + INPUTS + SECTIONS.replace("id: contact", "id: greeting"), "두 번", id="twice"
        ),
        pytest.param(HEAD + SECTIONS, "입력에 없는 subject", id="unknown input"),
        pytest.param(
            HEAD + INPUTS + SECTIONS.replace("{{ item.text }}", "{{ item.text"),
            "문구가 잘못",
            id="syntax",
        ),
        pytest.param(
            HEAD + INPUTS + SECTIONS.replace("{{ item.text }}", "{{ item.text | upper }}"),
            "Filter is not allowed",
            id="logic",
        ),
        pytest.param(
            HEAD + INPUTS + SECTIONS.replace("    for_each: points\n", ""),
            "입력에 없는 item",
            id="item outside a list",
        ),
        pytest.param(
            HEAD + INPUTS + "sections:\n  - {id: a, kind: computed}\n",
            "계산할 것",
            id="nothing to compute",
        ),
        pytest.param(
            HEAD + INPUTS + "sections:\n  - {id: a, kind: drafted}\n", "질문", id="no question"
        ),
        pytest.param(
            HEAD + INPUTS + "sections:\n  - {id: a, kind: given, text: 글, prompt: p}\n",
            "초안 부분에만",
            id="prompt outside a draft",
        ),
        pytest.param(
            HEAD + INPUTS + "sections:\n  - {id: a, kind: reserved, function: f}\n",
            "계산 부분이나",
            id="function elsewhere",
        ),
    ],
)
def test_what_is_wrong_is_named_for_its_author(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(TemplateFaultError) as raised:
        load("reply", folder=written(tmp_path, text))
    assert any(fault in found for found in raised.value.faults)


def test_a_template_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateFaultError, match="1 faults"):
        load("none", folder=tmp_path)


def test_missing_and_unknown_values_are_named_by_label(tmp_path: Path) -> None:
    template = made(tmp_path)
    with pytest.raises(TemplateInputError) as raised:
        template.values({"subject": " ", "colour": "빨강"})
    assert (raised.value.missing, raised.value.unfit) == (("제목",), ("colour",))


def test_an_optional_value_that_is_not_given_is_empty(tmp_path: Path) -> None:
    values = made(tmp_path).values({"subject": "보고\u200b 기한"})
    assert values == {"subject": "보고 기한", "officer": "", "points": ""}


def test_wording_becomes_paragraphs_with_their_depth() -> None:
    text = "귀하의 {{ subject }} 건입니다.\n\n- 첫째\n  - 둘째\n"
    text += "{% for p in points %}- {{ p.text }}\n{% endfor %}"
    values = {"subject": "보고", "points": [{"text": "{{ subject }}"}]}
    assert lines(text, values, depth=1) == (
        TemplateLine(text="귀하의 보고 건입니다.", depth=1),
        TemplateLine(text="첫째", depth=2),
        TemplateLine(text="둘째", depth=3),
        TemplateLine(text="{{ subject }}", depth=2),
    )


def test_a_heading_stands_on_one_line() -> None:
    assert one_line("{{ item.title }}", {}, item={"title": "가\n나"}) == "가 나"


def test_a_value_that_nobody_gave_is_no_blank() -> None:
    with pytest.raises(TemplateFaultError):
        one_line("{{ subject }}", {})


def test_references_that_lead_nowhere_are_named(tmp_path: Path) -> None:
    template = made(tmp_path)
    assert check(template, prompts=("answer_question",), functions=()) == ()
    assert "answer_question" in check(template, prompts=(), functions=())[0]


def test_a_template_without_a_sample_says_so(tmp_path: Path) -> None:
    template = made(tmp_path)
    with pytest.raises(TemplateFaultError):
        template.sample()


@pytest.mark.parametrize("attack", ["{{ ''.__class__ }}", "{{ x.__init__.__globals__ }}"])
def test_nothing_reaches_out_of_the_sandbox(attack: str) -> None:
    with pytest.raises(WordingError):
        render(attack, {"x": "가"})


def test_only_names_for_and_if_stand_in_wording() -> None:
    with pytest.raises(WordingError, match="Call"):
        names_in("{{ x() }}")


# -- the templates that come along ------------------------------------------------------------

NAMES = sorted(path.parent.name for path in TEMPLATES_DIR.glob("*/template.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_each_template_takes_its_sample(name: str) -> None:
    template = load(name)
    values = template.values(template.sample())
    assert one_line(template.title, values)
    for section in template.sections:
        if section.kind in ("given", "reserved") and not section.for_each:
            lines(section.text, values)
    assert check(template, prompts=load_prompts(), functions=_functions(template)) == ()


def _functions(template: DocumentTemplate) -> set[str]:
    """Functions belong to the flow of a document, whose tests look at them."""
    return {section.function for section in template.sections}
