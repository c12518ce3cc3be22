"""Shapes of what the installation says of itself."""

from __future__ import annotations

from typing import Literal

from api.schemas.base import View


class CheckView(View):
    """The state of one part, in a sentence an official understands."""

    name: Literal["store", "lexical", "dense", "embedding", "model", "disk"]
    state: Literal["fine", "slow", "rebuilding", "down", "off"]
    detail: str
    facts: dict[str, str | int | float | bool | None]


class ProgressView(View):
    """How far background work is."""

    done: int
    total: int


class HealthView(View):
    """How the installation is doing."""

    status: Literal["ok", "degraded", "starting"]
    version: str
    checks: list[CheckView]
    embedding: ProgressView
    documents: int
    chunks: int


class NamedView(View):
    """An id with its name."""

    id: str
    name: str


class ModelView(View):
    """Whether a language model is set."""

    configured: bool
    name: str


class LimitsView(View):
    """The limits that the page must know."""

    question_max_chars: int
    upload_max_bytes: int


class MeView(View):
    """Who is asking, and what this installation offers."""

    institution: NamedView
    person: NamedView | None
    model: ModelView
    words_only: bool
    limits: LimitsView
    version: str
    file_types: list[str]
