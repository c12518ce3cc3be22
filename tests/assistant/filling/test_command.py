from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.commands.templating import template
from tests.assistant.filling.forms import h_p, h_table, hwpx, paragraphs


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "서식.hwpx"
    path.write_bytes(
        hwpx(h_p("{{ 제목 }}") + h_table(("{%tr for x in 줄 %}{{ x }}{%tr endfor %}",)))
    )
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(template, [str(argument) for argument in arguments])


def test_check_lists_fields_and_loops(form: Path) -> None:
    result = run("check", form)
    assert result.exit_code == 0
    assert all(words in result.stdout for words in ("제목", "되풀이: 줄", "고칠 곳이 없습니다"))


def test_check_says_what_is_wrong(form: Path) -> None:
    form.write_bytes(hwpx(h_p("{{ 제목")))
    result = run("check", form)
    assert result.exit_code == 1
    assert "고칠 곳: 본문 ‘{{ 제목’" in result.stdout


def test_check_gives_json(form: Path) -> None:
    found = json.loads(run("check", form, "--json").stdout)
    assert (found["kind"], found["usable"]) == ("hwpx", True)
    assert [field["name"] for field in found["fields"]] == ["제목", "줄", "줄[]"]


@pytest.mark.parametrize(
    ("name", "text"),
    [("v.json", '{"제목": "가", "줄": [1, 2]}'), ("v.yaml", "제목: 가\n줄: [1, 2]\n")],
)
def test_fill_writes_the_document(form: Path, name: str, text: str) -> None:
    values, made = form.with_name(name), form.with_name("문서.hwpx")
    values.write_text(text, encoding="utf-8")
    assert run("fill", form, values, "-o", made).exit_code == 0
    assert paragraphs(made.read_bytes()) == ["가", "1", "2"]


@pytest.mark.parametrize(
    ("body", "values", "words"),
    [
        pytest.param("{{ 제목 }}", "{}", "제목", id="missing"),
        pytest.param("{{ 제목 }}", "- 가", "이름: 값", id="no names"),
        pytest.param("{{ 제목 }}", "{가: [", "YAML", id="damaged"),
        pytest.param("{{ ''.__class__ }}", "{}", "고칠 곳", id="hostile"),
    ],
)
def test_fill_writes_nothing_when_it_fails(form: Path, body: str, values: str, words: str) -> None:
    form.write_bytes(hwpx(h_p(body)))
    given = form.with_name("v.yaml")
    given.write_text(values, encoding="utf-8")
    result = run("fill", form, given, "-o", form.with_name("문서.hwpx"))
    assert result.exit_code != 0
    assert words in result.stderr
    assert sorted(path.name for path in form.parent.iterdir()) == ["v.yaml", "서식.hwpx"]
