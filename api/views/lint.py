"""Findings of the linter as the page gets them."""

from __future__ import annotations

from collections.abc import Sequence

from api.schemas.lint import FindingView, FixView, LintView
from assistant.officialdoc import Finding, rulebook

MOST_FINDINGS = 2_000


def lint_view(text: str, findings: Sequence[Finding]) -> LintView:
    """Return what was found in `text`."""
    return LintView(
        text=text,
        findings=[_finding(one) for one in findings[:MOST_FINDINGS]],
        omitted=max(len(findings) - MOST_FINDINGS, 0),
    )


def _finding(finding: Finding) -> FindingView:
    fix, place = finding.fix, finding.place
    return FindingView(
        rule=finding.rule,
        title=rulebook()[finding.rule].title,
        severity=finding.severity,
        message=finding.message,
        law=finding.article.law,
        article=finding.article.label,
        start=place.start,
        end=place.end,
        line=place.line,
        block=place.block,
        page=place.page,
        fix=None
        if fix is None
        else FixView(
            start=fix.start,
            end=fix.end,
            replacement=fix.replacement,
            is_certain=fix.is_certain,
        ),
    )
