"""Does the claim ledger notice a single altered token, and leave honest sentences alone?

Sentences are taken from real articles, cited to them among distractors, as they are or lightly
paraphrased (합쇼체 endings, amounts and ratios spelled out). Then one number, date, article, amount
or law name is altered: to a value of its own, or to another one that stands in the same article.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assistant.domain import (
    Grade,
    Passage,
    SectionKind,
    SentenceStatus,
    SourceKind,
    Standing,
    TokenKind,
)
from assistant.grounding import Token, extract_tokens, source_units, verify
from assistant.text import strip_amendment_marks
from evals.report import show

_ARTICLE = re.compile(r"^#{5} (?P<label>제\d+조(?:의\d+)?) ?(?:\((?P<title>.*)\))?\s*$", re.M)
_FINITE = re.compile(r"(?:다|것)\.$")
_NAMES = (TokenKind.ARTICLE, TokenKind.LAW)
DISTRACTORS = 3
DETECTED_MIN = 0.99
FALSE_ALARMS_MAX = 0.02
FIGURE_SHARE = 0.8  # articles are everywhere; most sentences should also hold a figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence of a reply and what it is cited to."""

    text: str
    passages: tuple[Passage, ...]
    form: str
    altered: str = ""


@dataclass(slots=True)
class _Tally:
    seen: Counter[str] = field(default_factory=Counter)
    hits: Counter[str] = field(default_factory=Counter)
    samples: list[dict[str, str]] = field(default_factory=list)

    def rates(self) -> dict[str, dict[str, float | int]]:
        return {
            name: {"rate": round(self.hits[name] / count, 4), "count": count}
            for name, count in sorted(self.seen.items())
        }


def articles(folder: Path) -> list[Passage]:
    """Return the articles of a folder of rules in Markdown as passages keyed `S1`."""
    found: list[Passage] = []
    for path in sorted(folder.rglob("*.md")):
        source = path.read_text(encoding="utf-8")
        title = re.search(r"^제목: ['\"]?(.+?)['\"]?\s*$", source, re.M)
        if title is None:
            continue
        body = re.split(r"^## 부칙", source, maxsplit=1, flags=re.M)[0]
        starts = list(_ARTICLE.finditer(body))
        for index, match in enumerate(starts):
            end = starts[index + 1].start() if index + 1 < len(starts) else len(body)
            text = re.split(r"^#{2,4} ", body[match.end() : end], maxsplit=1, flags=re.M)[0]
            text = re.sub(r"\*\*|\\(?=\.)", "", re.sub(r"\n\s*\n", "\n", text)).strip()
            head = f"{match['label']}({match['title'] or ''})\n"
            found.append(
                _passage(title[1], match["label"], match["title"] or "", head + text, path)
            )
    return found


def _passage(title: str, label: str, heading: str, text: str, path: Path) -> Passage:
    return Passage(
        key="S1",
        chunk_id=f"{path.stem}#{label}",
        document_id=path.stem,
        version_id="1",
        section_ordinal=0,
        institution_id="public",
        collection_id="rules",
        document_title=title,
        label=label,
        heading=heading,
        path=(),
        text=text,
        kind=SourceKind.LAW,
        section_kind=SectionKind.ARTICLE,
        grade=Grade.OPEN,
        effective_from=date(2026, 1, 1),
        standing=Standing.IN_FORCE,
        hits=(),
        score=1.0,
    )


# -- light paraphrases ------------------------------------------------------------------------

_POLITE = (
    (re.compile(r"하여야 한다\.$"), "해야 합니다."),
    (re.compile(r"해야 한다\.$"), "하여야 합니다."),
    (re.compile(r"할 수 있다\.$"), "할 수 있습니다."),
    (re.compile(r"수 없다\.$"), "수 없습니다."),
    (re.compile(r"아니 된다\.$"), "안 됩니다."),
    (re.compile(r"아니한다\.$"), "않습니다."),
    (re.compile(r"한다\.$"), "합니다."),
    (re.compile(r"된다\.$"), "됩니다."),
    (re.compile(r"같다\.$"), "같습니다."),
    (re.compile(r"있다\.$"), "있습니다."),
    (re.compile(r"이다\.$"), "입니다."),
)


def polite(text: str) -> str:
    """Return a sentence in 합쇼체.

    >>> polite("제출하여야 한다.")
    '제출해야 합니다.'
    """
    for pattern, ending in _POLITE:
        if pattern.search(text):
            return pattern.sub(ending, text)
    return text


def spelled(text: str) -> str:
    """Return a sentence with amounts and ratios spelled in another way.

    >>> spelled("2천만원의 100분의 10 이하를 7일 안에")
    '20,000,000원의 10% 이하를 7일 안에'
    """
    out = text
    for token in reversed(extract_tokens(text)):
        if (
            token.kind is TokenKind.AMOUNT
            and token.value is not None
            and token.value.denominator == 1
        ):
            out = f"{out[: token.start]}{int(token.value):,}원{out[token.end :]}"
        elif token.unit == "비율" and token.value is not None and "분의" in token.text:
            percent = float(token.value * 100)
            if percent == round(percent, 4):
                out = f"{out[: token.start]}{percent:g}%{out[token.end :]}"
    return out


FORMS: dict[str, Callable[[str], str]] = {
    "verbatim": lambda text: text,
    "polite": polite,
    "spelled": lambda text: polite(spelled(text)),
}


# -- mutations --------------------------------------------------------------------------------


def _other_number(token: Token, rng: random.Random) -> str:
    digits = re.search(r"\d[\d,]*", token.text)
    if digits is None:
        return ""
    value = int(digits[0].replace(",", ""))
    new = rng.choice([value + 1, value + rng.randint(2, 9), value * 10, max(1, value - 1)])
    new = new if new != value else value + 3
    shown = f"{new:,}" if "," in digits[0] else str(new)
    return token.text[: digits.start()] + shown + token.text[digits.end() :]


def _other_unit(token: Token) -> str:
    for one, other in (("일", "년"), ("년", "일"), ("개월", "년"), ("억", "만"), ("만", "억")):
        if one in token.text:
            return token.text.replace(one, other, 1)
    return ""


def mutations(
    claim: Claim, rng: random.Random, laws: Sequence[str]
) -> Iterator[tuple[str, TokenKind, Claim]]:
    """Yield (strategy, kind, claim) for each token, altered in one place."""
    source = claim.passages[0]
    held = extract_tokens(strip_amendment_marks(source.text))
    for token in extract_tokens(claim.text):
        for strategy, new in _alternatives(token, held, rng, laws, source):
            if new and new != token.text:
                text = claim.text[: token.start] + new + claim.text[token.end :]
                if _is_altered(text, claim.text) and not _is_true_elsewhere(text, source):
                    yield (
                        strategy,
                        token.kind,
                        Claim(
                            text=text,
                            passages=claim.passages,
                            form=claim.form,
                            altered=f"{token.text}→{new}",
                        ),
                    )


def _is_true_elsewhere(text: str, source: Passage) -> bool:
    """Return whether the altered sentence happens to stand in the same article as well."""
    wanted = spelled(text).rstrip(".")
    units = (source.text[unit.start : unit.end] for unit in source_units(source.text))
    return any(wanted in spelled(unit) or wanted in polite(spelled(unit)) for unit in units)


def _is_altered(text: str, original: str) -> bool:
    return [t.canonical for t in extract_tokens(text)] != [
        t.canonical for t in extract_tokens(original)
    ]


def _alternatives(
    token: Token, held: Sequence[Token], rng: random.Random, laws: Sequence[str], source: Passage
) -> Iterator[tuple[str, str]]:
    if token.kind is TokenKind.LAW:
        own = {source.document_title, token.text.strip("「」")}
        others = [law for law in laws if law not in own]
        name = rng.choice(others) if others else ""
        yield "new", f"「{name}」" if name and token.text.startswith("「") else name
    else:
        yield "new", _other_number(token, rng)
        yield "unit", _other_unit(token) if token.value is not None else ""
    same = [
        other.text
        for other in held
        if other.kind is token.kind
        and other.canonical != token.canonical
        and other.canonical != source.label  # 제36조 for 제36조제1항 is vague, not wrong
        and other.canonical.strip("-") not in token.canonical
    ]
    if same:
        yield "swap", rng.choice(same)


# -- the run ----------------------------------------------------------------------------------


def claims(folder: Path, *, limit: int, seed: int) -> Iterator[Claim]:
    """Yield sentences with at least one token, each form in turn, cited among distractors."""
    rng = random.Random(seed)  # noqa: S311 # a repeatable sample, not a secret
    pool = articles(folder)
    order = rng.sample(pool, len(pool))
    given = 0
    for passage in order:
        units = [
            text
            for unit in source_units(passage.text)[1:]
            if 20
            <= len(text := strip_amendment_marks(passage.text[unit.start : unit.end]).strip())
            <= 300
            and _FINITE.search(text)
            and extract_tokens(text)
        ]
        if not units or given >= limit:
            continue
        figured = [u for u in units if any(t.kind not in _NAMES for t in extract_tokens(u))]
        if rng.random() < FIGURE_SHARE:
            units = figured
        if not units:
            continue
        text = re.sub(r"^(?:[①-⑳]|\d+(?:의\d+)?\.|[가-하]\.)\s*", "", rng.choice(units))
        others = rng.sample(pool, DISTRACTORS)
        passages = (passage, *(_rekey(p, f"S{i + 2}") for i, p in enumerate(others)))
        for form, change in FORMS.items():
            yield Claim(text=change(text), passages=passages, form=form)
        given += 1


def _misplace(claim: Claim, pool: Sequence[Passage], rng: random.Random) -> Claim | None:
    """Return the claim cited to another article of the same document."""
    source = claim.passages[0]
    others = [p for p in pool if p.document_id == source.document_id and p.label != source.label]
    if not others:
        return None
    return replace(claim, passages=(rng.choice(others),), altered="cited to another article")


def _rekey(passage: Passage, key: str) -> Passage:
    return replace(passage, key=key)


def is_flagged(claim: Claim) -> bool:
    """Return whether the ledger does not call the claim supported."""
    body = claim.text.rstrip(".")
    ledger = verify(f"{body} [S1].", claim.passages).ledger
    return not ledger or any(line.status is not SentenceStatus.SUPPORTED for line in ledger)


def run(rules: Path, *, limit: int = 400, seed: int = 1, samples: int = 0) -> dict[str, object]:
    """Return detection rates by kind and strategy, and false-alarm rates by form.

    `misplaced` is the share of true sentences cited to another article that is noticed.

    Args:
        rules: Folder of rules in Markdown.
        limit: Number of sentences taken.
        seed: Choice of sentences and mutations.
        samples: Number of wrong judgements to return for reading.
    """
    rng = random.Random(seed)  # noqa: S311 # a repeatable sample, not a secret
    caught, alarms, misplaced = _Tally(), _Tally(), _Tally()
    pool = articles(rules)
    laws = sorted({passage.document_title for passage in pool})
    for claim in claims(rules, limit=limit, seed=seed):
        _count(alarms, ("all", claim.form), claim, wrong=True, samples=samples)
        if claim.form == "verbatim" and (elsewhere := _misplace(claim, pool, rng)):
            _count(misplaced, ("all",), elsewhere, wrong=False, samples=samples)
        if is_flagged(claim):
            continue
        for strategy, kind, altered in mutations(claim, rng, laws):
            names = ("all", kind.value, strategy, f"{kind.value}/{strategy}")
            _count(caught, names, altered, wrong=False, samples=samples)
    return {
        "detected": caught.rates(),
        "false_alarms": alarms.rates(),
        "misplaced": misplaced.rates(),
        "samples": [*alarms.samples, *caught.samples, *misplaced.samples],
    }


def _count(tally: _Tally, names: Sequence[str], claim: Claim, *, wrong: bool, samples: int) -> None:
    flagged = is_flagged(claim)
    for name in names:
        tally.seen[name] += 1
        tally.hits[name] += flagged
    if flagged is wrong and len(tally.samples) < samples:
        source = claim.passages[0]
        tally.samples.append(
            {
                "kind": "false alarm" if wrong else "missed",
                "source": f"{source.document_title} {source.label}",
                "text": claim.text,
                "altered": claim.altered,
            }
        )


def print_figures(figures: Mapping[str, object]) -> None:
    """Print the rate and the count of each kind of mutation and paraphrase."""
    for title in ("detected", "false_alarms", "misplaced"):
        kinds = figures[title]
        assert isinstance(kinds, dict)  # noqa: S101 (made by `run`)
        show(title, list(kinds.items()), ["rate", "count"])
