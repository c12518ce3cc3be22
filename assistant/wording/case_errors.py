"""The wording of errors on complaints, pilots, papers and jobs; `{name}` stands for a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Pair: TypeAlias = tuple[str, str]

CASE_ERRORS: Mapping[str, Pair] = {
    "not_found:pilot": (
        "시범사용을 찾을 수 없습니다. 지워졌을 수 있으니 목록에서 다시 골라 주십시오.",
        "The pilot was not found. It may have been deleted; choose it again from the list.",
    ),
    "conflict:pilot_changed": (
        "그사이 다른 사람이 같은 항목을 고쳤습니다. 지금 값을 확인하고 다시 저장해 주십시오.",
        "Someone else changed the same fields meanwhile. Check them and save again.",
    ),
    "pilot_place:unknown": (
        "시범사용 기록에 그런 항목이 없습니다({place}). 화면을 새로 고친 뒤 다시 적어 주십시오.",
        "The record of a pilot has no such field ({place}). Reload the page and enter it again.",
    ),
    "pilot_place:required": (
        "비워 둘 수 없는 항목입니다({place}). 값을 적어 주십시오.",
        "This field cannot be empty ({place}). Enter a value.",
    ),
    "pilot_place:incomplete": (
        "날짜가 없는 줄은 만들 수 없습니다({place}). 날짜를 먼저 적어 주십시오.",
        "A row without its date cannot be made ({place}). Enter the date first.",
    ),
    "pilot_place:gap": (
        "앞줄이 비어 있습니다({place}). 앞줄부터 차례로 적어 주십시오.",
        "The row before it is missing ({place}). Enter the rows in order.",
    ),
    "pilot_place": (
        "그 항목에 넣을 수 없는 값입니다({place}). 날짜는 2026-08-28, 수는 24.6처럼 적어 주십시오.",
        "The field does not take this value ({place}). Write dates like 2026-08-28 and numbers "
        "like 24.6.",
    ),
}
