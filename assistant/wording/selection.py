"""What people read of the aids to a selection: what is beyond a limit, what looks alike."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.wording import Language
from assistant.wording.case_errors import Pair

LIMITS: Mapping[str, Pair] = {
    "patent_age": (
        "특허를 등록한 날부터 {limit}년이 지났습니다: {value}",
        "More than {limit} years since the patent was registered: {value}",
    ),
    "utility_age": (
        "실용신안을 등록한 날부터 {limit}년이 지났습니다: {value}",
        "More than {limit} years since the utility model was registered: {value}",
    ),
    "trl": (
        "기술성숙도(TRL)가 {limit}단계 밖입니다: {value}",
        "Readiness level outside {limit}: {value}",
    ),
    "foreign_parts": (
        "외국산 부품 비율이 {limit}% 밖입니다: {value}%",
        "Share of foreign parts outside {limit}%: {value}%",
    ),
}
UNKNOWN_LIMITS: Mapping[str, Pair] = {
    "patent_age": (
        "특허 등록일이 적혀 있지 않습니다: {value}",
        "The day of registration is not stated: {value}",
    ),
    "utility_age": (
        "실용신안 등록일이 적혀 있지 않습니다: {value}",
        "The day of registration is not stated: {value}",
    ),
    "trl": ("기술성숙도(TRL)를 확인해야 합니다: {value}", "Check the readiness level: {value}"),
    "foreign_parts": (
        "외국산 부품 비율을 확인해야 합니다: {value}",
        "Check the share of foreign parts: {value}",
    ),
}
LIKENESSES: Mapping[str, Pair] = {
    "same_item_and_technology": (
        "세부품명번호가 같고 적용기술이 비슷합니다: {detail}",
        "Same item number and a like technology: {detail}",
    ),
    "similar_text": ("글이 {detail} 같습니다.", "{detail} of the text is the same."),
    "same_patents": ("특허가 같습니다: {detail}", "Same patents: {detail}"),
    "same_product": (
        "기업과 제품 이름이 같습니다: {detail}",
        "Same company and product: {detail}",
    ),
}
NOT_STATED: Pair = ("기재 없음", "not stated")

_COLUMN: Mapping[Language, int] = {"ko": 0, "en": 1}


def limit_text(
    code: str, *, value: str, limit: str, is_known: bool, language: Language = "ko"
) -> str:
    """Return what is to be said of a limit.

    >>> limit_text("trl", value="5", limit="7~9", is_known=True)
    '기술성숙도(TRL)가 7~9단계 밖입니다: 5'
    """
    texts = LIMITS if is_known else UNKNOWN_LIMITS
    at = _COLUMN[language]
    return texts[code][at].format(value=value or NOT_STATED[at], limit=limit)


def likeness_text(code: str, detail: str, language: Language = "ko") -> str:
    """Return what two rows have in common.

    >>> likeness_text("similar_text", "82%")
    '글이 82% 같습니다.'
    """
    return LIKENESSES[code][_COLUMN[language]].format(detail=detail)
