"""Values for an institution's own form of a report, made in Hangul or Word with tags in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.domain import Paper, PaperParagraph, PaperPart, PaperSentence
from assistant.errors import TemplateInputError
from assistant.figures import met_words
from assistant.papers import MARKS, is_generated
from assistant.pilotforms import day_words, words
from assistant.pilotpages.material import Material
from assistant.pilotpages.summary import STAGES, period

MARK_FIELD = "초안표시"
AI_MARK = "AI 초안 — 담당자 확인 전"
ASSEMBLED_MARK = "AI 초안(자동으로 엮은 글, 생성형 인공지능 미사용) — 담당자 확인 전"


def require_mark(fields: Sequence[str], paper: Paper) -> None:
    """Refuse a form that would show drafted text without saying so.

    Raises:
        TemplateInputError: The form has no field for the mark.
    """
    if is_generated(paper) and MARK_FIELD not in fields:
        raise TemplateInputError(missing=(MARK_FIELD,))


def _mark(paper: Paper) -> str:
    if not is_generated(paper):
        return ""
    return AI_MARK if paper.models else ASSEMBLED_MARK


def form_values(material: Material, paper: Paper) -> Mapping[str, object]:
    """Return what a form may ask for: facts, figures, rows, and every section under its id.

    Sentences without basis keep their mark; `의견` holds the drafted text by section id.
    """
    record, figures = material.record, material.figures
    return {
        MARK_FIELD: _mark(paper),
        "제목": paper.title,
        "제품명": record.product.name,
        "모델명": record.product.model,
        "기업명": record.supplier.name,
        "기업담당자": record.supplier.manager,
        "기업책임자": record.supplier.director,
        "기관명": record.institution.name,
        "부서": record.institution.department,
        "연락처": record.institution.contact,
        "사업수행담당자": record.institution.manager,
        "책임자": record.institution.director,
        "유형": words("acquisition", record.acquisition.value),
        "설치장소": record.plan.place,
        "시범사용기간": period(record),
        "충족률": figures.fulfilment.rate.text,
        "성능만족도": figures.score.total.text,
        "부합률평균": figures.effects.mean.text,
        "항목": _items(material),
        "만족도": _scores(material),
        "단계": _stages(material),
        "변경": _changes(material),
        "기대효과": _effects(material),
        "위원": _members(material),
        "의견": {part.part_id: _text(part) for part in paper.parts},
    }


def _items(material: Material) -> list[dict[str, str]]:
    details = {item.number: item for item in material.record.items}
    return [
        {
            "번호": str(item.number),
            "항목": item.name,
            "시험방법": details[item.number].method,
            "성능기준": details[item.number].criterion,
            "성능목표": item.target_text,
            "결과치": item.value_text,
            "충족": met_words(item.is_met),
            "필수": "필수" if item.is_required else "",
        }
        for item in material.figures.fulfilment.items
    ]


def _scores(material: Material) -> list[dict[str, str]]:
    return [
        {
            "항목": part.points.name,
            "배점": str(part.maximum),
            "점수": part.points.text,
            "산출": part.points.working,
            "근거": part.reason,
        }
        for part in material.figures.score.parts
    ]


def _stages(material: Material) -> list[dict[str, str]]:
    return [
        {
            "일자": day_words(stage.held_on),
            "기업담당자": stage.supplier_manager,
            "기업책임자": stage.supplier_director,
            "기관담당자": stage.institution_manager,
            "기관책임자": stage.institution_director,
            "형식": STAGES[stage.kind] if stage.kind else "",
            "내용": stage.summary,
            "증빙": ", ".join(each.caption or each.file_name for each in stage.evidence),
        }
        for stage in material.record.stages
    ]


def _changes(material: Material) -> list[dict[str, str]]:
    return [
        {
            "발생일": day_words(row.occurred_on),
            "통보일": day_words(row.notified_on),
            "사항": row.text,
            "조치": row.action,
        }
        for row in material.record.changes
    ]


def _effects(material: Material) -> list[dict[str, str]]:
    return [
        {
            "기대효과": f"{each.text} {each.expected_text}",
            "성과": each.actual.text,
            "부합률": each.rate.text,
            "비고": each.note,
        }
        for each in material.figures.effects.comparisons
    ]


def _members(material: Material) -> list[dict[str, str]]:
    votes = {True: "적절", False: "부적절", None: ""}
    return [
        {"직책": each.role, "성명": each.name, "의결": votes[each.approves]}
        for each in material.record.committee.members
    ]


def _text(part: PaperPart) -> str:
    paragraphs = [block for block in part.blocks if isinstance(block, PaperParagraph)]
    return "\n".join(" ".join(map(_marked, block.sentences)) for block in paragraphs)


def _marked(sentence: PaperSentence) -> str:
    mark = MARKS.get(sentence.status) if sentence.status else None
    return f"{sentence.text} {mark}" if mark else sentence.text
