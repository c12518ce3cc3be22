"""Templates that officials write in Hangul or Word: checked, and filled with values.

One syntax for HWPX and DOCX:

- `{{ 이름 }}`, `{{ 이름 | default('미정') }}`, `{{ 금액 | 쉼표 }}`, `{{ 날짜 | 날짜('요일') }}`
- `{%tr for 줄 in 목록 %}` … `{%tr endfor %}` around table rows, in rows of their own or in the row
- `{%p if 조건 %}` … `{%p endif %}` around paragraphs, in paragraphs of their own
- `{% if 조건 %}` … `{% else %}` … `{% endif %}` and `{% for … %}` inside one paragraph
"""

from assistant.filling.engine import check, fill
from assistant.filling.report import Condition, Fault, FieldUse, Place, RowLoop, TemplateReport

__all__ = [
    "Condition",
    "Fault",
    "FieldUse",
    "Place",
    "RowLoop",
    "TemplateReport",
    "check",
    "fill",
]
