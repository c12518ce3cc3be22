"""Words of forms in general: labels that no column asks for, and words that frame a label."""

from __future__ import annotations


def _listed(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", " ").split(",") if word.strip())


# They end a value and are never one.
OTHER_LABELS = _listed("""
대표자, 대표자명, 대표이사, 성명, 생년월일, 성별, 휴대전화, 휴대폰, 전화, 전화번호, 연락처,
팩스, 팩스번호, 이메일, 전자우편, E-mail, 홈페이지, 우편번호, 주소, 소재지, 본사 소재지,
공장 소재지, 담당자, 담당자명, 직위, 직책, 부서, 소속, 업종, 업태, 업종/업태, 업태/종목,
종목, 설립일, 설립일자, 설립연월일, 자본금, 종업원 수, 직원 수, 상시근로자 수, 기업형태,
기업 유형, 기업 규모, 협업체, 법인등록번호, 명칭, 발명의 명칭, 특허명, 특허 명칭, 권리자,
특허권자, 출원인, 출원일, 출원번호, 발급기관, 인증기관, 발급일, 발급번호, 인증번호,
유효기간, 비고, 구분, 항목, 내용, 번호, 순번, 연번, No, No., 합계, 계, 소계, 제출 여부,
제출여부, 제출, 확인, 서류명, 제출서류, 해당 여부, 부수, 수량, 단위, 규격, 납품처, 계약일,
계약금액, 금액, 연도, 년도, 점수, 배점, 평가항목, 평가 기준, 근거, 세부 내용, 기재 내용,
작성 내용, 결과, 핵심 여부, 적용 여부, 기적용 여부, 신청일, 신청일자, 접수번호, 접수일,
공고번호, 과제명, 수행기간, 주관기관, 연구개발과제, 정부R&D, IP 건수, 연구조직, 기술인력,
사업영역, 유사기술, 영문명, 기업명(영문)
""")
FRAMES_BEFORE = _listed("""
신청자, 신청, 제안, 당사, 해당, 주요, 대표, 예상, 필수, 선택, 본, 보유, 등록, 관련, 최종,
현재, 최근, 적용
""")
FRAMES_AFTER = _listed("""
현황, 내용, 정보, 사항, 내역, 목록, 기재, 개요, 요약, 등, 란, 명세
""")
# Whose product, price or patent a place speaks of when it is not the applicant's.
RIVALS = _listed("""
타사, 경쟁, 유사, 기존 제품, 기존제품, 기존 기술, 기존기술, 비교 대상, 비교대상, 선행, 종래,
수입품, 외산 제품
""")
PARTNERS = _listed("""
협력, 협업, 공동, 참여기관, 외주, 하도급, 시험기관, 인증기관, 발급, 대리점, 납품, 수요기관,
실증기관, 제조사, 제조원, 판매처, 구매처, 위탁, 주관기관, 컨소시엄
""")
