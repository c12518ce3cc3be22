"""Opinions held to the figures: no sentence says met of what is not, or brings a new number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.domain import Direction, Opinion, TokenKind, Verdict
from assistant.figures import Fulfilment, ItemResult, met_words, plain
from assistant.grounding import Token, extract_tokens, split_sentences
from assistant.pilots.carried import Carried, carried
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

_CLAUSE = re.compile(
    r"(?<=[가-힣])(?:지만|으나|이나|하나|는데|으며|이며|하며|하고|하였고|했고|이고|되고)(?=[\s,])|;"
)
_NEGATIVE = re.compile(
    r"미충족|불충족|미달|미흡|밑돌|하회|부적합|못\s?미[치친쳤칠]|미치지\s?못|"
    r"(?:충족|달성|만족|도달|통과)(?:되|하|시키)?지\s?(?:못|않|아니)"
)
_POSITIVE = re.compile(
    r"(?:충족|달성|통과|만족)(?:하였|했|됐|되었|되어|하여|하고|하며|합니|한다|함|됨|으로|이다|이며|입니|\.|$)|"
    r"(?:목표|기준)(?:치|값)?(?:를|을|에)?\s?(?:도달|적합|부합)(?:하였|했|하여|하고|하며|함|한다|합니)"
)
_BEYOND = re.compile(
    r"(?:목표|기준)(?:치|값)?(?:를|을|보다)?\s?(?:\S{1,8}\s)?(?:넘|초과|상회|웃돌|높)(?!지)"
)
_BELOW = re.compile(
    r"(?:목표|기준)(?:치|값)?(?:를|을|보다|에)?\s?(?:\S{1,8}\s)?(?:밑돌|하회|낮|못)"
)
# what is said of a part of the time, or of what may come, is no claim about the result
_PARTIAL = re.compile(
    r"\d{1,2}월|\d\s?분기|첫\s?(?:달|주|분기)|초기|처음|한때|당시|일부|보완\s?후|앞으로|향후|예상|"
    r"할\s?것|될\s?것|할\s?수|될\s?수|하도록|하려|하기\s?위|하면|해야|하여야|경우|여부"
)
_ALL = re.compile(
    r"(?:모든|전체|전)\s?(?:\S{0,8}\s?)?(?:항목|목표)|(?:항목|목표)\S{0,3}\s?(?:모두|전부)"
)
_AMONG = re.compile(r"가운데|중(?:에서|에)?\s")
_REQUIRED = re.compile(r"필수")
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
_RISING = {Direction.AT_LEAST, Direction.MORE_THAN}
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
    if not sentence.named:
        return
    directions = {item.number: item.direction for item in case.record.items}
    said: dict[int, bool] = {}
    waiting: list[ItemResult] = []
    for clause in _clauses(sentence.text):
        waiting += [item for item in _named(clause, sentence.named) if item not in waiting]
        subjects = waiting or list(sentence.named)
        claims = {item.number: _claim(clause, directions[item.number]) for item in subjects}
        said.update({number: claim for number, claim in claims.items() if claim is not None})
        if any(claim is not None for claim in claims.values()):
            waiting = []
    for item in sentence.named:
        claim = said.get(item.number)
        if claim is not None and claim is not item.is_met:
            yield _contradiction(item, claim, sentence.place)


def _clauses(text: str) -> Iterator[str]:
    start = 0
    for found in _CLAUSE.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    yield text[start:]


def _claim(clause: str, direction: Direction) -> bool | None:
    """Return what a clause says of an item: met, unmet, or nothing."""
    if _PARTIAL.search(clause):
        return None
    rising = direction in _RISING
    if direction not in {Direction.WITHIN, Direction.JUDGED}:
        if _BEYOND.search(clause):
            return rising
        if _BELOW.search(clause) and "못" not in clause:
            return not rising
    if _NEGATIVE.search(clause):
        return False
    return True if _POSITIVE.search(clause) else None


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
    """Yield a contradiction where a sentence speaks of all items at once and names none."""
    if sentence.named or not _ALL.search(sentence.text) or _PARTIAL.search(sentence.text):
        return
    if _NEGATIVE.search(sentence.text) or not _POSITIVE.search(sentence.text):
        return
    if _AMONG.search(sentence.text):
        return
    if _REQUIRED.search(sentence.text):
        left, kind = fulfilment.required - fulfilment.required_met, "필수항목"
    else:
        left, kind = fulfilment.total - fulfilment.met, "항목"
    if left:
        text = f"모두 충족했다고 썼지만 충족하지 못했거나 재지 않은 {kind}이 {left}개입니다."
        advice = "문장을 결과대로 고치십시오."
        yield must("opinion_contradicts", sentence.place, text, advice, REPORT_CONTENT)


def _verdicts(case: Examined, sentence: _Sentence) -> Iterator[PilotFinding]:
    decided = case.record.verdict
    for found in _VERDICT.finditer(sentence.text):
        word = squeeze(found["word"] or found["other"])
        if decided is None or _VERDICT_WORDS[decided] != word:
            text = f"‘{word}’ 판정을 적었으나 기록된 판정이 없거나 다릅니다."
            advice = "판정은 혁신시제품평가 심의회만 합니다. 기관의 의견으로 고쳐 쓰십시오."
            yield must("verdict_printed", sentence.place, text, advice, VERDICT)


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
    if item.value is None or item.target is None or _PARTIAL.search(sentence.text):
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
