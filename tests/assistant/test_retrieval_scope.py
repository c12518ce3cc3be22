"""What a request may see: filters, grades and institutions, on every road to a passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain import Grade, Passage, SourceKind, Standing
from assistant.ranking import FUSION_DEPTH
from tests.assistant.building import BigramEmbedder
from tests.assistant.lawshelf import (
    CONTRACTS,
    DECREE,
    FUTURE,
    GUIDE,
    LANES,
    LAW,
    OFFICE,
    PROCUREMENT,
    RULE,
    lanes,
    numbered,
)
from tests.assistant.shelf import Shelf, open_shelf, places, rule

# -- filters -----------------------------------------------------------------------------------


@LANES
@pytest.mark.parametrize(
    ("scope", "allowed"),
    [
        pytest.param({"kinds": (SourceKind.DECREE,)}, {DECREE}, id="kind"),
        pytest.param({"kinds": (GUIDE,)}, {"내부 안내"}, id="another kind"),
        pytest.param({"collection_ids": ("inbox",)}, {RULE}, id="collection"),
        pytest.param(
            {"in_force_on": date(2025, 6, 1), "kinds": (SourceKind.NOTICE, SourceKind.LAW)},
            {LAW, CONTRACTS, PROCUREMENT, OFFICE},
            id="in force on",
        ),
    ],
)
def test_filters_are_applied_before_the_best_are_taken(
    shelf: Shelf, lane: str, scope: dict[str, object], allowed: set[str]
) -> None:
    question = "시험구매가 끝난 날부터 7일 이내에 완료보고서, 특례 시험구매의 보증금 절차"
    found = shelf.ask(question, limit=1, searchers=lanes(shelf)[lane], **scope)
    everything = shelf.ask(question, limit=60, searchers=lanes(shelf)[lane], **scope)
    assert found.passages
    assert {title for title, _ in places(everything)} <= allowed


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Return a shelf on which one document has more matching pieces than a search looks at."""
    articles = [
        f"제{n}조 (두루미)\n\n두루미 둥지를 {n}번 본다." for n in range(1, FUSION_DEPTH + 20)
    ]
    with open_shelf(tmp_path_factory.mktemp("crowd"), embedder=BigramEmbedder()) as opened:
        opened.add(rule("두루미 둥지 규정", *articles))
        opened.add(
            "# 까마귀 안내\n\n## 둥지\n\n까마귀 안내에 두루미 이야기도 조금 있다.\n", kind=GUIDE
        )
        yield opened.index()


@LANES
def test_a_filter_finds_what_hundreds_of_better_matches_would_crowd_out(
    crowd: Shelf, lane: str
) -> None:
    question, searchers = "두루미 둥지를 본다", lanes(crowd)[lane]
    everywhere = crowd.ask(question, limit=50, searchers=searchers)
    filtered = crowd.ask(question, limit=50, searchers=searchers, kinds=(GUIDE,))
    assert "까마귀 안내" not in dict(places(everywhere))
    assert set(dict(places(filtered))) == {"까마귀 안내"}


@LANES
def test_only_the_documents_named_are_searched(shelf: Shelf, lane: str) -> None:
    guide, *_ = shelf.ask("두루미 안내", kinds=(GUIDE,)).passages
    found = shelf.ask("완료보고서", document_ids=(guide.document_id,), searchers=lanes(shelf)[lane])
    assert {passage.document_id for passage in found.passages} <= {guide.document_id}


@LANES
def test_a_grade_that_may_not_be_seen_is_not_found(shelf: Shelf, lane: str) -> None:
    searchers = lanes(shelf)[lane]
    assert "내부 안내" in dict(places(shelf.ask("보증금 안내", searchers=searchers, limit=20)))
    found = shelf.ask("보증금 안내", grades=(Grade.OPEN,), searchers=searchers, limit=60)
    assert {passage.grade for passage in found.passages} == {Grade.OPEN}


@pytest.mark.parametrize(
    "scope",
    [
        {"kinds": (SourceKind.NOTICE,)},
        {"collection_ids": ("inbox",)},
        {"in_force_on": date(2020, 1, 1)},
    ],
    ids=["kind", "collection", "in force on"],
)
def test_a_filter_holds_for_named_articles_and_hops(shelf: Shelf, scope: dict[str, object]) -> None:
    for question in ("시험조달에 관한 법률 제5조", "완료보고서는 며칠 안에 내나요?"):
        assert not {LAW, DECREE} & set(dict(places(shelf.ask(question, limit=60, **scope))))


@pytest.mark.parametrize(
    "scope",
    [{"collection_ids": ("none",)}, {"document_ids": ("none",)}, {"kinds": (SourceKind.NEWS,)}],
)
def test_a_scope_without_documents_gives_nothing(shelf: Shelf, scope: dict[str, object]) -> None:
    found = shelf.ask("국계법 제3조 완료보고서", **scope)
    assert (found.passages, found.sufficiency, found.searched) == ((), 0.0, ())


def test_a_rule_that_begins_later_is_shown_as_not_yet_in_force(shelf: Shelf) -> None:
    (best, *_) = shelf.ask("특례 시험구매의 절차").passages
    assert (best.document_title, best.standing) == (FUTURE, Standing.NOT_YET)
    (later, *_) = shelf.ask("특례 시험구매의 절차", in_force_on=date(2027, 1, 1)).passages
    assert (later.document_title, later.standing) == (FUTURE, Standing.IN_FORCE)


# -- institutions ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Return a shelf of two institutions with the same titles and words, and a public rule."""
    folder = tmp_path_factory.mktemp("town")
    with open_shelf(folder, embedder=BigramEmbedder()) as opened:
        opened.add(numbered("공통 규정", "공통 업무"), institution_id="public")
        for owner, days in (("kim", 7), ("lee", 9)):
            opened.add(
                rule(
                    "우리 기관 시험구매 내규",
                    f"제1조 (목적)\n\n{owner}의 시험구매 내규이다.",
                    f"제3조 (신청)\n\n시험구매 신청은 {days}일 이내에 한다. {owner}만 안다.",
                    "제4조 (준용)\n\n시험구매 보고는 「비밀 지침」 제2조, 「공통 규정」 제2조대로.",
                ),
                institution_id=owner,
            )
        opened.add(numbered("비밀 지침", "비밀 시험구매"), institution_id="lee")
        yield opened.index()


def owners(passages: Sequence[Passage]) -> set[str]:
    return {passage.institution_id for passage in passages}


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    words=st.lists(
        st.sampled_from(
            [
                "우리 기관 시험구매 내규",
                "비밀 지침",
                "제2조",
                "제3조",
                "신청",
                "lee만 안다",
                "9일",
                "비밀",
            ]
        ),
        min_size=1,
        max_size=5,
    ),
    owner=st.sampled_from(["kim", "lee", "public", "nobody"]),
    lane=st.sampled_from(["both", "words", "meaning"]),
    context=st.sampled_from([None, "비밀 지침 제2조"]),
)
def test_no_road_leads_to_the_texts_of_another_institution(
    town: Shelf, words: list[str], owner: str, lane: str, context: str | None
) -> None:
    found = town.ask(
        " ".join(words),
        institution_id=owner,
        limit=50,
        context=context,
        searchers=lanes(town)[lane],
    )
    assert owners(found.passages) <= {owner, "public"}


def test_each_institution_finds_its_own_rule_of_the_same_name(town: Shelf) -> None:
    texts = {
        owner: town.ask("우리 기관 시험구매 내규 제3조", institution_id=owner).passages[0].text
        for owner in ("kim", "lee")
    }
    assert "7일" in texts["kim"]
    assert "9일" in texts["lee"]


def test_a_hop_stays_inside_the_institution(town: Shelf) -> None:
    question = "시험구매 보고는 무엇을 따르나요?"
    kim = town.ask(question, institution_id="kim", limit=1).passages
    lee = town.ask(question, institution_id="lee", limit=1).passages
    assert set(places(kim[1:])) == {("공통 규정", "제2조")}
    assert set(places(lee[1:])) == {("공통 규정", "제2조"), ("비밀 지침", "제2조")}


def test_naming_the_document_of_another_institution_opens_nothing(town: Shelf) -> None:
    (theirs, *_) = town.ask("비밀 지침 제2조", institution_id="lee").passages
    found = town.ask("비밀", institution_id="kim", document_ids=(theirs.document_id,))
    assert found.passages == ()
