"""Opinions held to the figures: no sentence says met of what is not, or brings a new number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.domain import Opinion, TokenKind, Verdict
from assistant.figures import Fulfilment, ItemResult, met_words, plain
from assistant.grounding import Token, extract_tokens, split_sentences
from assistant.pilots.carried import Carried, carried
from assistant.pilots.claims import (
    Count,
    claim,
    claims_all,
    clauses,
    counts,
    is_of_required,
    is_of_the_rest,
    is_partial,
)
from assistant.pilots.findings import (
    REPORT_CONTENT,
    VERDICT,
    Examined,
    Fix,
    PilotFinding,
    look,
    must,
)
from assistant.text import squeeze

_ITEM = re.compile(r"항목\s?(?P<a>\d{1,3})(?!\s?(?:개|건))|(?P<b>\d{1,3})\s?번\s?항목")
_BRACKETS = re.compile(r"\([^()]*\)")
_VERDICT = re.compile(
    r"['\"‘“]?(?P<word>성공|보완|미흡|이행\s?불성실)['\"’”]?\s?(?:으로|로)\s?판정(?:하였|했|되었|됐|받|함|한다|합니|을)|"
    r"판정(?:\s?결과)?\s?(?:은|는|:)\s?['\"‘“]?(?P<other>성공|보완|미흡|이행\s?불성실)"
)
_VERDICT_WORDS = {
    Verdict.SUCCESS: "성공",
    Verdict.SUPPLEMENT: "보완",
    Verdict.INSUFFICIENT: "미흡",
    Verdict.UNFAITHFUL: "이행불성실",
}
_IN_TIME = re.compile(
    r"기한\s?(?:안|내|이내)에?\s?(?:맞춰\s?)?(?:제출(?!해야|하여야|할)|냈)|기한을\s?(?:지켰|지켜|준수)"
)
_UNANIMOUS = re.compile(
    r"만장일치|(?:전원|모두)(?:이|가)?\s?['‘]?적절['’]?(?:으로|로|하다고|하다는|하다)|전원\s?찬성"
)
_USABLE = re.compile(r"(?:쓸|사용할|활용할)\s?수\s?있")
_UNUSABLE = re.compile(r"(?:쓸|사용할|활용할)\s?수\s?없|(?:쓰기|사용하기|활용하기)\s?(?:는\s)?어렵")
_TARGET_WORDS = re.compile(r"\s?(?:이상|이하|초과|미만|이내)")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """A sentence of an opinion with the items it names."""

    opinion: Opinion
    text: str
    start: int
    named: tuple[ItemResult, ...]

    @property
    def place(self) -> str:
        return f"opinions[{self.opinion.section}]"

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def marked(self, finding: PilotFinding) -> PilotFinding:
        return replace(finding, start=self.start, end=self.end)


def check_opinions(
    case: Examined, opinions: Sequence[Opinion], evidence: Sequence[str] = ()
) -> Iterator[PilotFinding]:
    """Yield where opinions contradict the figures or bring numbers that nothing carries.

    Args:
        case: the pilot.
        opinions: what is written, section by section.
        evidence: further texts of the pilot's own files that may carry numbers.
    """
    known = carried(case.record, case.figures, evidence)
    for opinion in opinions:
        for sentence in _sentences(opinion, case.figures.fulfilment.items):
            findings = (
                *_claims(case, sentence),
                *_all_claims(case.figures.fulfilment, sentence),
                *_verdicts(case, sentence),
                *_course_claims(case, sentence),
                *_numbers(case, sentence, known),
            )
            yield from (sentence.marked(finding) for finding in findings)


def _sentences(opinion: Opinion, items: Sequence[ItemResult]) -> Iterator[_Sentence]:
    offset = 0
    for line in opinion.text.splitlines(keepends=True):
        for span in split_sentences(line.rstrip("\n")):
            text = line[span.start : span.end]
            yield _Sentence(
                opinion=opinion,
                text=text,
                start=offset + span.start,
                named=_named(text, items),
            )
        offset += len(line)


def _named(text: str, items: Sequence[ItemResult]) -> tuple[ItemResult, ...]:
    """Return the items that a text names, by number or by name; the longest name wins."""
    numbers = {int(found["a"] or found["b"]) for found in _ITEM.finditer(text)}
    rest = squeeze(text)
    found: list[ItemResult] = []
    for item in sorted(items, key=lambda each: -len(squeeze(each.name))):
        names = {squeeze(item.name), squeeze(_BRACKETS.sub("", item.name))}
        hit = next((name for name in names if len(name) > 1 and name in rest), "")
        if hit:
            rest = rest.replace(hit, " ")
        if hit or item.number in numbers:
            found.append(item)
    return tuple(found)


# -- met and unmet ----------------------------------------------------------------------------


def _claims(case: Examined, sentence: _Sentence) -> Iterator[PilotFinding]:
    if not sentence.named or is_of_the_rest(sentence.text):
        return
    directions = {item.number: item.direction for item in case.record.items}
    said: dict[int, bool] = {}
    waiting: list[ItemResult] = []
    for clause in clauses(sentence.text):
        waiting += [item for item in _named(clause, sentence.named) if item not in waiting]
        subjects = waiting or list(sentence.named)
        told = {item.number: claim(clause, directions[item.number]) for item in subjects}
        said.update({number: met for number, met in told.items() if met is not None})
        if any(met is not None for met in told.values()):
            waiting = []
    for item in sentence.named:
        met = said.get(item.number)
        if met is not None and met is not item.is_met:
            yield _contradiction(item, met, sentence.place)


def _contradiction(item: ItemResult, claim: bool, place: str) -> PilotFinding:
    fact = f"항목 {item.number} ‘{item.name}’의 결과는 {item.value_text}(목표 {item.target_text})"
    if item.is_met is None:
        name = f"항목 {item.number} ‘{item.name}’"
        text = f"‘{met_words(claim)}’이라고 썼지만 {name}의 측정값이 없습니다."
        advice = "측정값을 넣거나 문장을 지우십시오."
        return must("opinion_without_result", place, text, advice, REPORT_CONTENT)
    text = f"‘{met_words(claim)}’이라고 썼지만 {fact}로 {met_words(item.is_met)}입니다."
    return must("opinion_contradicts", place, text, "문장을 결과대로 고치십시오.", REPORT_CONTENT)


def _all_claims(fulfilment: Fulfilment, sentence: _Sentence) -> Iterator[PilotFinding]:
    """Yield contradictions where a sentence speaks of all items, or of how many of them."""
    if not sentence.named and claims_all(sentence.text):
        if is_of_required(sentence.text):
            left, kind = fulfilment.required - fulfilment.required_met, "필수항목"
        else:
            left, kind = fulfilment.total - fulfilment.met, "항목"
        if left:
            text = f"모두 충족했다고 썼지만 충족하지 못했거나 재지 않은 {kind}이 {left}개입니다."
            advice = "문장을 결과대로 고치십시오."
            yield must("opinion_contradicts", sentence.place, text, advice, REPORT_CONTENT)
            return
    for count in counts(sentence.text):
        if count.number not in _possible(fulfilment, count):
            text = (
                f"{met_words(count.is_met)} 항목이 {count.number}개라고 썼지만 "
                f"전체 {fulfilment.total}개 중 충족은 {fulfilment.met}개입니다."
            )
            advice = "문장을 결과대로 고치십시오."
            yield must("opinion_contradicts", sentence.place, text, advice, REPORT_CONTENT)
            return


def _possible(fulfilment: Fulfilment, count: Count) -> set[int]:
    """Return the numbers of items that a sentence may name."""
    met, required = fulfilment.met, fulfilment.required
    if count.is_met:
        whole, some = {met}, {fulfilment.required_met, met - fulfilment.required_met}
    else:
        left = fulfilment.total - met
        short = required - fulfilment.required_met
        whole, some = {left, fulfilment.unmet}, {short, left - short}
    return whole | some if count.is_of_some else whole


def _verdicts(case: Examined, sentence: _Sentence) -> Iterator[PilotFinding]:
    decided = case.record.verdict
    for found in _VERDICT.finditer(sentence.text):
        word = squeeze(found["word"] or found["other"])
        if decided is None or _VERDICT_WORDS[decided] != word:
            text = f"‘{word}’ 판정을 적었으나 기록된 판정이 없거나 다릅니다."
            advice = "판정은 혁신시제품평가 심의회만 합니다. 기관의 의견으로 고쳐 쓰십시오."
            yield must("verdict_printed", sentence.place, text, advice, VERDICT)


def _course_claims(case: Examined, sentence: _Sentence) -> Iterator[PilotFinding]:
    """Yield what a sentence says of the report's day and of the committee, where it was not so."""
    text = sentence.text
    is_late = any(limit.clock_kind == "pilot_report" for limit in case.course.late)
    if is_late and "보고서" in text and _IN_TIME.search(text):
        told = "보고서를 기한 안에 냈다고 썼지만 기한을 넘겼습니다."
        yield must("opinion_contradicts", sentence.place, told, "문장을 사실대로 고치십시오.",
                   REPORT_CONTENT)  # fmt: skip
    against = sum(member.approves is False for member in case.record.committee.members)
    if against and _UNANIMOUS.search(text):
        told = f"모두 적절로 의결했다고 썼지만 부적절 의견이 {against}명입니다."
        yield must("opinion_contradicts", sentence.place, told, "문장을 사실대로 고치십시오.",
                   REPORT_CONTENT)  # fmt: skip
    usable = case.record.usable_elsewhere
    said = False if _UNUSABLE.search(text) else True if _USABLE.search(text) else None
    is_of_it = sentence.opinion.section.partition("/")[0] == "elsewhere"
    if is_of_it and None not in (usable, said) and usable is not said:
        told = f"활용가능성을 {'YES' if usable else 'NO'}로 골랐으나 문장은 달리 말합니다."
        yield look("usable_contradicts", sentence.place, told, "둘 가운데 하나를 고치십시오.",
                   REPORT_CONTENT)  # fmt: skip


# -- numbers ----------------------------------------------------------------------------------


def _numbers(case: Examined, sentence: _Sentence, known: Carried) -> Iterator[PilotFinding]:
    missing = known.missing_from(sentence.text)
    item = sentence.named[0] if len(sentence.named) == 1 else None
    for token in missing:
        yield _uncarried(sentence, token, item)
    if item is not None and not missing:
        yield from _of_another(case, sentence, item)


def _uncarried(sentence: _Sentence, token: Token, item: ItemResult | None) -> PilotFinding:
    text = f"‘{token.text}’은(는) 기록과 계산에 없는 수입니다."
    if token.kind is TokenKind.DATE:
        text = f"‘{token.text}’은(는) 기록에 없는 날짜입니다."
    finding = must(
        "number_not_carried",
        sentence.place,
        text,
        "근거를 넣거나 문장을 지우십시오.",
        REPORT_CONTENT,
    )
    if item is None or item.value is None or not _is_of(token, item):
        return finding
    told = f"항목 {item.number}의 결과는 {item.value_text}(목표 {item.target_text})입니다."
    if _TARGET_WORDS.match(sentence.text[token.end :]):
        return replace(finding, text=f"{finding.text} {told}")
    start, end = sentence.start + token.start, sentence.start + token.end
    fix = Fix(start=start, end=end, replacement=item.value_text)
    return replace(finding, text=f"{finding.text} {told}", fix=fix)


def _is_of(token: Token, item: ItemResult) -> bool:
    """Return whether a number is in the unit of the item."""
    if item.value is None:
        return False
    own = extract_tokens(f"{plain(item.value)}{item.unit}")
    return bool(own) and own[0].unit == token.unit


def _of_another(case: Examined, sentence: _Sentence, item: ItemResult) -> Iterator[PilotFinding]:
    """Yield where the only result in a sentence about one item is that of another item."""
    if item.value is None or item.target is None or is_partial(sentence.text):
        return
    numbers = [token for token in extract_tokens(sentence.text) if _is_of(token, item)]
    results = [t for t in numbers if not _TARGET_WORDS.match(sentence.text[t.end :])]
    own = {_value(item.value, item.unit), _value(item.target, item.unit)}
    if len(results) != 1 or results[0].canonical in own:
        return
    for other in case.figures.fulfilment.items:
        if other.number == item.number or other.value is None:
            continue
        if results[0].canonical == _value(other.value, other.unit):
            text = (
                f"‘{results[0].text}’은(는) 항목 {other.number} ‘{other.name}’의 결과입니다. "
                f"항목 {item.number} ‘{item.name}’의 결과는 {item.value_text}입니다."
            )
            advice = "어느 항목의 수인지 확인하십시오."
            yield look("number_of_another", sentence.place, text, advice, REPORT_CONTENT)


def _value(value: object, unit: str) -> str:
    tokens = extract_tokens(f"{value}{unit}")
    return tokens[0].canonical if tokens else ""
