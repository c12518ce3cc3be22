"""Files that are deleted on their way in, and come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import DocumentState
from tests.assistant.building import OWN, open_office
from tests.assistant.flows.ingesting import RULE, detail, receive, wait_until

LONG = "담당 부서는 서류를 보존한다.\n\n" * 20_000


@pytest.mark.parametrize("given_up", [False, True], ids=["at once", "after reading was given up"])
def test_a_file_deleted_while_it_is_read_is_read_when_it_comes_back(
    tmp_path: Path, given_up: bool
) -> None:
    with open_office(tmp_path) as office:
        office.flow.start()
        document_id = receive(office, "긴 글.txt", LONG)
        wait_until(lambda: detail(office, document_id).record.state is DocumentState.READING)
        office.store.documents.delete(document_id, institution_id=OWN)
        if given_up:
            assert office.flow.wait_idle(60)
        back = office.flow.restore(document_id, institution_id=OWN).record
        # The reader may have taken it up again by now.
        assert back.state in {DocumentState.WAITING, DocumentState.READING}
        assert back.error_code is None
        assert office.flow.wait_idle(60)
        record = detail(office, document_id).record
        assert (record.error_code, record.version_number) == (None, 1)


def test_a_file_deleted_while_it_waits_is_read_after_a_start_when_it_comes_back(
    tmp_path: Path,
) -> None:
    with open_office(tmp_path) as office:
        document_id = receive(office, "규정.md", RULE)
        office.store.documents.delete(document_id, institution_id=OWN)
    with open_office(tmp_path) as office:
        office.flow.start()
        office.flow.restore(document_id, institution_id=OWN)
        assert office.flow.wait_idle(60)
        assert detail(office, document_id).record.version_number == 1


def test_a_restored_document_keeps_its_own_failure(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        office.flow.start()
        document_id = receive(office, "그림.pdf", b"%PDF-1.7 broken")
        assert office.flow.wait_idle(60)
        before = detail(office, document_id).record
        office.store.documents.delete(document_id, institution_id=OWN)
        after = office.flow.restore(document_id, institution_id=OWN).record
        assert after.error_code == before.error_code == "document_unreadable"
