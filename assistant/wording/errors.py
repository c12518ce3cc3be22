"""The wording of every error code, Korean and English; `{name}` stands for a fact of the error."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.wording.case_errors import CASE_ERRORS, Pair
from assistant.wording.complaint_errors import COMPLAINT_ERRORS

# A key is `code` or `code:reason`; the more exact one wins.
ERRORS: Mapping[str, Pair] = {
    **CASE_ERRORS,
    "internal": (
        "처리 도중 문제가 생겨 요청을 마치지 못했습니다. 잠시 뒤 다시 시도하고, 되풀이되면 "
        "요청 번호를 전산 담당자에게 알려 주십시오.",
        "The request could not be completed. Try again shortly; if it happens again, give the "
        "request number to your IT desk.",
    ),
    "configuration": (
        "설정이 올바르지 않아 시작하지 못했습니다. 설정을 고친 뒤 다시 시작하십시오.",
        "A setting is wrong. Correct it and start again.",
    ),
    "input": (
        "보낸 내용을 처리할 수 없습니다. 내용을 고쳐 다시 보내 주십시오.",
        "The request cannot be handled as sent. Correct it and send it again.",
    ),
    "invalid_request": (
        "보낸 내용의 형식이 맞지 않습니다. 표시된 항목을 고쳐 다시 보내 주십시오.",
        "The request does not have the expected form. Correct the fields named and send it again.",
    ),
    "question_empty": (
        "질문이 비어 있습니다. 알고 싶은 것을 적어 보내 주십시오.",
        "The question is empty. Write what you want to know.",
    ),
    "question_too_long": (
        "질문이 {length}자로 한도 {limit}자를 넘었습니다. 줄이거나 파일로 올린 뒤 물어 주십시오.",
        "The question has {length} characters, over the limit of {limit}. Shorten it, or upload "
        "the text as a file and ask about it.",
    ),
    "unknown_filter:collection_ids": (
        "고른 모음이 없습니다. 찾을 모음을 다시 골라 주십시오.",
        "A collection in the search scope does not exist. Choose the collections again.",
    ),
    "unknown_filter:document_ids": (
        "고른 자료가 없습니다. 찾을 자료를 다시 골라 주십시오.",
        "A document in the search scope does not exist. Choose the documents again.",
    ),
    "unknown_filter:kinds": (
        "고른 자료 종류를 알 수 없습니다. 종류를 다시 골라 주십시오.",
        "A kind of source in the search scope is unknown. Choose the kinds again.",
    ),
    "unknown_filter:grades": (
        "고른 등급으로는 찾을 수 없습니다. O 또는 S 등급을 골라 주십시오.",
        "That grade cannot be searched. Choose grade O or S.",
    ),
    "unknown_filter:reference_date": (
        "기준일이 날짜가 아닙니다. 2026-11-23처럼 적어 주십시오.",
        "The reference date is not a date. Write it like 2026-11-23.",
    ),
    "unknown_filter": (
        "찾는 범위에 알 수 없는 값이 있습니다({name}). 범위를 다시 골라 주십시오.",
        "The search scope holds an unknown value ({name}). Choose the scope again.",
    ),
    "unsupported_format": (
        "읽을 수 없는 형식의 파일입니다. HWP, HWPX, PDF, DOCX, XLSX, PPTX 또는 텍스트 파일로 "
        "바꾸어 올려 주십시오.",
        "Files of this kind cannot be read. Convert it to HWP, HWPX, PDF, DOCX, XLSX, PPTX or "
        "plain text.",
    ),
    "unsupported_format:hwp3": (
        "오래된 한글 3.x 파일이라 읽지 못했습니다. 한글에서 HWPX로 다시 저장해 올려 주십시오.",
        "This is an old Hangul 3.x file. Save it as HWPX in Hangul and upload that.",
    ),
    "unsupported_format:hwpml": (
        "한글 XML(HML) 파일이라 읽지 못했습니다. 한글에서 HWPX로 다시 저장해 올려 주십시오.",
        "This is a Hangul XML (HML) file. Save it as HWPX in Hangul and upload that.",
    ),
    "unsupported_format:office_encrypted": (
        "파일에 암호가 걸려 읽지 못했습니다. 암호를 푼 파일을 올려 주십시오.",
        "The file is protected by a password. Upload it without the password.",
    ),
    "unsupported_format:drm": (
        "문서보안(DRM)이 걸려 읽지 못했습니다. 보안을 해제한 파일을 올려 주십시오.",
        "The file is under rights management (DRM). Upload it with the protection lifted.",
    ),
    "unsupported_format:doc": (
        "오래된 워드(DOC) 파일이라 읽지 못했습니다. DOCX로 다시 저장해 올려 주십시오.",
        "This is an old Word (DOC) file. Save it as DOCX and upload that.",
    ),
    "unsupported_format:ppt": (
        "오래된 파워포인트(PPT) 파일이라 읽지 못했습니다. PPTX로 다시 저장해 올려 주십시오.",
        "This is an old PowerPoint (PPT) file. Save it as PPTX and upload that.",
    ),
    "unsupported_format:xlsb": (
        "이진 엑셀(XLSB) 파일이라 읽지 못했습니다. XLSX로 다시 저장해 올려 주십시오.",
        "This is a binary Excel (XLSB) file. Save it as XLSX and upload that.",
    ),
    "unsupported_format:image": (
        "그림 파일이라 읽지 못했습니다. 글자를 인식한 PDF로 바꾸어 올려 주십시오.",
        "This is a picture. Convert it to a PDF with recognised text and upload that.",
    ),
    "unsupported_format:archive": (
        "ZIP이 아닌 압축 파일이라 읽지 못했습니다. 압축을 풀거나 ZIP으로 묶어 올려 주십시오.",
        "This is an archive other than ZIP. Unpack it, or pack the files as ZIP.",
    ),
    "document_unreadable": (
        "파일을 읽지 못했습니다. 파일이 열리는지 확인한 뒤 다시 올려 주십시오.",
        "The file could not be read. Check that it opens, then upload it again.",
    ),
    "document_unreadable:empty": (
        "빈 파일입니다. 내용이 있는 파일을 올려 주십시오.",
        "The file is empty. Upload a file that has content.",
    ),
    "document_unreadable:encrypted": (
        "파일에 암호가 걸려 읽지 못했습니다. 암호를 푼 파일을 올려 주십시오.",
        "The file is protected by a password. Upload it without the password.",
    ),
    "document_unreadable:damaged": (
        "파일이 손상되어 읽지 못했습니다. 원본에서 다시 저장한 파일을 올려 주십시오.",
        "The file is damaged. Save it again from the original and upload that.",
    ),
    "document_unreadable:no_text": (
        "파일에 글자가 없습니다(그림으로만 된 문서). 글자를 인식한 파일을 올려 주십시오.",
        "The file holds pictures of text only. Upload a file with recognised text.",
    ),
    "document_unreadable:timeout": (
        "파일을 읽는 데 시간이 너무 오래 걸려 멈추었습니다. 파일을 나누어 올려 주십시오.",
        "Reading the file took too long and was stopped. Split the file and upload the parts.",
    ),
    "document_unreadable:memory": (
        "파일을 읽는 데 메모리가 모자라 멈추었습니다. 파일을 나누어 올려 주십시오.",
        "Reading the file needed too much memory. Split the file and upload the parts.",
    ),
    "document_unreadable:crashed": (
        "파일을 읽는 도중 오류가 났습니다. 원본에서 다시 저장한 파일을 올려 주십시오.",
        "The reader failed on this file. Save it again from the original and upload that.",
    ),
    "document_unreadable:hostile": (
        "안전하지 않은 구조가 있어 파일을 읽지 않았습니다. 원본에서 다시 저장한 파일을 올려 "
        "주십시오.",
        "The file has an unsafe structure and was not read. Save it again from the original.",
    ),
    "cancelled": (
        "읽는 중에 지운 자료라 다 읽지 못했습니다. 다시 시도를 눌러 주십시오.",
        "The file was deleted while it was being read. Press retry.",
    ),
    "document_too_large": (
        "파일이 한도 {limit_bytes}바이트를 넘었습니다. 나누어 올려 주십시오.",
        "The file is over the limit of {limit_bytes} bytes. Split it and upload the parts.",
    ),
    "template_input": (
        "서식에 넣을 값이 없거나 맞지 않습니다: {names}. 값을 채워 다시 시도하십시오.",
        "Values for the template are missing or do not fit: {names}. Supply them and try again.",
    ),
    "column_set_fault": (
        "{first} 모두 {count}군데입니다. 열을 고친 뒤 다시 저장해 주십시오.",
        "{first} {count} places in all. Correct the columns and save again.",
    ),
    "template_fault": (
        "{first} 모두 {count}군데입니다. 서식을 고친 뒤 다시 올려 주십시오.",
        "{first} {count} places in all. Correct the template and upload it again.",
    ),
    "deadline_input": (
        "기한을 셀 수 없습니다. 종류, 접수 일시, 처리기간을 확인해 다시 입력해 주십시오.",
        "The deadline cannot be computed. Check the kind, the time of receipt and the period.",
    ),
    "deadline_input:kind": (
        "모르는 종류라 기한을 셀 수 없습니다. 종류를 다시 골라 주십시오.",
        "The deadline of this kind is unknown. Choose the kind again.",
    ),
    "deadline_input:period": (
        "이 종류는 처리기간이 정해져 있지 않습니다. 공표된 처리기간을 적어 주십시오.",
        "This kind has no period of its own. Enter the period that was published for it.",
    ),
    "deadline_input:period_unit": (
        "이 종류는 근무일로 세므로 주, 개월, 년으로 적을 수 없습니다. 처리기간을 날수로 적어 "
        "주십시오.",
        "This kind is counted in working days. Enter the period as a number of days.",
    ),
    "deadline_input:time_zone": (
        "시각이 어느 시간대인지 알 수 없습니다. 2026-05-04T10:00:00+09:00처럼 적어 주십시오.",
        "The time has no time zone. Write it like 2026-05-04T10:00:00+09:00.",
    ),
    "deadline_input:year": (
        "기한을 셀 수 없는 해입니다. 1970년부터 2100년까지의 날짜를 적어 주십시오.",
        "Dates of that year cannot be counted. Enter one from 1970 to 2100.",
    ),
    "deadline_input:hours": (
        "근무시간의 차례가 맞지 않아 기한을 셀 수 없습니다. 근무시간을 다시 적어 주십시오.",
        "The working hours are not in order. Enter them again.",
    ),
    "deadline_input:too_long": (
        "기간이 너무 길어 기한을 셀 수 없습니다. 처리기간과 쉬는 날을 확인해 다시 적어 주십시오.",
        "The period is too long to be counted. Check the period and the days off.",
    ),
    "deadline_input:settled": (
        "달력에 넣을 기한이 남아 있지 않습니다. 끝난 일이면 달력 없이 결과만 확인해 주십시오.",
        "No date is left for a calendar. If the case is over, look at the result alone.",
    ),
    "draft_unwritable": (
        "문서를 파일로 만들지 못했습니다. 표나 본문을 나누어 다시 내보내 주십시오.",
        "The document could not be written as a file. Split its tables or text and export again.",
    ),
    "grade_not_allowed": (
        "{grade} 등급은 여기에 넣을 수 없습니다. 등급을 확인하고 C 등급 자료는 올리지 마십시오.",
        "Grade {grade} may not be used here. Check the grade; do not upload grade C material.",
    ),
    "not_found": (
        "찾는 것이 없거나 볼 권한이 없습니다. 목록에서 다시 골라 주십시오.",
        "It does not exist, or you may not see it. Choose it again from the list.",
    ),
    "not_found:document": (
        "자료를 찾을 수 없습니다. 지워졌을 수 있으니 자료 목록에서 다시 골라 주십시오.",
        "The document was not found. It may have been deleted; choose it again from the list.",
    ),
    "not_found:conversation": (
        "대화를 찾을 수 없습니다. 지워졌을 수 있으니 대화 목록에서 다시 골라 주십시오.",
        "The conversation was not found. It may have been deleted; choose it from the list.",
    ),
    "not_found:section": (
        "근거의 원문을 찾을 수 없습니다. 자료가 완전히 지워졌을 수 있으니 다시 물어 주십시오.",
        "The source text was not found. The document may have been removed; ask again.",
    ),
    "not_found:value_source": (
        "값을 읽은 곳을 찾을 수 없습니다. 사람이 적은 값이거나 자료가 지워졌을 수 있으니 기록에서 "
        "확인해 주십시오.",
        "Where the value was read was not found. A person may have written it, or the document may "
        "have been deleted; look at the record.",
    ),
    "service": (
        "연결된 시스템이 응답하지 않았습니다. 잠시 뒤 다시 시도해 주십시오.",
        "A connected system did not answer. Try again shortly.",
    ),
    "model_unavailable": (
        "언어 모델이 응답하지 않았습니다. 찾은 근거를 먼저 보여 드립니다. 잠시 뒤 다시 보내 "
        "주십시오.",
        "The language model did not answer. The sources found are shown first. Send the question "
        "again shortly.",
    ),
    "model_unavailable:rate_limited": (
        "언어 모델을 쓰는 요청이 몰려 있습니다. 찾은 근거를 먼저 보여 드립니다. 잠시 뒤 다시 "
        "보내 주십시오.",
        "The language model is busy. The sources found are shown first. Send the question again "
        "shortly.",
    ),
    "model_output": (
        "언어 모델의 답이 약속한 형식이 아니어서 쓰지 않았습니다. 다시 보내 주십시오.",
        "The language model's reply had the wrong form and was not used. Send it again.",
    ),
    "index_unavailable": (
        "찾기 색인을 다시 만드는 중입니다. 잠시 뒤 다시 물어 주십시오.",
        "The search index is being rebuilt. Ask again shortly.",
    ),
    "storage_full": (
        "저장 공간이 모자라 파일을 받지 못했습니다. 전산 담당자에게 공간을 늘려 달라고 알려 "
        "주십시오.",
        "There is not enough disk space for the file. Ask your IT desk to free some.",
    ),
    "cross_site": (
        "다른 사이트에서 보낸 요청이라 막았습니다. 이 페이지를 새로 열어 다시 시도하십시오.",
        "The request came from another site and was refused. Open this page anew and try again.",
    ),
    "host_not_allowed": (
        "허용되지 않은 주소로 접속했습니다. 안내받은 주소(127.0.0.1)로 다시 여십시오.",
        "This address is not allowed. Open the page at 127.0.0.1.",
    ),
    "too_many_chats": (
        "답변 요청이 한꺼번에 몰려 지금은 받을 수 없습니다. {retry_after_s}초 뒤 다시 보내 "
        "주십시오.",
        "Too many answers are being written. Send the question again in {retry_after_s} seconds.",
    ),
    "body_too_large": (
        "보낸 내용이 한도를 넘었습니다. 줄여서 다시 보내 주십시오.",
        "The request is over the size limit. Shorten it and send it again.",
    ),
    "method_not_allowed": (
        "이 주소에서는 할 수 없는 일입니다. 화면을 새로 열어 다시 시도하십시오.",
        "This address does not do that. Open the page anew and try again.",
    ),
    "conflict": (
        "그사이 상태가 바뀌어 요청대로 하지 못했습니다. 화면을 새로 열어 확인하십시오.",
        "The state has changed meanwhile. Reload the page and look again.",
    ),
    "conflict:identity_taken": (
        "같은 자료를 다시 올려 두어 되돌리지 않았습니다. 올린 자료를 먼저 지워 주십시오.",
        "The same document has been uploaded again. Delete that one first.",
    ),
    "conflict:default_collection": (
        "기본 모음은 지울 수 없습니다. 다른 모음을 고르십시오.",
        "A built-in collection cannot be deleted. Choose another one.",
    ),
    "conflict:collection_not_empty": (
        "모음에 자료가 남아 있어 지우지 않았습니다. 자료를 먼저 지우고, 방금 지웠으면 "
        "10분 뒤에 다시 하십시오.",
        "The collection still holds documents. Delete those first; after that, wait ten minutes, "
        "in which a deletion can be undone.",
    ),
    "conflict:name_taken": (
        "같은 이름의 모음이 이미 있습니다. 다른 이름을 적어 주십시오.",
        "A collection of that name exists already. Choose another name.",
    ),
    "conflict:shared_read_only": (
        "함께 쓰는 자료라 여기에서 바꿀 수 없습니다. 기관 모음에 올린 자료만 바꿀 수 있습니다.",
        "Shared documents cannot be changed here. Only documents of your own can.",
    ),
    "conflict:undo_expired": (
        "되돌릴 수 있는 시간이 지났습니다. 원본 파일을 다시 올려 주십시오.",
        "The time for undoing has passed. Upload the original file again.",
    ),
    "conflict:not_failed": (
        "읽지 못한 자료가 아니어서 다시 읽지 않았습니다. 목록을 새로 열어 상태를 확인하십시오.",
        "The document has not failed, so it was not read again. Reload the list.",
    ),
    "store_unavailable": (
        "자료 저장소에 접근하지 못했습니다. 잠시 뒤 다시 시도하고, 되풀이되면 전산 담당자에게 알려 "
        "주십시오.",
        "The database cannot be reached. Try again shortly; if it goes on, tell your IT desk.",
    ),
    "already_running": (
        "같은 자료 폴더를 쓰는 서버가 이미 실행 중입니다. 그 서버를 쓰거나 멈춘 뒤 다시 "
        "실행하십시오.",
        "A server is already using this data folder. Use it, or stop it and run this again.",
    ),
    "unreadable_path": (
        "파일을 열 수 없습니다. 파일이 있는지, 읽을 권한이 있는지 확인하십시오.",
        "The file cannot be opened. Check that it exists and may be read.",
    ),
    "stopped": (
        "멈추라는 지시를 받아 넣지 않았습니다. 같은 명령을 다시 실행하십시오.",
        "It was not put in, because the work was stopped. Run the same command again.",
    ),
    "stopping": (
        "서비스를 다시 시작하는 중입니다. 잠시 뒤 다시 시도해 주십시오.",
        "The service is restarting. Try again shortly.",
    ),
    **COMPLAINT_ERRORS,
}
