"""The cases of complaints are sound, and the scorers can tell right from wrong."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.domain import ComplaintKind, Span
from assistant.errors import ConfigurationError
from assistant.privacy import mask
from evals.complaint_cases import load_complaints, load_wordings, unmark
from evals.suites.complaint_scores import due_of, f1, original_at, score_case, score_points

CASES = load_complaints()


def test_there_are_cases_of_every_kind_and_no_number_twice() -> None:
    kinds = Counter(case.kind for case in CASES)
    assert len(CASES) >= 60
    assert min(kinds[kind] for kind in ComplaintKind) >= 10
    assert max(Counter(case.case_id for case in CASES).values()) == 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case_id)
def test_the_due_date_is_the_one_counted_by_hand(case) -> None:  # type: ignore[no-untyped-def] # a case
    assert due_of(case) == case.due


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case_id)
def test_a_case_marks_at_least_one_point_and_refusals_name_remedies(case) -> None:  # type: ignore[no-untyped-def] # a case
    assert case.points
    assert all(case.body[span.start : span.end].strip() for p in case.points for span in p)
    assert bool(case.remedies) is case.decision.refuses


def test_marks_may_stand_in_each_other() -> None:
    text, points, secrets = unmark("⟨2|{PERSON:김하나}가 했나요?⟩ 네. ⟨1|왜요?⟩ ⟨2|했나요?⟩")
    assert text == "김하나가 했나요? 네. 왜요? 했나요?"
    assert [[text[span.start : span.end] for span in point] for point in points] == [
        ["왜요?"],
        ["김하나가 했나요?", "했나요?"],
    ]
    assert [secret.text for secret in secrets] == ["김하나"]


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("cases: [{id: 1, kind: gossip}]", "utf-8")
    with pytest.raises(ConfigurationError, match="not a file of complaints"):
        load_complaints(tmp_path)


def test_short_complaints_of_every_kind_are_there_to_learn_from(tmp_path: Path) -> None:
    kinds = Counter(wording.kind for wording in load_wordings())
    assert min(kinds[kind] for kind in ComplaintKind) >= 10
    (tmp_path / "odd.yaml").write_text("other: [no body]", "utf-8")
    with pytest.raises(ConfigurationError, match="not a file of wordings"):
        load_wordings(tmp_path / "odd.yaml")


def spans(*pairs: tuple[int, int]) -> list[Span]:
    return [Span(start=start, end=end) for start, end in pairs]


TEXT = "a" * 100


@pytest.mark.parametrize(
    ("found", "gold", "hits", "missed", "extra"),
    [
        pytest.param([spans((0, 10))], [spans((0, 10))], 1, 0, 0, id="the same"),
        pytest.param([spans((0, 12))], [spans((0, 10))], 1, 0, 0, id="a little more"),
        pytest.param([spans((0, 40))], [spans((0, 10))], 0, 1, 1, id="far too much"),
        pytest.param([spans((0, 4))], [spans((0, 10))], 0, 1, 1, id="too little"),
        pytest.param([spans((0, 10)), spans((0, 10))], [spans((0, 10))], 1, 0, 1, id="twice"),
        pytest.param([spans((0, 20))], [spans((0, 10)), spans((10, 20))], 1, 1, 0, id="not cut"),
        pytest.param([spans((50, 60), (0, 10))], [spans((0, 10))], 1, 0, 0, id="repeated"),
        pytest.param([], [spans((0, 10))], 0, 1, 0, id="nothing"),
    ],
)
def test_points_are_matched_one_to_one(
    found: list[list[Span]], gold: list[list[Span]], hits: int, missed: int, extra: int
) -> None:
    score = score_points(TEXT, found, gold)
    assert (score.hits, len(score.missed), len(score.extra)) == (hits, missed, extra)


def test_nothing_found_at_all_is_a_zero() -> None:
    assert f1([score_points(TEXT, [], [spans((0, 10))])]) == 0.0


def test_places_of_a_masked_text_lead_back_to_the_original() -> None:
    masked = mask("전화 010-1234-5678로 답을 주십시오.")
    start = masked.text.index("답을")
    assert masked.original[original_at(masked, start) :] == "답을 주십시오."
    inside = masked.masks[0].start + 3
    assert original_at(masked, inside) == masked.masks[0].start
    assert original_at(masked, inside, is_end=True) == masked.masks[0].end


def test_a_case_is_read_as_the_product_reads_it() -> None:
    (case,) = [case for case in CASES if case.case_id == "C035"]
    score = score_case(case)
    assert (score.is_kind_right, score.is_due_right, score.leaked) == (True, True, ())
    assert f1([score.points]) == 1.0
