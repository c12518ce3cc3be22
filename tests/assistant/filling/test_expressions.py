from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from assistant.errors import TemplateFaultError, TemplateInputError
from assistant.filling import fill
from assistant.filling.expressions import FaultyExpressionError, expression
from assistant.filling.values import plain
from tests.assistant.filling.forms import docx, h_p, hwpx, w_p

REFUSED = [
    "''.__class__",
    "''.__class__.__mro__[1].__subclasses__()",
    "값.__class__",
    "값['__class__']",
    "값._x",
    "_값",
    "self",
    "self.__init__",
    "cycler.__init__.__globals__.os",
    "lipsum()",
    "namespace(a=1)",
    "range(10**9)",
    "dict(a=1)",
    "joiner()",
    "값()",
    "값.upper()",
    "'{0.__class__}'.format(값)",
    "'%s' | format(값)",
    "값 | attr('__class__')",
    "목록 | map('upper')",
    "목록 | map(attribute='x')",
    "목록 | select('x')",
    "목록 | sort",
    "값 | safe",
    "값 | xmlattr",
    "값 | tojson",
    "값 | urlize",
    "'a' * 10**9",
    "9**9**9**9",
    "값 + 값",
    "값 ~ 값",
    "-수",
    "목록[0:1]",
    "목록[수]",
    "{'a': 1}",
    "값 if 수",
    "값 | default(다른)",
    "값 | default(**목록)",
    "값 is callable",
    "값 is sameas(값)",
    "(" * 200 + "값" + ")" * 200,
    "[" * 200,
    "not " * 70 + "값",
    "-" * 290,
    "값" + " | 쉼표" * 60,
    "값" * 400,
    "super()",
    "caller",
    "none",
    "",
    "값 }} {{ 값",
    "'열린 따옴표",
]


@pytest.mark.parametrize("source", REFUSED, ids=lambda s: s[:40])
def test_an_expression_beyond_the_grammar_is_refused(source: str) -> None:
    with pytest.raises(FaultyExpressionError):
        expression(source)


@pytest.mark.parametrize(
    "form", [lambda s: docx(w_p(s)), lambda s: hwpx(h_p(s))], ids=["docx", "hwpx"]
)
@pytest.mark.parametrize(
    "tag",
    [
        *(f"{{{{ {source} }}}}" for source in REFUSED if "}}" not in source and len(source) < 250),
        "{{ cycler }}",
        "{{ lipsum }}",
        "{{ namespace }}",
        "{{ 값.upper }}",
        "{{ 목록.append }}",
        "{{ 값.__len__ }}",
        "{% for x in range(1000000000) %}{% endfor %}",
        "{% if ''.__class__ %}{% endif %}",
        "{% import 'os' as os %}",
        "{% set x = 값 %}",
        "{% raw %}{{ 값 }}{% endraw %}",
        "{% filter upper %}{% endfilter %}",
        "{% call x() %}{% endcall %}",
        "{% extends 'x' %}",
        "{% print 값 %}",
        "{% do 목록.append(1) %}",
    ],
    ids=lambda s: s[:40],
)  # fmt: skip
def test_a_hostile_template_raises_and_gives_nothing(
    form: Callable[[str], bytes], tag: str
) -> None:
    with pytest.raises((TemplateFaultError, TemplateInputError)):
        fill(form(tag), {"값": "글", "수": 3, "목록": ["가"], "다른": "x"})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("수 | 쉼표", "1,234,567"),
        ("수 | comma", "1,234,567"),
        ("수 | 원", "1,234,567원"),
        ("수 | 금액", "금1,234,567원(금일백이십삼만사천오백육십칠원)"),
        ("'20,000,001' | 한글금액", "이천만일"),
        ("소수 | 쉼표", "1,234.50"),
        ("날", datetime(2026, 5, 19, 14, 5)),  # noqa: DTZ001 - a value as a form gives it
        ("날 | 날짜", "2026. 5. 19."),
        ("날 | 시각", "14:05"),
        ("'2026.05.19.' | 날짜('한글')", "2026년 5월 19일"),
        ("하루 | date('요일')", "2026. 5. 19.(화)"),
        ("없다 is 없음 and 수 is 있음", True),
        ("'찬성' if 수 in [1, 1234567] else '반대'", "찬성"),
        ("명단[0].이름", "갑"),
        ("묶음['두 낱말']", "x"),
        ("없다.아래.더 | default('-')", "-"),
        ("비움 | default('-')", "-"),
    ],
)
def test_an_expression_of_the_grammar_comes_to(source: str, expected: object) -> None:
    values = plain(
        {
            "수": 1_234_567,
            "소수": Decimal("1234.50"),
            "날": datetime(2026, 5, 19, 14, 5),  # noqa: DTZ001 - a value as a form gives it
            "하루": date(2026, 5, 19),
            "명단": [{"이름": "갑"}],
            "묶음": {"두 낱말": "x"},
            "비움": None,
        }
    )
    assert expression(source).value(values) == expected


def test_names_compare_equal_however_their_hangul_is_stored() -> None:
    decomposed = "\u1100\u1161\u11a8"
    assert expression(decomposed).value(plain({"각": 1})) == 1
    assert expression("각").value(plain({decomposed: 2})) == 2


def test_a_dot_never_reaches_a_method_of_a_group() -> None:
    assert expression("묶음.items").value(plain({"묶음": {"items": "안"}})) == "안"
    with pytest.raises(TemplateInputError) as caught:
        fill(docx(w_p("{{ 묶음.items }}")), {"묶음": {"keys": "안"}})
    assert caught.value.missing == ("묶음.items",)


def test_shared_branches_of_values_cannot_multiply() -> None:
    branch: object = "x"
    for _ in range(10):
        branch = [branch] * 10
    with pytest.raises(TemplateInputError):
        plain({"값": branch})
