"""Are a pilot's figures right, its faults found, its clean papers left alone, its numbers kept?

Every expected value of a case was worked out by hand. A planted fault counts as found when a
finding of its code stands at its place. A false alarm is any finding on a clean pilot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from assistant.figures import shown
from assistant.pilots import (
    Examined,
    after_care,
    assess,
    examine,
    preference,
    second_chance,
    validate,
)
from evals.pilots import CASES, PilotCase, load_pilot_cases
from evals.report import Figures, rate, show, write_json
from evals.suites.inventing import invent

_COLUMNS = [
    "pilots",
    "values",
    "figures_correct",
    "faults",
    "faults_found",
    "clean_reports",
    "false_alarms_per_clean_report",
    "drafted_sentences",
    "invented_numbers",
]


@dataclass(slots=True)
class _Tally:
    values: int = 0
    right: int = 0
    faults: int = 0
    found: int = 0
    clean: int = 0
    alarms: int = 0
    notes: list[str] = field(default_factory=list)


def run(
    *,
    folder: Path = CASES,
    json_file: Path | None = None,
    verbose: bool = False,
    invents: bool = True,
) -> Figures:
    """Measure figures and checks on the invented pilots, print the figures and return them.

    With `invents`, reports are drafted as well, by a model that makes numbers up.
    """
    tally = _Tally()
    cases = load_pilot_cases(folder)
    for case in cases:
        _values(case, tally)
        _faults(case, tally)
        if case.is_clean:
            _alarms(case, tally)
    figures: dict[str, object] = {
        "pilots": len(cases),
        "values": tally.values,
        "figures_correct": rate(tally.right, tally.values),
        "faults": tally.faults,
        "faults_found": rate(tally.found, tally.faults),
        "clean_reports": tally.clean,
        "false_alarms_per_clean_report": rate(tally.alarms, tally.clean),
    }
    if invents:
        figures.update(_inventions(cases, tally))
    show("Pilot reports", [("all", figures)], [name for name in _COLUMNS if name in figures])
    if verbose:
        print(*tally.notes, sep="\n")
    write_json(json_file, figures)
    return figures


def _inventions(cases: tuple[PilotCase, ...], tally: _Tally) -> Figures:
    found = invent(cases)
    tally.notes += [f"invented\t{line}" for line in (*found.unmarked, *found.claims)]
    return {
        "reports": found.reports,
        "model_calls": found.calls,
        "inventions_tried": found.tried,
        "drafted_sentences": found.sentences,
        "true_sentences_kept": found.kept_true,
        "invented_numbers": len(found.unmarked),
        "false_claims": len(found.claims),
    }


def _values(case: PilotCase, tally: _Tally) -> None:
    examined = examine(case.record, now=case.now)
    for name, wanted, got in _comparisons(case, examined):
        tally.values += 1
        tally.right += wanted == got
        if wanted != got:
            tally.notes.append(f"{case.case_id}\tvalue\t{name}\twanted {wanted!r}\tgot {got!r}")


def _comparisons(case: PilotCase, examined: Examined) -> Iterator[tuple[str, object, object]]:
    """Yield each hand-worked value beside what was computed."""
    expect, figures = case.expect, examined.figures
    computed = {figure.figure_id: figure for figure in figures}
    for figure_id, wanted in expect["figures"].items():
        for name, value in wanted.items():
            yield f"{figure_id}.{name}", _wanted(name, value), getattr(computed[figure_id], name)
    items = figures.fulfilment.items
    for number, ratio in expect.get("ratios", {}).items():
        found = next(item.ratio for item in items if item.number == number)
        yield f"ratio {number}", ratio, None if found is None else shown(found)
    yield "met", expect["met"], [item.number for item in items if item.is_met]
    yield "unmet", expect["unmet"], [item.number for item in items if item.is_met is False]
    yield from _course(case, examined)
    yield "outlook", expect["outlook"], assess(examined).outlook.value
    for name, find in (("preference", preference), ("after_care", after_care)):
        if name in expect:
            yield name, expect[name], [ground.code for ground in find(examined)]
    chances = [ground.item_number for ground in second_chance(examined) if ground.item_number]
    yield "second_chance", expect.get("second_chance", expect["unmet"]), chances


def _course(case: PilotCase, examined: Examined) -> Iterator[tuple[str, object, object]]:
    wanted, stands = case.expect["course"], examined.course
    yield "current", wanted["current"], stands.current.step_id if stands.current else None
    act = stands.next_act
    yield "next", wanted["next"], [act.limit.clock_kind, act.limit.due_on] if act else None
    yield "late", wanted["late"], [limit.clock_kind for limit in stands.late]
    for kind, days in case.expect.get("late_days", {}).items():
        late = next((limit for limit in stands.late if limit.clock_kind == kind), None)
        yield f"late {kind}", Decimal(days), late.lateness.value if late else None


def _wanted(name: str, value: object) -> object:
    return Decimal(str(value)) if name == "value" and value is not None else value


def _faults(case: PilotCase, tally: _Tally) -> None:
    for fault in case.faults:
        examined = examine(fault.record, now=case.now)
        found = {(each.code, each.place) for each in validate(examined)}
        tally.faults += 1
        if (fault.code, fault.place) in found:
            tally.found += 1
        else:
            near = sorted(found)
            tally.notes.append(
                f"{case.case_id}\tmissed\t{fault.fault_id}\t{fault.code} {fault.place}\t{near}"
            )


def _alarms(case: PilotCase, tally: _Tally) -> None:
    tally.clean += 1
    for finding in validate(examine(case.record, now=case.now)):
        tally.alarms += 1
        tally.notes.append(
            f"{case.case_id}\talarm\t{finding.code}\t{finding.place}\t{finding.text}"
        )
