"""An installation whose model lies outside, and what a test does there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import assistant.settings
from api.app import create_app
from assistant import assembly
from assistant.settings import Settings
from tests.api.events import parse
from tests.fakes import FakeEndpoint, fake_endpoint

BY = "주무관 보기"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An installation whose model lies outside."""

    client: TestClient
    endpoint: FakeEndpoint

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        response = self.client.post(f"/api{path}", json=body)
        assert response.status_code in {200, 201, 202}, response.text
        return dict(response.json())

    def upload(self, path: str, text: str, **query: str) -> dict[str, Any]:
        response = self.client.post(f"/api{path}", params=query, content=text.encode())
        assert response.status_code in {200, 201, 202}, response.text
        return dict(response.json())

    def wait(self) -> None:
        """Wait until every file can be found."""
        assert self.client.app.state.assistant.wait_idle(timeout_s=60)  # type: ignore[attr-defined]

    def pilot(
        self, grade: str, files: dict[str, tuple[str, str]], title: str = "감지기", **values: str
    ) -> str:
        """Make a pilot of a grade with documents {name: (grade, text)} and values in its record."""
        changes = [{"place": place, "value": value} for place, value in values.items()]
        made = self.post("/pilots", title=title, by=BY, grade=grade, changes=changes)
        for name, (of_file, text) in files.items():
            sent = self.upload("/documents", text, file_name=name, grade=of_file)
            document_id = sent["document"]["document_id"]
            parse(self.client.get(f"/api/documents/{document_id}/events").text)
            self.post(f"/pilots/{made['pilot_id']}/documents", document_id=document_id, by=BY)
        return str(made["pilot_id"])

    def report(self, pilot_id: str) -> str:
        """Make a report on a pilot; only what it sends is recorded."""
        self.endpoint.requests.clear()
        return str(self.post(f"/pilots/{pilot_id}/report", by=BY)["paper_id"])

    def job(self, name: str, text: str, grade: str) -> tuple[str, str]:
        """Run a job over one file; only what it sends is recorded."""
        job_id = self.post("/jobs", table="product_application", by=BY, title="신청")["job_id"]
        self.endpoint.requests.clear()
        row = self.upload(f"/jobs/{job_id}/files", text, file_name=name, grade=grade)
        self.client.get(f"/api/jobs/{job_id}/events")
        return str(job_id), str(row["item_id"])


@contextmanager
def office_with_a_model_outside(folder: Path, **settings: Any) -> Iterator[Office]:
    """Open one; the stand-in listens on this machine, which else counts as inside."""
    with pytest.MonkeyPatch.context() as patch, fake_endpoint() as endpoint:
        patch.setattr(assistant.settings, "_is_this_machine", lambda _: False)
        made = Settings(
            **(
                {
                    "data_dir": folder / "var",
                    "corpus_dir": folder / "corpus",
                    "embedding_backend": "none",
                    "min_free_bytes": 0,
                    "llm_base_url": endpoint.base_url,
                    "llm_model": "outside",
                    "_env_file": None,
                }
                | settings
            )
        )
        app = create_app(assembly.build(made), made)
        with TestClient(app, base_url="http://127.0.0.1") as client:
            yield Office(client=client, endpoint=endpoint)
