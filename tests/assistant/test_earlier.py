import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.chunking import chunk
from assistant.domain import DEFAULT_INSTITUTION, Grade, Retrieval, Scope, Standing
from assistant.embedding import EmbeddingStatus
from assistant.indexing import IndexKeeper
from assistant.reading import Limits, read_in_process
from assistant.retrieval import HybridRetriever, Searchers
from assistant.store import NewUpload, NewVersion, Store

RULE = """---
제목: 가나 규정
법령구분: 고시
시행일자: {effective}
---

# 가나 규정

##### 제1조 (목적)

목적을 정한다.

##### 제2조 (제출 기한)

보고서는 {days}일 이내에 제출한다.

##### 제3조 (기타)

그 밖의 일을 정한다.
"""


def add(store: Store, *, effective: str, days: int) -> None:
    data = RULE.format(effective=effective, days=days).encode()
    received = store.uploads.receive(
        NewUpload(
            institution_id=DEFAULT_INSTITUTION,
            collection_id="inbox",
            file_name="가나.md",
            sha256=hashlib.sha256(data).hexdigest(),
            size_bytes=len(data),
            grade=Grade.OPEN,
            blob_id="",
        )
    )
    assert received.upload_id is not None
    store.uploads.claim(received.upload_id)
    document = read_in_process(data, file_name="가나.md", limits=Limits())
    store.documents.add_version(
        received.upload_id, NewVersion(chunked=chunk(document), media_type=document.media_type)
    )


@pytest.fixture
def retriever(tmp_path: Path) -> Iterator[HybridRetriever]:
    with Store.open(f"sqlite:///{tmp_path / 'gongmun.db'}") as store:
        keeper = IndexKeeper(
            store, tmp_path / "indexes", make_embedder=lambda: (None, EmbeddingStatus(state="off"))
        )
        add(store, effective="2025-01-01", days=7)
        add(store, effective="2026-02-03", days=30)
        keeper.drain_lexical()
        yield HybridRetriever(
            store=store,
            searchers=lambda: Searchers(words=keeper.lexical, meaning=None, embedder=None),
            today=lambda: date(2026, 11, 23),
        )
        keeper.stop()


def ask(retriever: HybridRetriever, question: str, on: date | None) -> Retrieval:
    return retriever.retrieve(question, scope=Scope(in_force_on=on), limit=3)


@pytest.mark.parametrize(
    ("on", "days", "standing"),
    [
        pytest.param(None, 30, Standing.IN_FORCE, id="no date: the current version"),
        pytest.param(date(2026, 2, 3), 30, Standing.IN_FORCE, id="the day it takes effect"),
        pytest.param(date(2026, 2, 2), 7, Standing.SUPERSEDED, id="the day before"),
        pytest.param(date(2025, 1, 1), 7, Standing.SUPERSEDED, id="the first day of the first"),
    ],
)
def test_a_question_is_answered_from_the_version_in_force_on_its_date(
    retriever: HybridRetriever, on: date | None, days: int, standing: Standing
) -> None:
    best = ask(retriever, "보고서 제출 기한은 며칠인가요?", on).passages[0]
    assert f"{days}일 이내" in best.text
    assert best.standing is standing


def test_before_the_first_version_there_is_nothing(retriever: HybridRetriever) -> None:
    assert ask(retriever, "보고서 제출 기한은 며칠인가요?", date(2024, 12, 31)).passages == ()


def test_an_article_named_by_its_number_is_opened_in_the_version_of_the_date(
    retriever: HybridRetriever,
) -> None:
    best = ask(retriever, "가나 규정 제2조", date(2025, 6, 1)).passages[0]
    assert best.via == "reference"
    assert "7일 이내" in best.text
