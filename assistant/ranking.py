"""From candidate sections to one order: features of question and section, and their weights.

A linear model over features that an official could name (words covered, kind of figure asked for
and present, term defined here, law named). The weights were fitted by listwise softmax
regression (Cao et al. 2007, ListNet, top-one) with `python -m evals fusion`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.domain import Hit, SourceKind
from assistant.law.question import (
    AnswerType,
    QuestionShape,
    defines,
    gives,
    is_out_of_place,
    is_worded_in,
)
from assistant.law.references import LawMention, fold_law
from assistant.text import squeeze

FUSION_DEPTH = 300
LEXICAL_WEIGHT = 0.5
NEAR = 0.7
LEGAL_SHARE = 0.4

WEIGHTS: Mapping[str, float] = {
    "base": 4.89,
    "words": 2.65,
    "meaning": 2.46,
    "second": 0.43,
    "third": 0.36,
    "covered": 3.14,
    "legal_covered": 1.12,
    "title_in_question": 0.77,
    "title_covers": -1.43,
    "title_worded": 1.0,
    "figure_present": 1.81,
    "figure_absent": -1.37,
    "defines_asked": 6.29,
    "defines_named": 2.59,
    "family": 0.82,
    "law_named": 1.84,
    "other_law_named": -2.62,
    "level_named": 0.54,
    "out_of_place": -0.81,
    "is_law": -0.28,
    "is_decree": 0.0,
    "is_rule": -1.18,
    "length": -3.63,
    "referenced_law": 0.54,
    "chunk_covered": 4.09,
}

_DEFINITION = re.compile(r'[\"“]([^"“”]{2,25})[\"”](?:\([^)]*\))?이?란')
_CASES = frozenset({SourceKind.PILOT, SourceKind.DOSSIER})
_RARE = 0.5  # of the scale on which a word that stands in one chunk of 700 weighs about 0.9
_LEVEL = re.compile(r"(?:시행령|시행규칙)?(?:요약)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredChunk:
    """A candidate chunk with its normalised scores, each in [0, 1]."""

    chunk_id: str
    words: float
    meaning: float

    @property
    def base(self) -> float:
        """The fused score."""
        return LEXICAL_WEIGHT * self.words + (1 - LEXICAL_WEIGHT) * self.meaning


def normalise_scores(hits: Sequence[Hit], *, depth: int = FUSION_DEPTH) -> dict[str, float]:
    """Return min-max scores over the first `depth` hits; what lies below is 0.

    >>> normalise_scores([Hit(chunk_id="a", score=3.0), Hit(chunk_id="b", score=1.0)])
    {'a': 1.0, 'b': 0.0}
    """
    if not hits:
        return {}
    top = hits[0].score
    low = hits[min(depth, len(hits)) - 1].score if len(hits) > 1 else 0.0
    width = max(top - low, 1e-9)
    return {hit.chunk_id: max(0.0, (hit.score - low) / width) for hit in hits[:depth]}


def fuse(
    words: Sequence[Hit], meaning: Sequence[Hit], *, depth: int = FUSION_DEPTH
) -> list[ScoredChunk]:
    """Return the union of two rankings by fused score, best first.

    With only one ranking its scores count in full, so that search by words alone keeps its order.
    """
    by_words, by_meaning = (normalise_scores(h, depth=depth) for h in (words, meaning))
    if not by_meaning:
        by_meaning = by_words
    elif not by_words:
        by_words = by_meaning
    fused = [
        ScoredChunk(
            chunk_id=chunk_id,
            words=by_words.get(chunk_id, 0.0),
            meaning=by_meaning.get(chunk_id, 0.0),
        )
        for chunk_id in dict.fromkeys((*by_words, *by_meaning))
    ]
    return sorted(fused, key=lambda chunk: -chunk.base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A section with its candidate chunks, best first, and their search texts."""

    document_title: str
    kind: SourceKind
    label: str
    title: str
    text: str
    chunks: tuple[tuple[ScoredChunk, str], ...]
    referenced_by: float = 0.0

    @property
    def base(self) -> float:
        """The best fused score among the chunks."""
        return self.chunks[0][0].base


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """The morphemes of a question, of its legal wording, and its nouns."""

    own: Sequence[str]
    legal: Sequence[str]
    nouns: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as the features need it."""

    text: str
    shape: QuestionShape
    mentions: tuple[LawMention, ...]
    weights: Mapping[str, float]
    legal_weights: Mapping[str, float]
    noun_weights: Mapping[str, float]
    squeezed: str = field(default="")

    @property
    def all_weights(self) -> dict[str, float]:
        """Own words in full and legal counterparts at a fraction, for choosing sentences."""
        legal = {word: LEGAL_SHARE * weight for word, weight in self.legal_weights.items()}
        return legal | dict(self.weights)

    @staticmethod
    def of(
        text: str,
        shape: QuestionShape,
        mentions: tuple[LawMention, ...],
        *,
        words: QuestionWords,
        rarity: Callable[[Sequence[str]], Mapping[str, float]],
    ) -> Asked:
        """Weigh the words of a question by their rarity (inverse document frequency)."""
        own = list(dict.fromkeys(words.own))
        legal = [word for word in dict.fromkeys(words.legal) if word not in own]
        weights = rarity(list(dict.fromkeys((*own, *legal, *words.nouns))))
        return Asked(
            text=text,
            shape=shape,
            mentions=mentions,
            weights={word: weights[word] for word in own},
            legal_weights={word: weights[word] for word in legal},
            noun_weights={word: weights[word] for word in words.nouns},
            squeezed=squeeze(text),
        )


@lru_cache(maxsize=65_536)
def base_law(folded_title: str) -> str:
    """Return the folded name of the act that a decree, rule or summary belongs to.

    >>> base_law("조달사업에관한법률시행령요약")
    '조달사업에관한법률'
    """
    return _LEVEL.sub("", folded_title)


def features(asked: Asked, candidate: Candidate) -> dict[str, float]:
    """Return the named features of one candidate; each is about 0 to 1."""
    scored = [chunk for chunk, _ in candidate.chunks]
    best_text = squeeze(candidate.chunks[0][1])
    section_text = _section_squeezed(candidate.text)
    return {
        "base": scored[0].base,
        "words": max(chunk.words for chunk in scored),
        "meaning": max(chunk.meaning for chunk in scored),
        "second": scored[1].base if len(scored) > 1 else 0.0,
        "third": scored[2].base if len(scored) > 2 else 0.0,
        "covered": share_of(asked.weights, section_text),
        "legal_covered": share_of(asked.legal_weights, section_text, empty=0.3),
        "chunk_covered": share_of(asked.weights, best_text),
        "length": math.log(max(len(candidate.text), 1)) / 8,
        **_title_features(asked, candidate),
        **_figure_features(asked, candidate),
        **_definition_features(asked, candidate),
        **_law_features(asked, candidate),
    }


@lru_cache(maxsize=2_048)
def _section_squeezed(text: str) -> str:
    """The same few hundred sections come up for most questions of an office."""
    return squeeze(text)


def score(asked: Asked, candidate: Candidate) -> float:
    """Return the weighted sum of the features; higher is better."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features(asked, candidate).items())


def share_of(weights: Mapping[str, float], text: str, *, empty: float = 0.0) -> float:
    """Return which share of the weight of the words stands in a squeezed text.

    >>> share_of({"기한": 3.0, "벌금": 1.0}, "제출기한은")
    0.75
    """
    total = sum(weights.values())
    if not total:
        return empty
    return sum(weight for word, weight in weights.items() if word in text) / total


def _title_features(asked: Asked, candidate: Candidate) -> dict[str, float]:
    title = squeeze(candidate.title or candidate.label)
    named = [word for word in asked.weights if word in title]
    covers = sum(len(word) for word in named) / max(len(title), 1)
    return {
        "title_covers": share_of(asked.weights, title),
        "title_in_question": min(covers, 1.0),
        "title_worded": _worded(asked.shape.exact_terms, title.lower()),
    }


def _worded(exact_terms: Sequence[str], title: str) -> float:
    """Return how much of a title is the legal wording of an expression in the question."""
    return max((len(term) / len(title) for term in exact_terms if term in title), default=0.0)


def _figure_features(asked: Asked, candidate: Candidate) -> dict[str, float]:
    """A question for a figure is answered where such a figure stands."""
    if not asked.shape.expects:
        return {"figure_present": 0.0, "figure_absent": 0.0}
    floor = NEAR * candidate.base
    near = [text for chunk, text in candidate.chunks if chunk.base >= floor]
    present = any(gives(kind, text) for kind in asked.shape.expects for text in near)
    return {"figure_present": float(present), "figure_absent": float(not present)}


def _definition_features(asked: Asked, candidate: Candidate) -> dict[str, float]:
    named = any(squeeze(term) in asked.squeezed for term in _DEFINITION.findall(candidate.text))
    asked_here = any(defines(term, candidate.text) for term in asked.shape.defines)
    return {"defines_asked": float(asked_here), "defines_named": float(named)}


def is_aside(asked: Asked, candidate: Candidate) -> bool:
    """Return whether a candidate tells of one product or pilot that the question does not name.

    What happened in one pilot is no answer to a question about what the rules say. A question
    names a case when a rare word of it stands in the title.
    """
    if candidate.kind not in _CASES:
        return False
    title = squeeze(candidate.document_title)
    return not any(
        weight >= _RARE and word in title
        for words in (asked.weights, asked.noun_weights)
        for word, weight in words.items()
    )


def _law_features(asked: Asked, candidate: Candidate) -> dict[str, float]:
    title = fold_law(candidate.document_title).removesuffix("요약")
    base = base_law(title)
    named = {mention.name.removesuffix("요약") for mention in asked.mentions}
    families = {base_law(name) for name in named}
    kind = candidate.kind
    return {
        "family": float(base in {base_law(name) for name in asked.shape.families}),
        "law_named": float(base in families),
        "other_law_named": float(bool(families) and base not in families),
        "level_named": float(title in named and title != base),
        "out_of_place": float(is_out_of_place(candidate.document_title, asked.text)),
        "is_law": float(kind is SourceKind.LAW),
        "is_decree": float(kind is SourceKind.DECREE),
        "is_rule": float(kind is SourceKind.RULE),
        "referenced_law": candidate.referenced_by * (kind is SourceKind.LAW),
    }


SUFFICIENCY_WEIGHTS: Mapping[str, float] = {
    "bias": -2.68,
    "top_score": 3.91,
    "nearest": 6.84,
    "noun_covered": 0.73,
    "rare_missing": -2.19,
    "figure_missing": -2.25,
    "chunk_covered": -3.05,
    "legal_known": -2.02,
    "year_missing": -8.0,
    "table_asked": -7.32,
    "momentary": -7.1,
}
_USUAL_NEAREST = 0.89  # of answerable questions, where no vectors are there to tell
_FIGURE_CANDIDATES = 3
# Nouns by which a question asks or points at its moment: no rule has to hold them.
_ASKING = re.compile(
    r"얼마|며칠|무엇|누구|어디|언제|어느|올해|작년|내년|이번|저번|지난번|오늘|내일|어제|지금|요즘|하루|이틀"
    r"|우리|저희|정도|경우|가지|사람|기준"
)
_MOMENTARY = re.compile(
    r"오늘|어제|내일|(?:다음|이번|지난|저번) ?(?:주|달|해|분기)"
    r"|작년 .*(?:몇|얼마|총)|올해 (?:실적|몇|.*(?:건수|집행|현황|금액))"
    r"|우리 ?(?:과|부서|팀|기관|청|시|군|구)\b"
    r"|(?:제일|가장) (?:많이|큰|비싼|가까운|잘)|지금 .*(?:가격|등록된|어디까지)"
    r"|내가 .*(?:낸|신청한)|이 민원인|(?:전화|휴대폰|핸드폰|내선) ?번호(?:가|는|를|좀|뭐| )"
    r"|연락처|발령자|명단|일정표|주소(?:가|는)? ?(?:어디|뭐|알려)"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?=년|도|\.)")
_TABLE = re.compile(r"별표|별지|기준표|배점|단가표?는|요율표|조견표|[1-9]차 ?위반")


def sufficiency_features(
    asked: Asked, best: Sequence[Candidate], *, top_score: float, nearest: float | None
) -> dict[str, float]:
    """Return what tells whether the best candidates hold an answer at all.

    A rare noun or a year of the question that none of them has, neither as it is nor in legal
    wording; a figure asked for that they do not give; a table that the texts leave out; and what
    only the day or a person can tell speak against it.
    """
    texts = [squeeze(f"{candidate.text} {candidate.document_title}").lower() for candidate in best]
    whole = " ".join(texts)
    nouns = {w: weight for w, weight in asked.noun_weights.items() if not _ASKING.fullmatch(w)}
    missing = [weight for word, weight in nouns.items() if not _is_met(asked, word, whole)]
    covered = sum(weight for word, weight in nouns.items() if _is_met(asked, word, texts[0]))
    years = _YEAR.findall(asked.squeezed)
    has_annex = any(candidate.label.startswith("별") for candidate in best)
    return {
        "bias": 1.0,
        "top_score": top_score / 10,
        "nearest": 10 * ((_USUAL_NEAREST if nearest is None else nearest) - 0.86),
        "noun_covered": covered / sum(nouns.values()) if any(nouns.values()) else 1.0,
        "rare_missing": max(missing, default=0.0),
        "figure_missing": float(_lacks_figure(asked, best)),
        "chunk_covered": share_of(asked.weights, squeeze(best[0].chunks[0][1])),
        "legal_known": float(bool(asked.legal_weights)),
        "year_missing": float(any(year not in whole for year in years)),
        "table_asked": float(bool(_TABLE.search(asked.text)) and not has_annex),
        "momentary": float(bool(_MOMENTARY.search(asked.text))),
    }


def _is_met(asked: Asked, word: str, folded_text: str) -> bool:
    """Return whether a text holds a noun of the question, or its law or legal wording."""
    if word in folded_text or is_worded_in(word, asked.text, folded_text):
        return True
    return any(word in squeeze(asked.text[m.start : m.end]).lower() for m in asked.mentions)


def _lacks_figure(asked: Asked, best: Sequence[Candidate]) -> bool:
    kinds = asked.shape.expects - {AnswerType.WHO}  # persons go by too many names
    near = [text for one in best[:_FIGURE_CANDIDATES] for _, text in one.chunks]
    return bool(kinds) and not any(gives(kind, text) for kind in kinds for text in near)


def sufficiency(
    asked: Asked, best: Sequence[Candidate], *, top_score: float, nearest: float | None
) -> float:
    """Return the estimated probability that the candidates answer the question (logistic)."""
    values = sufficiency_features(asked, best, top_score=top_score, nearest=nearest)
    total = sum(SUFFICIENCY_WEIGHTS[name] * value for name, value in values.items())
    return 1 / (1 + math.exp(-total))
