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
    "person_unnamed": (
        "누가 하는 일인지 적혀 있지 않습니다. 직위와 성명을 적은 뒤 다시 시도하십시오.",
        "Nobody is named. Enter your position and name, then try again.",
    ),
    "answer_unwritable": (
        "확인을 마친 답변이 없어 내보낼 수 없습니다. 답변이 끝난 뒤 내보내거나 다시 물어 주십시오.",
        "There is no checked answer to export. Wait until it is finished, or ask again.",
    ),
    "answer_unwritable:unanswered": (
        "근거가 있는 답변이 없어 내보낼 수 없습니다. 다른 말로 묻거나 관련 자료를 넣은 뒤 다시 "
        "물어 주십시오.",
        "There is no answer with a basis to export. Ask in other words, or add material and ask "
        "again.",
    ),
    "open_items": (
        "확인할 곳이 {count}군데 남아 승인하지 않았습니다. 고치거나 사유를 적어 주십시오.",
        "{count} places still need a person. Put them right, or give a reason for each.",
    ),
    "part_locked": (
        "계산한 부분이라 여기에서 고칠 수 없습니다. 기록에서 값을 고쳐 주십시오.",
        "This part is computed and cannot be typed over. Correct the figures in the record.",
    ),
    "conflict:paper_changed": (
        "다른 사람이 먼저 고쳤습니다. 두 글을 모두 남겼습니다. 비교한 뒤 하나를 고르십시오.",
        "Someone else has changed the text. Both are kept. Compare them and choose one.",
    ),
    "conflict:paper_aside": (
        "두 글 가운데 하나를 아직 고르지 않았습니다. 비교해 고른 뒤 승인하십시오.",
        "Two texts are kept side by side. Compare them and choose one, then approve.",
    ),
    "conflict:not_aside": (
        "이미 골라 둔 글입니다. 화면을 새로 열어 지금 글을 확인하십시오.",
        "This text has been settled already. Reload the page and look at the current one.",
    ),
    "not_found:paper": (
        "문서를 찾을 수 없습니다. 목록에서 다시 골라 주십시오.",
        "The document was not found. Choose it again from the list.",
    ),
    "not_found:part": (
        "고치려는 부분이 지금 글에 없습니다. 화면을 새로 열어 확인하십시오.",
        "The part is no longer in the text. Reload the page and look again.",
    ),
    "not_found:paper_version": (
        "그 판을 찾을 수 없습니다. 판 목록을 새로 열어 다시 골라 주십시오.",
        "That version was not found. Reload the list of versions and choose again.",
    ),
    "not_found:comment": (
        "의견을 찾을 수 없습니다. 의견 목록을 새로 열어 주십시오.",
        "The remark was not found. Reload the list of remarks.",
    ),
    "precondition_required": (
        "어느 판을 고쳤는지 알 수 없어 저장하지 않았습니다. 화면을 새로 열어 다시 고쳐 주십시오.",
        "The version that was changed is not named. Reload the page and make the change again.",
    ),
    "stale_version": (
        "다른 사람이 먼저 고쳤습니다. 두 글을 모두 남겼습니다. 비교한 뒤 하나를 고르십시오.",
        "Someone else has changed the text. Both are kept. Compare them and choose one.",
    ),
    "not_found:picture": (
        "그림을 찾을 수 없습니다. 화면을 새로 열어 주십시오.",
        "The picture was not found. Reload the page.",
    ),
    "not_found:job": (
        "작업을 찾을 수 없습니다. 지워졌을 수 있으니 작업 목록에서 다시 골라 주십시오.",
        "The job was not found. It may have been removed; choose it again from the list.",
    ),
    "not_found:job_item": (
        "작업에 그 파일이 없습니다. 표를 새로 열어 다시 골라 주십시오.",
        "The job has no such file. Reload the table and choose again.",
    ),
    "not_found:column_set": (
        "그 이름의 표 서식이 없습니다. 목록에서 다시 골라 주십시오.",
        "There is no table of that name. Choose one from the list.",
    ),
    "not_found:column": (
        "표에 그 열이 없습니다. 표를 새로 열어 다시 골라 주십시오.",
        "The table has no such column. Reload it and choose again.",
    ),
    "conflict:job_not_running": (
        "진행 중인 작업이 아니어서 멈추지 않았습니다. 작업 상태를 확인하십시오.",
        "The job is not running, so it was not paused. Look at its state.",
    ),
    "conflict:job_not_paused": (
        "멈춰 둔 작업이 아니어서 이어서 하지 않았습니다. 작업 상태를 확인하십시오.",
        "The job is not paused, so it was not resumed. Look at its state.",
    ),
    "conflict:job_ended": (
        "이미 끝난 작업이라 취소하지 않았습니다. 결과는 표에서 볼 수 있습니다.",
        "The job has ended, so it was not cancelled. Its table can be opened.",
    ),
    "conflict:job_not_ended": (
        "끝나지 않은 작업이라 지우지 않았습니다. 먼저 취소하거나 끝날 때까지 기다려 주십시오.",
        "The job has not ended, so it was not removed. Cancel it first, or wait until it ends.",
    ),
    "conflict:job_cancelled": (
        "취소한 작업이라 더 하지 않습니다. 같은 파일로 새 작업을 만들어 주십시오.",
        "The job was cancelled. Make a new one with the same files.",
    ),
    "conflict:job_too_large": (
        "한 작업에 넣을 수 있는 파일 수를 넘었습니다. 나누어 작업을 만들어 주십시오.",
        "The job would hold too many files. Divide them among several jobs.",
    ),
    "conflict:item_not_done": (
        "아직 읽지 못한 줄이라 확정하지 않았습니다. 끝난 뒤 확정해 주십시오.",
        "The row is not finished, so it was not confirmed. Confirm it once it is.",
    ),
    "conflict:column_set_taken": (
        "같은 이름의 표 서식이 이미 있습니다. 다른 이름을 적어 주십시오.",
        "A table of that name exists already. Choose another name.",
    ),
    "conflict:column_set_changed": (
        "그사이 다른 사람이 표 서식을 고쳤습니다. 새로 열어 고친 내용을 확인한 뒤 저장하십시오.",
        "Somebody else has changed the table meanwhile. Reload it, look, and save again.",
    ),
    "cell_value": (
        "‘{column}’ 열에 넣을 수 없는 값입니다. 날짜, 금액, 번호의 꼴을 확인해 다시 적어 주십시오.",
        "That is no value for the column {column}. Check how dates, amounts and numbers are "
        "written, and enter it again.",
    ),
    "item_model": (
        "언어 모델이 응답하지 않아 규칙으로 찾은 값만 넣었습니다. 잠시 뒤 실패한 것만 다시 "
        "하십시오.",
        "The language model did not answer, so only what rules find is there. Run the failed "
        "files again shortly.",
    ),
}
