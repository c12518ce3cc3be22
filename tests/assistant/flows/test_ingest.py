"""Files in: acknowledged, read, stored, resumed, refused, and the public corpus."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.domain import DocumentState, Grade
from assistant.errors import (
    AssistantError,
    ConfigurationError,
    DocumentTooLargeError,
    DocumentUnreadableError,
    GradeNotAllowedError,
    NotFoundError,
    StorageFullError,
    UnsupportedFormatError,
)
from assistant.flows.ingest import FileResult, IngestFlow
from assistant.originals import Originals
from assistant.reading import Limits
from assistant.sources import read_sources
from assistant.store import visible_to
from tests.assistant.building import INBOX, OWN, BigramEmbedder, open_office, rule_text
from tests.assistant.flows.ingesting import RULE, detail, receive, wait_until


def test_a_received_file_is_read_in_the_background(tmp_path: Path) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.start()
        office.flow.start()
        document_id = receive(office, "규정.md", RULE)
        assert office.flow.wait_idle(60)
        assert office.keeper.wait_idle(60)
        record = detail(office, document_id).record
        assert (record.state, record.title) == (DocumentState.READY, "가나구 시험구매 규정")
        assert record.chunk_count == 5


def test_the_original_is_kept_under_a_random_name(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        document_id = receive(office, "../../규정.md", RULE)
        upload = office.store.uploads.unfinished()[0]
        path = office.flow.blob_path(upload.blob_id)
        assert path.read_text(encoding="utf-8") == RULE
        assert path.is_relative_to(tmp_path / "blobs")
        assert upload.sha256 == hashlib.sha256(RULE.encode()).hexdigest()
        assert detail(office, document_id).record.state is DocumentState.WAITING


@pytest.mark.parametrize("blob_id", ["../gongmun.db", "", "x" * 32, "ab"])
def test_no_other_file_can_be_named(tmp_path: Path, blob_id: str) -> None:
    with open_office(tmp_path) as office, pytest.raises(NotFoundError):
        office.flow.blob_path(blob_id)


def test_what_was_acknowledged_before_a_stop_is_read_after_the_next_start(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        document_id = receive(office, "규정.md", RULE)
    with open_office(tmp_path) as office:
        office.flow.start()
        assert office.flow.wait_idle(60)
        assert detail(office, document_id).record.chunk_count == 5


def test_the_same_bytes_are_taken_once(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        first = office.put("규정.md", RULE)
        received = office.flow.receive_copy(
            office.files / "규정.md",
            file_name="다른 이름.md",
            institution_id=OWN,
            collection_id=INBOX,
            grade=Grade.OPEN,
        )
        assert (received.duplicate, received.document_id) == (True, first)
        assert len(list((tmp_path / "blobs").glob("*/*"))) == 1


def test_a_changed_file_becomes_a_new_version(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        first = office.put("규정.md", RULE)
        second = office.put("규정.md", RULE.replace("8일", "80일"))
        assert first == second
        versions = office.store.documents.versions(first, institution_ids=visible_to(OWN))
        assert [(version.number, version.chunks_changed) for version in versions] == [
            (2, 2),
            (1, 5),
        ]


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        pytest.param("빈.md", b"", DocumentUnreadableError, id="empty"),
        pytest.param("큰.md", b"x" * 3_000_001, DocumentTooLargeError, id="too large"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_once(
    tmp_path: Path, name: str, content: bytes, error: type[AssistantError]
) -> None:
    with open_office(tmp_path) as office:
        path = office.write(name, content)
        with pytest.raises(error):
            office.flow.receive_copy(
                path, file_name=name, institution_id=OWN, collection_id=INBOX, grade=Grade.OPEN
            )
        assert office.store.uploads.unfinished() == []
        assert list((tmp_path / "blobs").glob("*/*")) == []


def test_grade_c_and_unknown_collections_are_refused_and_leave_nothing(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        path = office.write("규정.md", RULE)
        for collection_id, grade, error in [
            (INBOX, Grade.CLASSIFIED, GradeNotAllowedError),
            ("nowhere", Grade.OPEN, NotFoundError),
        ]:
            with pytest.raises(error):
                office.flow.receive_copy(
                    path,
                    file_name="규정.md",
                    institution_id=OWN,
                    collection_id=collection_id,
                    grade=grade,
                )
        assert list((tmp_path / "blobs").glob("*/*")) == []


def test_on_a_full_disk_no_file_is_taken(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        flow = IngestFlow(
            office.store,
            office.keeper,
            Originals(tmp_path / "blobs"),
            limits=Limits(),
            min_free_bytes=2**62,
        )
        with pytest.raises(StorageFullError):
            flow.receive_copy(
                office.write("규정.md", RULE),
                file_name="규정.md",
                institution_id=OWN,
                collection_id=INBOX,
                grade=Grade.OPEN,
            )


@pytest.mark.parametrize(
    ("name", "content", "code", "reason"),
    [
        pytest.param(
            "그림.pdf", b"\x89PNG\r\n\x1a\n" + bytes(80), "unsupported_format", "image", id="png"
        ),
        pytest.param("가.pdf", b"%PDF-1.7\nnothing", "document_unreadable", "damaged", id="pdf"),
        pytest.param("공백.md", b"\n \n\t", "document_unreadable", None, id="blank"),
    ],
)
def test_a_file_that_cannot_be_read_is_recorded_with_the_reason(
    tmp_path: Path, name: str, content: bytes, code: str, reason: str | None
) -> None:
    with open_office(tmp_path) as office:
        office.flow.start()
        document_id = receive(office, name, content)
        assert office.flow.wait_idle(60)
        record = detail(office, document_id).record
        assert (record.state, record.error_code) == (DocumentState.FAILED, code)
        assert reason is None or record.error_reason == reason


def test_a_failed_file_can_be_tried_again(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        document_id = receive(office, "가.pdf", b"%PDF-1.7\nnothing")
        blob_id = office.store.uploads.unfinished()[0].blob_id
        office.flow.start()
        assert office.flow.wait_idle(60)
        office.flow.blob_path(blob_id).write_bytes(RULE.encode())  # as if the reader had learnt it
        office.flow.retry(document_id, institution_id=OWN)
        assert office.flow.wait_idle(60)
        assert detail(office, document_id).record.error_code is None
        with pytest.raises(NotFoundError):
            office.flow.retry(document_id, institution_id=OWN)


def test_a_file_that_took_the_process_down_five_times_is_given_up(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        document_id = receive(office, "규정.md", RULE)
        upload_id = office.store.uploads.unfinished()[0].upload_id
        for _ in range(5):
            office.store.uploads.claim(upload_id)
        with pytest.raises(DocumentUnreadableError):
            office.flow.run(upload_id)
        assert detail(office, document_id).record.error_reason == "crashed"


def test_an_original_that_is_gone_is_reported(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        receive(office, "규정.md", RULE)
        upload = office.store.uploads.unfinished()[0]
        office.flow.blob_path(upload.blob_id).unlink()
        with pytest.raises(DocumentUnreadableError):
            office.flow.run(upload.upload_id)


def test_a_stop_while_a_file_is_read_leaves_it_in_line(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        office.flow.start()
        document_id = receive(office, "긴 글.txt", "담당 부서는 서류를 보존한다.\n\n" * 60_000)
        wait_until(lambda: detail(office, document_id).record.state is DocumentState.READING)
        office.flow.stop()
        assert [upload.state for upload in office.store.uploads.unfinished()] == ["reading"]
    with open_office(tmp_path) as office:
        office.flow.start()
        assert office.flow.wait_idle(120)
        assert detail(office, document_id).record.error_code is None
        assert office.store.uploads.unfinished() == []


@pytest.mark.parametrize(
    "first_lines",
    [
        "대외비",
        "[대 외 비] (2026. 12. 31.까지)",
        "Ⅱ급비밀\n\n사업 보고",
        "- III급 비밀 -",
        "보안등급: 대외비",
    ],
)
def test_a_paper_with_a_marking_is_refused(tmp_path: Path, first_lines: str) -> None:
    with open_office(tmp_path) as office:
        path = office.write("보고.txt", f"{first_lines}\n\n사업 추진 보고\n\n" + "본문이다.\n" * 20)
        (result,) = office.flow.ingest_paths(
            [path], institution_id=OWN, collection_id=INBOX, grade=Grade.SENSITIVE
        )
        assert (result.outcome, result.code) == ("failed", "grade_not_allowed")
        assert office.store.chunks.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "비밀은 그 중요성에 따라 Ⅰ급비밀, Ⅱ급비밀 및 Ⅲ급비밀로 구분한다.",
        "# 등급 안내\n\n## Ⅰ급비밀\n\n국가에 위해가 있다.\n\n## 대외비\n\n누설을 막는다.\n",
        "대외비 문서의 관리 요령을 정한다.",
        "| 등급 | 뜻 |\n| --- | --- |\n| 대외비 | 밖에 알리지 않는다 |\n",
    ],
    ids=["statute", "guide with headings", "sentence", "table"],
)
def test_a_text_about_markings_is_taken(tmp_path: Path, text: str) -> None:
    with open_office(tmp_path) as office:
        assert office.put("안내.md", text)


def test_folders_are_taken_whole_and_one_failure_stops_nothing(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        for name in ("ㄱ", "ㄴ"):
            (office.files / name).mkdir()
            (office.files / name / "안내.txt").write_text(f"{name}동 주민 안내문이다.", "utf-8")
        (office.files / ".hidden").write_text("숨은 파일", "utf-8")
        office.write("그림.png", b"\x89PNG\r\n\x1a\n" + bytes(80))
        seen: list[tuple[str, int, int]] = []
        results = office.flow.ingest_paths(
            [office.files, tmp_path / "nowhere.md"],
            institution_id=OWN,
            collection_id=INBOX,
            grade=Grade.OPEN,
            progress=lambda result, number, total: seen.append((result.outcome, number, total)),
        )
        assert [result.outcome for result in results] == ["added", "added", "failed", "failed"]
        names = {record.file_name for record in office.store.documents.catalog().values()}
        assert names == {"ㄱ/안내.txt", "ㄴ/안내.txt"}
        assert [number for _, number, _ in seen] == [1, 2, 3, 4]
        assert {r.code for r in results} == {"", UnsupportedFormatError.code, "unreadable_path"}


# -- the public corpus -------------------------------------------------------------------------


def write_corpus(folder: Path, *names: str, **changes: object) -> Path:
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    sources = []
    for name in names:
        text = rule_text(f"{name} 규정", 3, days=int(str(changes.get("days", 7))))
        (folder / "rules" / f"{name}.md").write_text(text, "utf-8")
        sources.append(
            {
                "id": f"rule-{name}",
                "path": f"rules/{name}.md",
                "title": f"{name} 규정(요약)",
                "publisher": "가나구(지어낸 기관)",
                "kind": "notice",
                "collection": "rules",
                "effective_from": changes.get("effective_from", date(2026, 3, 1)),
                "grade": "O",
            }
        )
    (folder / "sources.yaml").write_text(yaml.safe_dump({"sources": sources}), "utf-8")
    return folder


def outcomes(results: list[FileResult]) -> list[str]:
    return [result.outcome for result in results]


def test_the_corpus_carries_what_its_list_says(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", "가", "나")
    with open_office(tmp_path) as office:
        assert outcomes(office.flow.load_corpus(corpus)) == ["added", "added"]
        records = sorted(office.store.documents.catalog().values(), key=lambda r: r.title)
        record = records[0]
        assert (record.title, record.kind, record.grade) == ("가 규정(요약)", "notice", Grade.OPEN)
        assert (record.institution_id, record.collection_id) == ("public", "rules")
        assert (record.effective_from, record.publisher) == (
            date(2026, 3, 1),
            "가나구(지어낸 기관)",
        )


def test_an_unchanged_corpus_is_a_no_op_and_changes_are_followed(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", "가", "나")
    with open_office(tmp_path) as office:
        office.flow.load_corpus(corpus)
        assert outcomes(office.flow.load_corpus(corpus)) == ["duplicate", "duplicate"]
        write_corpus(corpus, "가", "나", effective_from=date(2026, 9, 9))
        assert outcomes(office.flow.load_corpus(corpus)) == ["changed", "changed"]
        dates = {record.effective_from for record in office.store.documents.catalog().values()}
        assert dates == {date(2026, 9, 9)}
        write_corpus(corpus, "나", effective_from=date(2026, 9, 9))
        assert outcomes(office.flow.load_corpus(corpus)) == ["duplicate"]
        assert [r.title for r in office.store.documents.catalog().values()] == ["나 규정(요약)"]


def test_a_corpus_that_was_interrupted_is_finished_with_what_its_list_says(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", "가")
    with open_office(tmp_path) as office:
        (source,) = read_sources(corpus)
        office.flow._receive_source(corpus / source.path, source)
    with open_office(tmp_path) as office:
        office.flow.start()
        assert office.flow.wait_idle(10)
        assert office.store.documents.catalog() == {}
        assert outcomes(office.flow.load_corpus(corpus)) == ["added"]
        (record,) = office.store.documents.catalog().values()
        assert record.title == "가 규정(요약)"


@pytest.mark.parametrize(
    "text",
    [
        "sources: 5",
        "sources: [{id: a}]",
        "{",
        "sources: [{id: a, path: ../../etc/passwd, title: t, kind: law, collection: rules}]",
    ],
)
def test_a_list_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.yaml").write_text(text, "utf-8")
    with open_office(tmp_path) as office, pytest.raises(ConfigurationError):
        office.flow.load_corpus(tmp_path)


def test_a_file_of_the_list_that_is_missing_stops_nothing(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", "가", "나")
    (corpus / "rules" / "가.md").unlink()
    with open_office(tmp_path) as office:
        results = office.flow.load_corpus(corpus)
        assert outcomes(results) == ["failed", "added"]
        assert results[0].code == "unreadable_path"


def test_a_file_that_is_not_searched_stays_out_of_the_index(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", "가", "나")
    listed = yaml.safe_load((corpus / "sources.yaml").read_text("utf-8"))
    listed["sources"][0]["is_searched"] = False
    (corpus / "sources.yaml").write_text(yaml.safe_dump(listed), "utf-8")
    with open_office(tmp_path) as office:
        assert outcomes(office.flow.load_corpus(corpus)) == ["added"]
        assert [r.title for r in office.store.documents.catalog().values()] == ["나 규정(요약)"]


def test_saying_that_a_file_is_searched_reads_nothing_again(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus", "가")
    with open_office(tmp_path) as office:
        office.flow.load_corpus(corpus)
        listed = yaml.safe_load((corpus / "sources.yaml").read_text("utf-8"))
        listed["sources"][0]["is_searched"] = True
        (corpus / "sources.yaml").write_text(yaml.safe_dump(listed), "utf-8")
        assert outcomes(office.flow.load_corpus(corpus)) == ["duplicate"]
