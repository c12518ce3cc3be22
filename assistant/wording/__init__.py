"""What officials and the IT desk read: one fixed sentence pair for every code, in both languages.

Each wording says what happened and what to do. `{name}` stands for a fact of the error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from assistant.domain import Outcome, SourceKind
from assistant.errors import AssistantError
from assistant.wording.case_errors import Pair
from assistant.wording.complaint_errors import ROW_ERRORS
from assistant.wording.errors import ERRORS

Language: TypeAlias = Literal["ko", "en"]

READ_WARNINGS: Mapping[str, Pair] = {
    "little_text": ("글자가 거의 없습니다.", "There is hardly any text."),
    "doubtful_text": ("글자가 깨졌을 수 있습니다.", "Some characters may be wrong."),
    "second_reader": (
        "글자가 깨져 다른 방법으로 다시 읽었습니다.",
        "Characters were garbled; the file was read in another way.",
    ),
    "replaced_characters": (
        "읽을 수 없는 글자를 다른 글자로 바꾸었습니다.",
        "Unreadable characters were replaced.",
    ),
    "pages_without_text": ("글자가 없는 쪽이 있습니다.", "Some pages hold no text."),
    "truncated": ("너무 길어 일부만 읽었습니다.", "It is too long; only a part was read."),
    "hidden_text": (
        "보이지 않는 글자가 있습니다. 원본을 확인하십시오.",
        "There is hidden text. Check the original.",
    ),
    "ocr": (
        "그림에서 글자를 인식해 읽은 쪽이 있습니다. 수치는 원본과 대조하십시오.",
        "Some pages were read off pictures. Check their figures against the original.",
    ),
    "memos": ("메모가 있습니다. 본문과 따로 두었습니다.", "There are comments, kept apart."),
    "parts_unread": (
        "읽지 못한 첨부나 안에 든 파일이 있습니다.",
        "Some attachments or files inside could not be read.",
    ),
    "external_content": (
        "따라가지 않은 연결이나 매크로, 끼워 넣은 개체가 있습니다.",
        "There are links, macros or embedded objects that were not followed.",
    ),
    "suspicious_instruction": (
        "AI에게 지시하는 듯한 문장이 있습니다. 내용을 확인하십시오.",
        "Some sentences look like instructions to an AI. Check the content.",
    ),
}

# What stands in the place of an answer when there is none.
OUTCOMES: Mapping[Outcome, Pair] = {
    Outcome.NO_EVIDENCE: (
        "근거를 찾지 못했습니다. 다른 말로 묻거나 관련 자료를 넣은 뒤 다시 물어 주십시오.",
        "No basis was found. Ask in other words, or add material and ask again.",
    ),
    Outcome.OUT_OF_SCOPE: (
        "이 도구가 답할 수 있는 질문이 아닙니다. 규정이나 자료에 관해 물어 주십시오.",
        "This is not a question that can be answered here. Ask about rules or documents.",
    ),
    Outcome.NEEDS_CLARIFICATION: (
        "질문이 여러 뜻으로 읽힙니다. 아래에서 골라 다시 물어 주십시오.",
        "The question can be read in several ways. Choose one below and ask again.",
    ),
    Outcome.BLOCKED_PRIVACY: (
        "질문에 개인정보가 있어 답하지 않았습니다. 지우고 다시 물어 주십시오.",
        "The question holds personal data and was not answered. Remove them and ask again.",
    ),
}

KIND_LABELS: Mapping[SourceKind, Pair] = {
    SourceKind.LAW: ("법률", "Act"),
    SourceKind.DECREE: ("대통령령", "Decree"),
    SourceKind.RULE: ("부령", "Ministerial rule"),
    SourceKind.NOTICE: ("고시·훈령", "Notice"),
    SourceKind.GUIDE: ("지침·안내", "Guide"),
    SourceKind.PILOT: ("시범사용 자료", "Pilot"),
    SourceKind.DOSSIER: ("제품 자료", "Product dossier"),
    SourceKind.NEWS: ("보도자료", "News release"),
    SourceKind.OTHER: ("기타", "Other"),
}

_COLUMN: Mapping[Language, int] = {"ko": 0, "en": 1}


class _Facts(dict[str, object]):
    """Facts in which a missing name becomes an empty word rather than a failure."""

    def __missing__(self, key: str) -> str:
        return ""


def error_text(
    code: str, facts: Mapping[str, object] | None = None, language: Language = "ko"
) -> str:
    """Return the wording for `code`, the more exact one when `facts` hold a reason or subject.

    >>> error_text("document_unreadable", {"reason": "empty"})
    '빈 파일입니다. 내용이 있는 파일을 올려 주십시오.'
    """
    known = facts or {}
    exact = next((known[n] for n in ("reason", "what", "name", "detected") if known.get(n)), None)
    pair = ERRORS.get(f"{code}:{exact}") or ERRORS.get(code) or ERRORS["internal"]
    return pair[_COLUMN[language]].format_map(_Facts(known))


def describe(error: AssistantError, language: Language = "ko") -> str:
    """Return the wording for `error`.

    >>> describe(AssistantError("x"), "en").split(".")[0]
    'The request could not be completed'
    """
    return error_text(error.code, error.facts(), language)


def warning_text(code: str, language: Language = "ko") -> str:
    """Return the wording of a warning that a reader gave, empty when the code is unknown.

    >>> warning_text("little_text")
    '글자가 거의 없습니다.'
    """
    return READ_WARNINGS.get(code, ("", ""))[_COLUMN[language]]


def outcome_text(outcome: Outcome, language: Language = "ko") -> str:
    """Return what is said in the place of an answer; nothing when there is one.

    >>> outcome_text(Outcome.NO_EVIDENCE).split(".")[0]
    '근거를 찾지 못했습니다'
    """
    return OUTCOMES[outcome][_COLUMN[language]] if outcome in OUTCOMES else ""


def kind_label(kind: SourceKind, language: Language = "ko") -> str:
    """Return the name of a kind of source.

    >>> kind_label(SourceKind.LAW)
    '법률'
    """
    return KIND_LABELS[kind][_COLUMN[language]]


def row_error_text(code: str, column: str, language: Language = "ko") -> str:
    """Return why a row of a table was not taken; `column` is its heading where one is to blame.

    >>> row_error_text("no_body", "민원내용")
    '민원내용: 민원 내용이 비어 있습니다.'
    """
    text = ROW_ERRORS[code][0 if language == "ko" else 1]
    return f"{column}: {text}" if column else text
