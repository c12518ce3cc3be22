"""What a file says beside an answer: one fixed sentence for every notice that an answer carries."""

from __future__ import annotations

from collections.abc import Mapping

# Keys are codes of `Answer.notices`, without the reason after the colon.
NOTICES: Mapping[str, str] = {
    "corpus_loading": (
        "기본 자료를 다 읽기 전에 찾은 답변입니다. 빠진 규정이 있을 수 있으니 다 읽은 뒤 다시 "
        "물으십시오."
    ),
    "no_model": "언어 모델 없이 근거의 문장을 원문 그대로 옮겼습니다.",
    "words_only": "뜻으로 찾는 검색 없이 낱말로만 찾은 자료에 근거합니다.",
    "model_failed": "언어 모델이 응답하지 않아 근거의 문장을 원문 그대로 옮겼습니다.",
    "model_withheld": (
        "등급이나 개인정보 때문에 언어 모델에 보내지 않고 근거의 문장을 원문 그대로 옮겼습니다."
    ),
    "grade_withheld": "등급 때문에 언어 모델에 보내지 않은 자료가 있습니다.",
    "privacy_withheld": "개인정보가 있어 언어 모델에 보내지 않은 자료가 있습니다.",
    "reply_differs": (
        "언어 모델의 답이 자료와 달라 쓰지 않고 근거의 문장을 원문 그대로 옮겼습니다."
    ),
    "quote_mismatch": "언어 모델이 옮긴 말 가운데 원문과 다른 것이 있어 쓰지 않았습니다.",
    "removed_sentences": "근거가 없는 문장을 뺐습니다.",
    "suspicious_instruction": (
        "찾은 자료에 AI에게 지시하는 듯한 문장이 있어 따르지 않았습니다. 원문을 확인하십시오."
    ),
    "incomplete": "답변이 중간에 끊겼습니다. 이 문서에는 확인한 데까지만 있습니다.",
    "truncated": "답변이 한도보다 길어 뒤가 잘렸습니다.",
    "stopped": "멈춘 답변입니다.",
}


def notice_text(notice: str) -> str:
    """Return what a file says of a notice, nothing when the code is unknown.

    >>> notice_text("model_failed:timeout")
    '언어 모델이 응답하지 않아 근거의 문장을 원문 그대로 옮겼습니다.'
    """
    return NOTICES.get(notice.partition(":")[0], "")
