"""Check a reply against its passages and write down what carries each sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain import (
    Citation,
    Ledger,
    LedgerSentence,
    Passage,
    Problem,
    SentenceStatus,
    Span,
    Standing,
)
from assistant.grounding.evidence import READ_OFF, check_tokens, missing_quotes, unread_figures
from assistant.grounding.folding import readable_row, tidy
from assistant.grounding.overlap import containment, grams
from assistant.grounding.polarity import turns_bound, turns_predicate, turns_side
from assistant.grounding.references import squeeze_name
from assistant.grounding.replies import (
    MAX_REPLY_CHARS,
    MAX_SENTENCES,
    URL,
    ReplySentence,
    read_reply,
)
from assistant.grounding.settling import has_support, orders_the_reader
from assistant.grounding.sources import Source
from assistant.grounding.tokens import Token, extract_tokens
from assistant.grounding.weighing import MIN_OVERLAP, Place, sentence_grams, weigh

MAX_CITATIONS = 4
MIN_CONTENT = 4
_STANDING_CODES = {
    Standing.NOT_YET: "not_yet_in_force",
    Standing.SUPERSEDED: "superseded",
    Standing.REPEALED: "repealed",
}
_DECLINED = re.compile(
    r"(?:찾지 못|찾을 수 없|확인하지 못|확인되지 않|확인할 수 없|알 수 없|답변드릴 수 없|"
    r"답할 수 없)[가-힣]*[.]?$"
)
_FILLER = re.compile(
    r"^(?:네|예|안녕하세요|답변 ?드립니다|감사합니다|"
    r"(?:[가-힣\s]{0,20})?(?:다음과|아래와) 같습니다|"
    r"(?:정리|요약|설명)(?:하면|드리면|하자면)(?: (?:다음과|아래와) 같습니다)?|"
    r"결론|요약|근거|참고|답변)[.:!]?$"
)
_LEAD_IN = re.compile(r"(?::|(?:다음과|아래와) 같(?:습니다|다)\.?|다음 각 호와 같다\.?)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A checked reply: the ledger, the passages it cites, notices, and whether it declined."""

    ledger: Ledger
    passages: tuple[Passage, ...]
    notices: tuple[str, ...] = ()
    declined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpan:
    """A piece of a passage that is to stand in an answer as it is."""

    passage: Passage
    start: int
    end: int
    paragraph_start: bool = False


class _Citations:
    """Number citations in order of first use, one number for each (section, span)."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, int, int, int], int] = {}

    def cite(self, passage: Passage, span: Span) -> Citation:
        """Return the citation of a span of a passage, with its number."""
        place = (
            passage.document_id,
            passage.version_id,
            passage.section_ordinal,
            span.start,
            span.end,
        )
        number = self._numbers.setdefault(place, len(self._numbers) + 1)
        return Citation(
            number=number,
            key=passage.key,
            chunk_id=passage.chunk_id,
            document_id=passage.document_id,
            version_id=passage.version_id,
            section_ordinal=passage.section_ordinal,
            start=span.start,
            end=span.end,
            quote=passage.text[span.start : span.end],
        )


class _Checker:
    """One verification: the passages by key, made ready when they are first cited."""

    def __init__(
        self,
        passages: Sequence[Passage],
        *,
        given: Sequence[str],
        reference_date: date | None,
        aliases: Mapping[str, str],
    ) -> None:
        self.passages = {passage.key.upper(): passage for passage in passages}
        self.names = tuple({squeeze_name(passage.document_title) for passage in passages})
        self.given_texts = tuple(given)
        self.given: list[Token] = [t for text in given for t in extract_tokens(text, self.names)]
        self.given_grams = grams(" ".join(given))
        self.reference_date = reference_date
        self.aliases = {squeeze_name(k): squeeze_name(v) for k, v in aliases.items()}
        self.citations = _Citations()
        self._sources: dict[str, Source] = {}

    def source(self, key: str) -> Source:
        """Return the prepared passage of a known key."""
        if key not in self._sources:
            self._sources[key] = Source(self.passages[key], self.names)
        return self._sources[key]

    def check(self, sentence: ReplySentence, text: str) -> LedgerSentence:
        """Return the ledger's line for one sentence of the reply."""
        known = [key for key in sentence.keys if key in self.passages]
        unknown = tuple(
            Problem(code="unknown_key", token=key)
            for key in sentence.keys
            if key not in self.passages
        )
        line = LedgerSentence(
            text=text,
            status=SentenceStatus.UNSUPPORTED,
            problems=unknown or (Problem(code="no_citation"),),
            paragraph_start=sentence.paragraph_start,
        )
        if not known:
            return (
                replace(line, status=SentenceStatus.GIVEN, problems=())
                if (not unknown and self._is_given(text))
                else line
            )
        return self._check_cited(replace(line, problems=unknown), known)

    def _check_cited(self, line: LedgerSentence, keys: Sequence[str]) -> LedgerSentence:
        sources = [self.source(key) for key in keys]
        content = sentence_grams(line.text, self.names)
        weighed = weigh(content, sources)
        checked = check_tokens(
            line.text,
            sources,
            weighed,
            names=self.names,
            given=self.given,
            aliases=self.aliases,
        )
        places = tuple(dict.fromkeys((*weighed.places, *checked.places)))[:MAX_CITATIONS]
        problems = [*line.problems, *checked.problems, *missing_quotes(line.text, sources)]
        problems += self._turned(line.text, sources, weighed.places, checked.places)
        is_bare = (
            len(content) < MIN_CONTENT
        )  # 「별지 제7호서식과 같다」: its tokens are its content
        is_weak = bool(content) and weighed.coverage < MIN_OVERLAP
        is_weak = is_weak or (is_bare and not checked.places)
        if is_weak:
            problems.append(Problem(code="weak_overlap"))
        problems += unread_figures(
            line.text, sources, names=self.names, given=self.given, aliases=self.aliases
        )
        status = _status(problems, is_weak=is_weak)
        problems += self._standing(sources)
        return replace(
            line,
            status=status,
            problems=tuple(problems),
            citations=() if is_weak else self._cite(sources, places),
        )

    def _turned(
        self,
        text: str,
        sources: Sequence[Source],
        places: Sequence[Place],
        token_places: Sequence[Place],
    ) -> list[Problem]:
        units = "\n".join(
            sources[place.source].text[slice_.start : slice_.end]
            for place in dict.fromkeys((*places, *token_places))
            for slice_ in (sources[place.source].units[place.unit].span,)
        )
        carrying = [sources[place.source] for place in token_places or places]
        told = [
            (source.passage.document_title, source.text[span.start : span.end])
            for source, place in zip(carrying, token_places or places, strict=True)
            for span in (source.units[place.unit].span,)
        ]
        turned = turns_bound(text, units) or turns_predicate(text, units) or turns_side(text, told)
        return [Problem(code="polarity", token=turned)] if turned else []

    def _cite(self, sources: Sequence[Source], places: Sequence[Place]) -> tuple[Citation, ...]:
        return tuple(
            self.citations.cite(
                sources[place.source].passage, sources[place.source].units[place.unit].span
            )
            for place in places
        )

    def _standing(self, sources: Sequence[Source]) -> list[Problem]:
        codes = [standing_code(source.passage, self.reference_date) for source in sources]
        return [Problem(code=code) for code in dict.fromkeys(codes) if code]

    def _is_given(self, text: str) -> bool:
        """Return whether a sentence only repeats what the user said or that no basis was found."""
        tokens = extract_tokens(text, self.names)
        if any(t.canonical.startswith("code:") for t in tokens):
            return False
        if any(not any(t.canonical == g.canonical for g in self.given) for t in tokens):
            return False
        if _DECLINED.search(text) and len(text) <= 150:
            return True
        content = sentence_grams(text, self.names)
        return len(content) >= 4 and containment(content, self.given_grams) >= 0.9


def _status(problems: Sequence[Problem], *, is_weak: bool) -> SentenceStatus:
    codes = {problem.code for problem in problems}
    if codes & {"token_missing", "quote_missing", "polarity"}:
        return SentenceStatus.DIFFERS
    if is_weak:
        return SentenceStatus.UNSUPPORTED
    return SentenceStatus.UNCHECKED if "ocr_figure" in codes else SentenceStatus.SUPPORTED


def standing_code(passage: Passage, reference_date: date | None) -> str:
    """Return the problem code of a passage that may not be relied on, or an empty string."""
    if code := _STANDING_CODES.get(passage.standing):
        return code
    if reference_date and passage.effective_from and passage.effective_from > reference_date:
        return "not_yet_in_force"
    return ""


def _without_urls(text: str, passages: Sequence[Passage]) -> str:
    kept = re.sub(
        URL,
        lambda match: match[0] if any(match[0] in p.text for p in passages) else "",
        text,
    )
    return re.sub(r"\s+", " ", kept).strip()


def _lend_keys(sentences: list[ReplySentence]) -> list[ReplySentence]:
    """Give a lead-in without a marker the keys of the list items that it opens."""
    out = list(sentences)
    for index, sentence in enumerate(out):
        if sentence.keys or sentence.is_heading or not _LEAD_IN.search(sentence.text):
            continue
        keys: list[str] = []
        for item in out[index + 1 :]:
            if not item.is_item:
                break
            keys += item.keys
        out[index] = replace(sentence, keys=tuple(dict.fromkeys(keys)))
    return out


def _is_dropped(sentence: ReplySentence, text: str) -> bool:
    if sentence.keys:
        return not text
    return not text or sentence.is_heading or bool(_FILLER.match(text))


def verify(
    reply: str,
    passages: Sequence[Passage],
    *,
    question: str = "",
    reference_date: date | None = None,
    given: Sequence[str] = (),
    aliases: Mapping[str, str] | None = None,
) -> Verification:
    """Check a model's reply sentence by sentence against the passages it names.

    A sentence is supported when a known passage is named at it, carries its content, and holds
    every number, date, amount, article and law name of it at the place the sentence says.

    Args:
        reply: Text of the model, with markers such as `[S1]`.
        passages: What the model was shown.
        question: What was asked; its figures may be repeated as the case at hand.
        reference_date: Rules that take effect later are flagged.
        given: Further texts of the user.
        aliases: Short names of laws and their full titles.
    """
    checker = _Checker(
        passages,
        given=(question, *given),
        reference_date=reference_date,
        aliases=aliases or {},
    )
    lines: list[LedgerSentence] = []
    declined = False
    sentences = _lend_keys(read_reply(reply))
    for sentence in sentences:
        text = _without_urls(sentence.text, passages)
        if _is_dropped(sentence, text):
            continue
        if not sentence.keys and _DECLINED.search(text) and not extract_tokens(text):
            declined = True
        lines.append(checker.check(sentence, text))
    if lines and (len(reply) > MAX_REPLY_CHARS or len(sentences) >= MAX_SENTENCES):
        last = lines[-1]
        lines[-1] = replace(last, problems=(*last.problems, Problem(code="truncated")))
    return _conclude(lines, passages, declined=declined)


def _conclude(
    lines: list[LedgerSentence], passages: Sequence[Passage], *, declined: bool
) -> Verification:
    ledger = tuple(lines)
    if declined and not has_support(ledger):
        ledger = tuple(line for line in ledger if not _DECLINED.search(line.text))
    cited = {citation.key for line in ledger for citation in line.citations}
    is_ordered = any(orders_the_reader(passage.text) for passage in passages)
    return Verification(
        ledger=ledger,
        passages=tuple(passage for passage in passages if passage.key in cited),
        notices=("suspicious_instruction",) if is_ordered else (),
        declined=declined,
    )


def ledger_from_spans(spans: Sequence[SourceSpan], *, reference_date: date | None = None) -> Ledger:
    """Return a ledger whose sentences are pieces of the passages, each cited exactly.

    Spans that hold no word are left out.
    """
    citations = _Citations()
    lines: list[LedgerSentence] = []
    for span in spans:
        text = readable_row(span.passage.text, span.start, span.end) or tidy(
            span.passage.text[span.start : span.end]
        )
        if not re.search(r"\w", text):
            continue
        problems = _unread(text) if span.passage.is_ocr else ()
        status = SentenceStatus.UNCHECKED if problems else SentenceStatus.SUPPORTED
        if code := standing_code(span.passage, reference_date):
            problems = (*problems, Problem(code=code))
        lines.append(
            LedgerSentence(
                text=text,
                status=status,
                citations=(citations.cite(span.passage, Span(start=span.start, end=span.end)),),
                problems=problems,
                paragraph_start=span.paragraph_start,
            )
        )
    return tuple(lines)


def _unread(text: str) -> tuple[Problem, ...]:
    """Return a problem for each figure of a sentence that was itself read off a picture."""
    return tuple(
        Problem(code="ocr_figure", token=token.text, token_kind=token.kind)
        for token in extract_tokens(text)
        if token.kind in READ_OFF
    )


def check_sentence(
    text: str,
    passages: Sequence[Passage],
    *,
    given: Sequence[str] = (),
    reference_date: date | None = None,
) -> LedgerSentence:
    """Check one sentence that a person wrote against passages, as if it named all of them.

    Args:
        text: The sentence as it is; it is not read as a reply.
        passages: What it may rest on, each with a key of its own.
        given: Texts of the case, whose figures may be repeated.
        reference_date: Rules that take effect later are flagged.
    """
    checker = _Checker(passages, given=given, reference_date=reference_date, aliases={})
    sentence = ReplySentence(text=text, keys=tuple(checker.passages))
    return checker.check(sentence, text)
