"""The linter: every rule over a text or document, and the fixes that put it right."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from assistant.domain import Document
from assistant.officialdoc.amounts import amounts
from assistant.officialdoc.dates import dates
from assistant.officialdoc.endings import attachments, end_marks
from assistant.officialdoc.findings import DocumentKind, Finding, Fix, Found, Place
from assistant.officialdoc.heads import heads
from assistant.officialdoc.numbering import numbering
from assistant.officialdoc.rulebook import rulebook
from assistant.officialdoc.script import Script, compose
from assistant.officialdoc.spacing import spacing
from assistant.officialdoc.style import voice
from assistant.officialdoc.words import wording

_RULES: tuple[Callable[[Script], Iterator[Found]], ...] = (
    heads,
    numbering,
    dates,
    amounts,
    attachments,
    end_marks,
    wording,
    voice,
    spacing,
)
_ROUNDS = 12
_FACT = re.compile(r"\{(\w+)\}")


def lint(source: str | Document, *, kind: DocumentKind | None = None) -> tuple[Finding, ...]:
    """Return what is to be put right, in the order of the text.

    Args:
        source: a text, or a document as any reader gives it; places in a document count in
            `plain_text(document)`.
        kind: what it is, where that is known; some parts are asked for only then.

    >>> [finding.rule for finding in lint("회의는 2026.5.19 오후 2시에 엽니다.")]
    ['date-form', 'time-form']
    """
    script = compose(source, kind)
    starts = [line.start for line in script.lines]
    found = {
        (one.start, one.end, one.rule): _finding(one, script, starts)
        for rule in _RULES
        for one in rule(script)
    }
    return tuple(finding for _, finding in sorted(found.items(), key=lambda item: item[0]))


def _finding(found: Found, script: Script, starts: list[int]) -> Finding:
    rule = rulebook()[found.rule]
    line = script.lines[max(bisect_right(starts, found.start) - 1, 0)]
    return Finding(
        rule=found.rule,
        severity=rule.severity,
        message=_FACT.sub(lambda match: found.facts.get(match[1], ""), rule.message),
        article=rule.article,
        place=Place(
            start=found.start,
            end=found.end,
            line=line.number,
            block=line.block,
            page=line.page,
        ),
        fix=found.fix,
    )


def fix(text: str, findings: Iterable[Finding]) -> str:
    """Apply the fixes of `findings`, leaving out those that touch one before them.

    >>> fix("2026.5.19 개최", lint("2026.5.19 개최"))
    '2026. 5. 19. 개최'
    """
    fixes = [finding.fix for finding in findings if finding.fix is not None]
    pieces: list[str] = []
    at = 0
    last: Fix | None = None
    for one in sorted(fixes, key=lambda each: (each.start, each.end)):
        if (
            last is not None
            and one.start <= last.end
            and (one.start < last.end or _is_joint(one, last))
        ):
            continue
        pieces += (text[at : one.start], one.replacement)
        at, last = one.end, one
    return "".join((*pieces, text[at:]))


def _is_joint(one: Fix, last: Fix) -> bool:
    """Return whether two fixes that only touch would still write into each other."""
    return one.start == one.end or last.start == last.end


def fix_all(text: str, *, kind: DocumentKind | None = None) -> str:
    """Apply every certain fix until none is left; a second time changes nothing.

    >>> fix_all("2026.5.19 오후 2시에 엽니다.")
    '2026. 5. 19. 14:00에 엽니다.'
    """
    for _ in range(_ROUNDS):
        certain = [f for f in lint(text, kind=kind) if f.fix is not None and f.fix.is_certain]
        fixed = fix(text, certain)
        if fixed == text:
            break
        text = fixed
    return text
