"""Text made to be costly or to break the check: in a reply, in a source and in a question."""

from __future__ import annotations

import time

import pytest

from assistant.grounding import settle, verify
from tests.make import make_passage

SOURCE = "계약상대자는 시범사용이 끝난 날부터 14일 이내에 완료보고서를 제출하여야 한다."
WITHIN_S = 8.0  # on a busy machine; each of these took up to 52 s or broke the check
COSTLY = [
    "1" * 20_000,
    f"제{'1' * 19_000}조",
    f"{'1' * 5_000}.{'1' * 5_000}원",
    "1억 " * 6_000,
    "천만" * 10_000,
    "2026. 2. " * 2_500,
    "a" * 20_000,
    "A-1" * 6_000,
    "가" * 20_000,
    "**a" * 6_000,
    "`" * 20_000,
    "![[" * 6_000,
    "<a" * 10_000,
    "[S1" * 6_000,
    "[a](" * 5_000,
    "[a]((" * 4_000,
    "![a](" + "(b" * 9_000,
    "「" * 20_000,
    "\n" * 20_000,
    " " * 19_999 + ".",
    "｢（" * 9_000,
]


@pytest.mark.parametrize("text", COSTLY, ids=lambda text: repr(text[:8]))
def test_a_costly_reply_is_checked_in_bounded_time(text: str) -> None:
    began = time.monotonic()
    reply = f"{text} [S1]."
    checked = verify(reply, [make_passage(text=SOURCE)], question="기한은?")
    settle(checked.ledger, confidential=["sk-CANARY-KEY-55d1", "비밀 안내문입니다. " * 200])
    assert time.monotonic() - began < WITHIN_S


@pytest.mark.parametrize("text", COSTLY, ids=lambda text: repr(text[:8]))
def test_a_costly_source_is_checked_in_bounded_time(text: str) -> None:
    began = time.monotonic()
    passage = make_passage(text=f"{SOURCE}\n{text}\n{SOURCE}")
    checked = verify(f"{SOURCE} [S1]", [passage], question=text[:4_000])
    assert time.monotonic() - began < WITHIN_S
    assert checked.ledger[0].citations
