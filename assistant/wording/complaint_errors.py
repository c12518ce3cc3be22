"""The wording of what goes wrong with complaints, Korean and English."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.wording.case_errors import Pair

COMPLAINT_ERRORS: Mapping[str, Pair] = {
    "complaint_input": (
        "민원을 적은 대로 처리할 수 없습니다. 내용을 고쳐 다시 보내 주십시오.",
        "The complaint cannot be taken like this. Correct it and send it again.",
    ),
    "complaint_input:empty": (
        "민원 내용이 비어 있습니다. 민원인이 쓴 글을 붙여 넣어 주십시오.",
        "The complaint is empty. Paste what the complainant wrote.",
    ),
    "complaint_input:too_long": (
        "민원 내용이 한도 {limit}자를 넘었습니다. 나누어 올려 주십시오.",
        "The complaint is longer than {limit} characters. Split it.",
    ),
    "complaint_input:too_many_rows": (
        "표에 민원이 {limit}건보다 많습니다. 나누어 올려 주십시오.",
        "The table holds more than {limit} complaints. Split it.",
    ),
    "complaint_input:table_columns": (
        "표에서 민원 내용이 든 열을 찾지 못했습니다. 첫 줄에 ‘내용’ 또는 ‘민원내용’이라는 제목을 "
        "적어 주십시오.",
        "No column holds the complaints. Give one a heading that says ‘content’ in Korean.",
    ),
    "complaint_input:mask_place": (
        "가릴 곳을 찾지 못했습니다. 글에서 가릴 말을 다시 골라 주십시오.",
        "There is nothing to mask at that place. Select the words again.",
    ),
    "complaint_input:event": (
        "모르는 진행 기록입니다. 기록의 종류를 다시 골라 주십시오.",
        "This kind of event is unknown. Choose another one.",
    ),
    "complaint_input:period": (
        "공표된 처리기간을 알아야 합니다. 민원처리기준표의 처리기간을 적어 주십시오.",
        "The published period is needed. Enter the one of the table of complaints.",
    ),
    "complaint_input:points": (
        "쟁점 목록이 맞지 않습니다. 목록을 새로 연 뒤 다시 고쳐 주십시오.",
        "The list of points does not fit. Reload it and change it again.",
    ),
    "complaint_input:person": (
        "누가 결정했는지 알아야 합니다. 직위와 성명을 적어 주십시오.",
        "It has to be known who decided. Enter the person's title and name.",
    ),
    "complaint_input:extension": (
        "규정에 맞지 않는 연장이라 알림을 쓰지 않았습니다. 사유와 횟수, 민원인의 동의를 확인해 "
        "주십시오.",
        "The rules do not allow this extension. Check its ground, how often it was extended, and "
        "the complainant's consent.",
    ),
    "complaint_input:no_points": (
        "답할 쟁점이 없습니다. 쟁점을 먼저 적어 주십시오.",
        "There is no point to answer. Add one first.",
    ),
    "complaint_input:master": (
        "이 묶음에 맞지 않는 답변이나 민원입니다. 묶음의 대표 민원에 쓴 답변을 골라 주십시오.",
        "This reply or complaint does not belong to the group. Choose the reply to its lead.",
    ),
    "conflict:master_not_approved": (
        "묶음의 답변을 아직 승인하지 않았습니다. 대표 민원의 답변을 먼저 승인해 주십시오.",
        "The reply of the group is not approved yet. Approve the reply to its lead first.",
    ),
    "conflict:changed_meanwhile": (
        "다른 사람이 먼저 고쳤습니다. 새로 열어 확인한 뒤 다시 고쳐 주십시오.",
        "Somebody else has changed it first. Reload it and change it again.",
    ),
    "conflict:part_missing": (
        "그 쟁점의 답이 이 문서에 없습니다. 초안을 새로 만들어 주십시오.",
        "The paper has no part about that point. Draft it anew.",
    ),
}

# Why a row of a table was not taken.
ROW_ERRORS: Mapping[str, Pair] = {
    "no_body": ("민원 내용이 비어 있습니다.", "The text of the complaint is empty."),
    "too_long": ("민원 내용이 너무 깁니다. 나누어 올려 주십시오.", "The text is too long."),
    "bad_date": (
        "접수일시를 읽을 수 없습니다. 2026-11-23 14:05처럼 적어 주십시오.",
        "The time of receipt cannot be read. Write it like 2026-11-23 14:05.",
    ),
    "bad_count": ("인원수를 숫자로 적어 주십시오.", "The number of people is not a number."),
    "number_twice": (
        "같은 신청번호가 표 안에 또 있습니다.",
        "The same number stands in the table twice.",
    ),
    "number_known": (
        "이미 접수한 신청번호입니다.",
        "A complaint of this number is there already.",
    ),
}
