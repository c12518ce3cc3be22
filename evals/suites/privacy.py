"""Does masking hide what is personal, keep what is not, and come back exactly?

Cases hold strings that must not be seen after masking and strings that must be. A string leaks
when it stands in the masked text, or in its compatibility form without white space, invisible
characters, hyphens and dots.
"""

from __future__ import annotations

import re
import time
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.lexical import tagged, warm_up
from assistant.privacy import MaskedText, mask, unmask
from evals.cases import PrivacyCase, load_privacy_cases
from evals.report import Figures, percentile, rate, show, write_json

_DROPPED = re.compile(
    r"[\s\-‐‑‒–—―−.．。·ㆍ•・‧\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
_TIMED_CHARS = 2_000
_TIMED_RUNS = 40
_NOT_PERSONAL = re.compile(r"^---\n.*?^---\n", re.S | re.M)


def bare(text: str) -> str:
    """Return `text` in the form in which a disguised value would still be read.

    >>> bare("０１０-1 2\u200b3")
    '010123'
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text))


def leaks(secret: str, masked: str) -> bool:
    """Return whether `secret` can still be read in a masked text.

    >>> leaks("010-1234", "전화 010 1234"), leaks("010-1234", "전화 ⟦전화·ab·1⟧")
    (True, False)
    """
    return secret in masked or bare(secret) in bare(masked)


@dataclass(slots=True)
class _Tally:
    secrets: Counter[str] = field(default_factory=Counter)
    leaked: Counter[str] = field(default_factory=Counter)
    tags: Counter[str] = field(default_factory=Counter)
    failed_tags: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    over_masked: int = 0
    round_trips: int = 0
    failures: list[str] = field(default_factory=list)


def run(
    *,
    sentences: Path,
    split: str,
    json_file: Path | None,
    verbose: bool,
    laws: Path | None = None,
    tagger: bool = True,
) -> Figures:
    """Measure masking on a file of sentences, print the figures and return them."""
    cases = [one for one in load_privacy_cases(sentences) if split in {"all", one.split}]
    names = tagged if tagger else None
    if tagger:
        warm_up()
    tally = _Tally()
    for case in cases:
        _score(case, mask(case.text, names=names), tally)
    figures = dict(_figures(tally, len(cases)))
    figures["ms_p95"] = _milliseconds([case.text for case in cases], tagger=tagger)
    if laws is not None:
        figures.update(_false_hits(laws, tagger=tagger, verbose=verbose))
    _print(figures, tally, verbose=verbose)
    write_json(json_file, figures)
    return figures


def _score(case: PrivacyCase, masked: MaskedText, tally: _Tally) -> None:
    failed = False
    for secret in case.secrets:
        tally.secrets[secret.kind] += 1
        if leaks(secret.text, masked.text):
            tally.leaked[secret.kind] += 1
            failed = True
            tally.failures.append(f"{case.case_id}\tleak\t{secret.kind}\t{masked.text!r}")
    for kept in case.keep:
        tally.kept += 1
        if kept not in masked.text:
            tally.over_masked += 1
            failed = True
            tally.failures.append(f"{case.case_id}\tover-mask\t{kept}\t{masked.text!r}")
    if unmask(masked) == case.text:
        tally.round_trips += 1
    else:
        failed = True
        tally.failures.append(f"{case.case_id}\tround trip")
    for tag in case.tags:
        tally.tags[tag] += 1
        tally.failed_tags[tag] += failed


def _figures(tally: _Tally, cases: int) -> Figures:
    persons, total = tally.secrets["PERSON"], sum(tally.secrets.values())
    leaked = sum(tally.leaked.values())
    return {
        "cases": cases,
        "secrets": total,
        "must_keep": tally.kept,
        "structured_leaks": leaked - tally.leaked["PERSON"],
        "person_leak_rate": rate(tally.leaked["PERSON"], persons),
        "leak_rate": rate(leaked, total),
        "over_mask_rate": rate(tally.over_masked, tally.kept),
        "round_trip": rate(tally.round_trips, cases),
        "by_type": _counts(tally.secrets, tally.leaked, "leaked"),
        "by_tag": _counts(tally.tags, tally.failed_tags, "failed"),
    }


def _counts(
    totals: Mapping[str, int], bad: Mapping[str, int], name: str
) -> dict[str, dict[str, int]]:
    return {key: {"count": totals[key], name: bad.get(key, 0)} for key in sorted(totals)}


def _milliseconds(texts: Sequence[str], *, tagger: bool) -> float:
    """Return the 95th percentile of the time for 2,000 characters of the cases, warm."""
    whole = "\n".join(texts)
    if not whole:
        return 0.0
    step = max(1, len(whole) // _TIMED_RUNS)
    doubled = whole * (2 + _TIMED_CHARS // len(whole))
    spent = []
    for start in range(0, step * _TIMED_RUNS, step):
        piece = doubled[start % len(whole) :][:_TIMED_CHARS]
        begin = time.perf_counter()
        mask(piece, names=tagged if tagger else None)
        spent.append((time.perf_counter() - begin) * 1000)
    return round(percentile(spent, 0.95), 2)


def _false_hits(folder: Path, *, tagger: bool, verbose: bool) -> Figures:
    """Return how many masks the texts of rules get, which hold no personal data."""
    chars, hits = 0, Counter[str]()
    forms: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.md")):
        text = _NOT_PERSONAL.sub("", path.read_text("utf-8"), count=1)
        chars += len(text)
        for found in mask(text, names=tagged if tagger else None).masks:
            hits[found.kind.value] += 1
            forms[f"{found.kind}:{found.reason}:{text[found.start : found.end]}"] += 1
    if verbose:
        print(*(f"{count}\t{form}" for form, count in forms.most_common(80)), sep="\n")
    return {
        "rule_chars": chars,
        "false_hits": sum(hits.values()),
        "false_hits_per_10k": round(sum(hits.values()) / max(chars, 1) * 10_000, 3),
        "false_hits_by_kind": dict(hits),
    }


def _print(figures: Figures, tally: _Tally, *, verbose: bool) -> None:
    columns = [
        "cases",
        "secrets",
        "must_keep",
        "structured_leaks",
        "person_leak_rate",
        "leak_rate",
        "over_mask_rate",
        "round_trip",
        "ms_p95",
    ]
    if "false_hits_per_10k" in figures:
        columns.append("false_hits_per_10k")
    show("Personal data", [("all", figures)], columns)
    by_type = [
        (kind, {"count": tally.secrets[kind], "leaked": tally.leaked[kind]})
        for kind in sorted(tally.secrets)
    ]
    show("By type", by_type, ["count", "leaked"])
    if verbose:
        print(*tally.failures, sep="\n")
