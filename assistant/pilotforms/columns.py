"""What columns of the forms are called: the words of the form first, then what people write.

Names are compared without spaces, brackets and small signs; see `sheets.Sheet.column`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Names: TypeAlias = Sequence[str]

NUMBER: Names = ("번호", "no", "연번", "순번")

# What was to be reached, and what was.
ITEM: Names = (
    "시범사용 항목", "시험 항목", "평가 항목", "성능 항목", "측정 항목", "항목", "평가지표",
    "성능지표",
)  # fmt: skip
METHOD: Names = ("시험방법", "측정방법", "평가방법", "확인방법", "검증방법", "방법")
CRITERION: Names = ("성능기준", "산출기준", "판정기준", "평가기준", "산식", "기준")
TARGET: Names = ("성능목표", "목표치", "목표값", "목표수준", "목표")
REQUIRED: Names = ("필수항목", "필수여부", "필수")
RESULT: Names = (
    "결과치", "결과값", "측정값", "측정결과", "측정치", "실측값", "시험결과", "달성값", "결과",
)  # fmt: skip
MET: Names = ("충족", "충족여부", "달성여부", "적합여부", "판정")
SAMPLE: Names = ("표본", "표본수", "시료수", "시험횟수", "측정횟수")
MEASURED_ON: Names = ("측정일", "측정일자", "측정일시", "시험일", "시험일자")
WORKING: Names = ("산출", "산출근거", "산출내역", "산식")

EFFECT: Names = ("기대효과", "기대성과", "성과지표")
CHANGE: Names = ("변화량", "개선량")
BEFORE: Names = (
    "시범사용 전", "도입 전", "적용 전", "사용 전", "이전", "현재", "현행", "기존", "전",
)  # fmt: skip
AFTER: Names = ("시범사용 후", "도입 후", "적용 후", "사용 후", "이후", "후")
ACTUAL: Names = ("실제 성과", "성과", "실적", *AFTER)
RATE: Names = ("부합률", "달성률")
UNIT: Names = ("단위",)
REMARK: Names = ("비고",)

QUESTION: Names = ("문항", "질문", "설문 항목", "설문 내용")
MEAN: Names = ("평균",)
RESPONDENT: Names = ("응답자", "응답번호", "응답일시", "타임스탬프", "id")

GRADE: Names = ("등급", "평가등급", "평가결과")
POINTS: Names = ("점수", "평점", "득점")
REASON: Names = ("근거", "사유", "이유")
BASIS: Names = ("기준",)
JUDGE: Names = ("위원", "심사위원", "평가위원")

# Who, when, for how much.
DAY: Names = ("일자", "날짜", "진행일", "일시")
FORM: Names = ("형식", "보고형식")
WHAT: Names = ("내용", "사항", "변경사항", "주요내용")
PROOF: Names = ("증빙", "증빙자료")
SUPPLIER_MANAGER: Names = ("기업담당자", "기업담당", "업체담당")
SUPPLIER_DIRECTOR: Names = ("기업책임자", "기업책임", "업체책임")
INSTITUTION_MANAGER: Names = ("기관담당자", "기관담당")
INSTITUTION_DIRECTOR: Names = ("기관책임자", "기관책임")

OCCURRED_ON: Names = ("발생일", "발생일자")
NOTIFIED_ON: Names = ("조달청 통보일자", "조달청에 알린 날", "조달청", "통보일")
ACTION: Names = ("조치", "조치사항", "조치내용")

ROLE: Names = ("직책", "역할", "구분")
PERSON: Names = ("직위·성명", "성명", "이름", "직위")
SIDE: Names = ("구분", "내외부", "내외부 구분")
FIELD: Names = ("분야", "전문분야")
VOTE: Names = ("의결", "적절", "심의의견", "심의결과")

STEP: Names = ("단계", "절차", "추진사항")
PERIOD: Names = ("기간",)
TIMES: Names = ("횟수",)

COST: Names = ("구분", "품목", "품명", "비목", "항목", "내역")
AMOUNT: Names = ("금액", "예산", "예산액", "예정금액")
PRICE: Names = ("단가",)
COUNT: Names = ("수량",)

BUYER: Names = ("기관", "구매기관", "수요기관")
WHEN: Names = ("시기", "구매시기", "구매예정시기", "예정시기")
STANDING: Names = ("상태", "근거", "비고")

SEEN_ON: Names = ("확인일", "점검일")
INSTITUTION: Names = ("시범사용기관", "수요기관", "기관")
SUPPLIER: Names = ("시범사용기업", "공급기업", "기업", "업체")
