"""Settings, read from the environment or `.env`; built only at the entry points."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be set; each field is `ASSISTANT_<NAME>` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_",
        env_file=".env",
        env_file_encoding="utf-8",
        frozen=True,
        extra="ignore",
    )

    data_dir: Path = Field(
        default=Path("var"), description="Folder for the database, indexes, uploads and caches"
    )
    database_url: str = Field(
        default="", description="SQLAlchemy URL; empty means SQLite in the data folder"
    )
    corpus_dir: Path = Field(
        default=Path("corpus"), description="Folder of the public corpus, read at start"
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on; loopback only")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on")

    llm_base_url: str = Field(
        default="", description="OpenAI-compatible endpoint; empty means no language model"
    )
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="Key for that endpoint")
    llm_model: str = Field(default="", description="Name of the chat model at that endpoint")
    llm_use_responses_api: bool = Field(
        default=False, description="Use the Responses API instead of Chat Completions"
    )
    llm_internal: bool = Field(
        default=False,
        description="The endpoint is inside the institution: grade S text may be sent to it",
    )
    llm_deadline_s: float = Field(
        default=90.0, gt=0, le=600, description="Total time for one reply, retries included"
    )
    llm_read_timeout_s: float = Field(
        default=20.0, gt=0, le=300, description="Longest silence within a reply"
    )
    llm_max_chars: int = Field(
        default=20_000, ge=200, le=200_000, description="A reply is cut after this many characters"
    )
    llm_max_concurrent: int = Field(
        default=8, ge=1, le=256, description="Replies under way at once"
    )

    llm_prompt_won: float = Field(
        default=0.0, ge=0, description="Price of a million tokens sent, in won; 0 means unknown"
    )
    llm_completion_won: float = Field(
        default=0.0, ge=0, description="Price of a million tokens written, in won"
    )

    jobs_database_url: str = Field(
        default="",
        description="Where the queue of jobs stands; empty means beside the database",
    )
    jobs_at_once: int = Field(
        default=12, ge=1, le=256, description="Files of jobs under way at once in one process"
    )
    jobs_at_once_everywhere: int = Field(
        default=48, ge=1, le=2048, description="Files under way at once in all processes together"
    )
    jobs_per_minute: int = Field(
        default=0,
        ge=0,
        le=100_000,
        description="Files begun in a minute in all processes together; 0 means no limit",
    )

    pilot_thresholds: str = Field(
        default="",
        description="YAML file with own thresholds of the reference assessment of pilots",
    )

    embedding_backend: Literal["builtin", "endpoint", "none"] = Field(
        default="builtin", description="builtin (no network), endpoint, or none (words only)"
    )
    embedding_base_url: str = Field(
        default="", description="OpenAI-compatible embeddings endpoint (backend `endpoint`)"
    )
    embedding_api_key: SecretStr = Field(default=SecretStr(""), description="Key for it")
    embedding_model: str = Field(default="", description="Name of the embedding model")
    embedding_internal: bool = Field(
        default=False, description="That endpoint is inside the institution (grade S allowed)"
    )
    embedding_threads: int = Field(
        default=2, ge=1, le=64, description="Processor threads for the built-in embedding"
    )

    retrieval_limit: int = Field(
        default=8, ge=1, le=50, description="Passages looked at for one answer"
    )
    answer_max_chars: int = Field(
        default=700, ge=200, le=4000, description="Longest answer made without a model"
    )
    question_max_chars: int = Field(
        default=4_000, ge=100, le=50_000, description="Longest question accepted"
    )
    chat_max_concurrent: int = Field(
        default=200, ge=1, le=5000, description="Answers under way at once; more are asked to wait"
    )
    upload_max_bytes: int = Field(
        default=100 * 1024 * 1024, ge=1024, description="Largest file accepted"
    )
    default_grade: Literal["O", "S"] = Field(
        default="S", description="Grade of a file whose uploader names none"
    )
    reader_timeout_s: float = Field(
        default=60.0, gt=0, le=600, description="Longest time to read one file"
    )
    reader_memory_bytes: int = Field(
        default=1_000_000_000, ge=200_000_000, description="Memory limit of the file reader"
    )
    min_free_bytes: int = Field(
        default=200_000_000, ge=0, description="Refuse uploads when the disk has less than this"
    )

    @property
    def resolved_database_url(self) -> str:
        """The URL in use: as set, or SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'gongmun.db'}"

    @property
    def llm_is_internal(self) -> bool:
        """Whether text sent to the language model stays inside: so declared, or on this machine."""
        return self.llm_internal or _is_this_machine(self.llm_base_url)

    @property
    def embedding_is_internal(self) -> bool:
        """Whether text to be embedded stays inside: built in, so declared, or on this machine."""
        if self.embedding_backend != "endpoint":
            return True
        return self.embedding_internal or _is_this_machine(self.embedding_base_url)


def _is_this_machine(url: str) -> bool:
    """Return whether `url` names this machine.

    >>> _is_this_machine("http://127.0.0.1:8080/v1"), _is_this_machine("https://example.org/v1")
    (True, False)
    """
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
