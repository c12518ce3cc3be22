"""Settings come from the environment, are safe when nothing is set, and keep their secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assistant.settings import Settings


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_with_nothing_set_no_text_leaves_the_machine() -> None:
    settings = Settings()
    assert settings.host == "127.0.0.1"
    assert (settings.llm_base_url, settings.embedding_backend) == ("", "builtin")
    assert not settings.llm_internal
    assert settings.default_grade == "S"


def test_a_setting_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_RETRIEVAL_LIMIT", "12")
    monkeypatch.setenv("RETRIEVAL_LIMIT", "3")
    assert Settings().retrieval_limit == 12


def test_a_setting_is_read_from_a_file_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("ASSISTANT_PORT=9001\nASSISTANT_LLM_MODEL=가나\nOTHER=1\n")
    monkeypatch.setenv("ASSISTANT_PORT", "9002")
    settings = Settings()
    assert (settings.port, settings.llm_model) == (9002, "가나")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("port", 70_000),
        ("retrieval_limit", 0),
        ("answer_max_chars", 10),
        ("llm_deadline_s", 0),
        ("embedding_backend", "cloud"),
        ("default_grade", "C"),
        ("upload_max_bytes", 0),
    ],
)
def test_a_value_out_of_bounds_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValidationError, match=field):
        Settings(**{field: value})  # type: ignore[arg-type]


def test_keys_are_not_shown() -> None:
    shown = repr(Settings(llm_api_key="very-secret", embedding_api_key="very-secret"))  # type: ignore[arg-type]
    assert "very-secret" not in shown


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        Settings().port = 1  # type: ignore[misc]


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_each_setting_says_what_it_does(name: str) -> None:
    description = Settings.model_fields[name].description or ""
    assert len(description) >= 10
    assert not description.endswith(".")


def test_the_database_lies_in_the_data_folder_unless_named(tmp_path: Path) -> None:
    assert Settings(data_dir=tmp_path).resolved_database_url == f"sqlite:///{tmp_path}/gongmun.db"
    named = Settings(database_url="postgresql://db/gongmun")
    assert named.resolved_database_url == "postgresql://db/gongmun"
