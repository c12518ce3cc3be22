"""What people read of the rows of a table: how far a cell may be relied on, and why."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.domain import CellStatus, JobItemState, JobState
from assistant.wording import Language, error_text
from assistant.wording.case_errors import Pair

CELL_STATUSES: Mapping[CellStatus, Pair] = {
    CellStatus.FOUND: ("확인", "Found"),
    CellStatus.INFERRED: ("추정", "Inferred"),
    CellStatus.NOT_STATED: ("기재 없음", "Not stated"),
    CellStatus.CONFLICTING: ("상충", "Conflicting"),
}
ITEM_STATES: Mapping[JobItemState, Pair] = {
    JobItemState.WAITING: ("대기", "Waiting"),
    JobItemState.RUNNING: ("진행 중", "Running"),
    JobItemState.DONE: ("완료", "Done"),
    JobItemState.FAILED: ("실패", "Failed"),
    JobItemState.CANCELLED: ("취소", "Cancelled"),
}
JOB_STATES: Mapping[JobState, Pair] = {
    JobState.RUNNING: ("진행 중", "Running"),
    JobState.PAUSED: ("멈춤", "Paused"),
    JobState.DONE: ("끝남", "Done"),
    JobState.CANCELLED: ("취소", "Cancelled"),
}
CELL_REASONS: Mapping[str, Pair] = {
    "label": ("서식의 항목 이름 옆에 적혀 있습니다.", "It stands beside its label in the form."),
    "pattern": ("그것을 말하는 문장에 적혀 있습니다.", "It stands in a sentence that names it."),
    "model": (
        "언어 모델이 짚은 자리이고, 둘레의 글이 그것을 말합니다.",
        "The model pointed at it, and the words around it name it.",
    ),
    "no_label": (
        "언어 모델이 짚은 자리이지만 둘레에 그것을 말하는 글이 없습니다. 원문을 확인하십시오.",
        "The model pointed at it, but no words around it name it. Check the source.",
    ),
    "only_form": (
        "값의 꼴만 보고 찾았습니다. 원문을 확인하십시오.",
        "It was told by its form alone. Check the source.",
    ),
    "unit_assumed": (
        "단위가 적혀 있지 않아 미루어 넣었습니다. 원문을 확인하십시오.",
        "The unit is not stated and was assumed. Check the source.",
    ),
    "checksum": (
        "번호의 검사 숫자가 맞지 않습니다. 원문을 확인하십시오.",
        "The check digit of the number is wrong. Check the source.",
    ),
    "range": (
        "열에 정한 범위를 벗어난 값입니다. 원문을 확인하십시오.",
        "The value is outside the bounds of the column. Check the source.",
    ),
    "read_off_picture": (
        "그림에서 읽은 글자입니다. 원본과 대조하십시오.",
        "It was read off a picture. Compare it with the original.",
    ),
    "near_orders": (
        "AI에게 지시하는 듯한 문장 곁에 있는 값입니다. 원문을 확인하십시오.",
        "It stands near a sentence that orders an AI about. Check the source.",
    ),
    "two_values": (
        "파일 안에 서로 다른 값이 있습니다. 맞는 값을 고르십시오.",
        "The file states two different values. Choose the right one.",
    ),
    "model_differs": (
        "규칙이 찾은 값과 언어 모델이 짚은 값이 다릅니다. 맞는 값을 고르십시오.",
        "Rules and model point at different values. Choose the right one.",
    ),
    "blank": (
        "항목은 있으나 비어 있습니다.",
        "The label is there and nothing stands beside it.",
    ),
    "absent": ("파일에 그 항목이 없습니다.", "The file has no such label."),
    "unreadable_value": (
        "항목 옆의 글이 이 열의 값이 아닙니다. 원문을 확인하십시오.",
        "What stands beside the label is no value of this column. Check the source.",
    ),
}
ROW_NOTICES: Mapping[str, Pair] = {
    "no_model": (
        "언어 모델 없이 규칙으로만 찾았습니다.",
        "Found by rules alone, without a language model.",
    ),
    "grade_withheld": (
        "등급 때문에 언어 모델에 보내지 않고 규칙으로만 찾았습니다.",
        "Not sent to the language model because of its grade; found by rules alone.",
    ),
    "model_failed": (
        "언어 모델이 응답하지 않아 규칙으로만 찾았습니다. 실패한 것만 다시 하십시오.",
        "The language model did not answer; found by rules alone. Run the failed files again.",
    ),
    "model_dropped": (
        "원문에 없는 값을 언어 모델이 내어 {count}건을 뺐습니다.",
        "{count} values of the model were left out: they are not in the file.",
    ),
    "suspicious_instruction": (
        "AI에게 지시하는 듯한 문장이 있습니다. 따르지 않았으니 내용을 확인하십시오.",
        "Some sentences look like instructions to an AI. They were not followed; check the file.",
    ),
    "truncated": (
        "파일이 길어 언어 모델은 앞부분만 보았습니다.",
        "The file is long; the model saw its beginning only.",
    ),
    "ocr": (
        "그림에서 글자를 인식해 읽었습니다. 수치는 원본과 대조하십시오.",
        "Read off pictures. Check the figures against the original.",
    ),
}

_COLUMN: Mapping[Language, int] = {"ko": 0, "en": 1}


def notice_text(code: str, language: Language = "ko") -> str:
    """Return the wording of a notice of a row, empty when it is unknown.

    >>> notice_text("model_dropped:2")
    '원문에 없는 값을 언어 모델이 내어 2건을 뺐습니다.'
    """
    name, _, fact = code.partition(":")
    return ROW_NOTICES.get(name, ("", ""))[_COLUMN[language]].format(count=fact)


def reason_text(code: str, language: Language = "ko") -> str:
    """Return why a cell stands as it does, empty when the code is unknown.

    >>> reason_text("absent")
    '파일에 그 항목이 없습니다.'
    """
    return CELL_REASONS.get(code, ("", ""))[_COLUMN[language]]


def item_error_text(code: str, reason: str, language: Language = "ko") -> str:
    """Return why a file of a job failed and what to do.

    >>> item_error_text("document_unreadable", "empty")
    '빈 파일입니다. 내용이 있는 파일을 올려 주십시오.'
    """
    return error_text(code, {"reason": reason, "grade": reason}, language)
