"""What the routes are handed: the assistant, the settings and who is asking."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from api.chats import ChatRegistry
from api.errors import language_of
from assistant.assembly import Assistant
from assistant.domain import DEFAULT_INSTITUTION
from assistant.settings import Settings
from assistant.store import visible_to
from assistant.wording import Language

if TYPE_CHECKING:
    from starlette.datastructures import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """On whose behalf a request is made; every read and write is bounded by it."""

    institution_id: str
    institution_name: str

    @property
    def visible(self) -> tuple[str, ...]:
        """The institutions whose texts may be read: the own one and the public corpus."""
        return visible_to(self.institution_id)


def _state(request: Request) -> State:
    state: State = request.app.state
    return state


def get_principal() -> Principal:
    """Return who is asking: the one institution there is until accounts exist."""
    return Principal(institution_id=DEFAULT_INSTITUTION, institution_name="우리 기관")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything that a route needs to know of the request beside its own parameters."""

    assistant: Assistant
    settings: Settings
    chats: ChatRegistry
    principal: Principal
    language: Language


PrincipalDep = Annotated[Principal, Depends(get_principal)]


def get_context(request: Request, principal: PrincipalDep) -> Context:
    """Return the context of a request."""
    state = _state(request)
    return Context(
        assistant=state.assistant,
        settings=state.settings,
        chats=state.chats,
        principal=principal,
        language=language_of(request.headers),
    )


ContextDep = Annotated[Context, Depends(get_context)]
