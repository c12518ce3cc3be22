"""How each part is doing, in words that an official and an IT desk understand."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from assistant.domain import DEFAULT_INSTITUTION, PUBLIC_INSTITUTION
from assistant.errors import StoreUnavailableError
from assistant.store import IndexName
from assistant.wording import Language

if TYPE_CHECKING:
    from assistant.assembly import Assistant

PartName: TypeAlias = Literal["store", "lexical", "dense", "embedding", "model", "disk"]
PartState: TypeAlias = Literal["fine", "slow", "rebuilding", "down", "off"]
Fact: TypeAlias = str | int | float | bool | None

_WORDS: Mapping[str, tuple[str, str]] = {
    "store:fine": ("자료 저장소가 정상입니다.", "The database works."),
    "store:down": (
        "자료 저장소에 접근할 수 없습니다. 디스크와 권한을 확인하십시오.",
        "The database cannot be reached. Check the disk and its permissions.",
    ),
    "lexical:fine": ("단어 검색이 정상입니다.", "Search by words works."),
    "lexical:rebuilding": (
        "단어 검색 색인을 만들고 있습니다. 끝날 때까지 일부 자료가 나오지 않을 수 있습니다.",
        "The word index is being built; some documents may not be found until it is done.",
    ),
    "lexical:down": (
        "단어 검색 색인을 열 수 없습니다. gongmun reindex --which lexical을 실행하십시오.",
        "The word index cannot be opened. Run gongmun reindex --which lexical.",
    ),
    "dense:fine": ("의미 검색이 정상입니다.", "Search by meaning works."),
    "dense:rebuilding": (
        "의미 검색을 준비하고 있습니다. 그동안 단어 검색으로 답합니다.",
        "Search by meaning is being prepared; questions are answered by words meanwhile.",
    ),
    "dense:down": (
        "의미 검색 색인을 열 수 없습니다. gongmun reindex --which dense를 실행하십시오.",
        "The meaning index cannot be opened. Run gongmun reindex --which dense.",
    ),
    "dense:off": ("의미 검색을 쓰지 않습니다.", "Search by meaning is switched off."),
    "embedding:fine": ("의미 검색 모델이 정상입니다.", "The embedding model works."),
    "embedding:rebuilding": (
        "의미 검색 모델을 불러오고 있습니다.",
        "The embedding model is being loaded.",
    ),
    "embedding:slow": (
        "의미 검색 모델이 느린 방식으로 돌고 있습니다. 새 자료를 준비하는 데 더 걸립니다.",
        "The embedding model runs in its slow mode; new documents take longer.",
    ),
    "embedding:down": (
        "의미 검색 모델을 쓸 수 없어 단어 검색으로 답합니다. 설정과 설치 상태를 확인하십시오.",
        "No embedding model can be used; questions are answered by words. Check the settings.",
    ),
    "embedding:off": ("의미 검색 모델을 쓰지 않습니다.", "No embedding model is set."),
    "model:fine": ("언어 모델이 설정되어 있습니다.", "A language model is set."),
    "model:down": (
        "언어 모델에 연결할 수 없어 근거 문장으로 답합니다. 주소와 키를 확인하십시오.",
        "The language model cannot be reached; answers quote the sources. Check address and key.",
    ),
    "model:off": (
        "언어 모델 없이 근거 문장으로 답합니다.",
        "There is no language model; answers quote the sources.",
    ),
    "disk:fine": ("저장 공간이 넉넉합니다.", "There is enough disk space."),
    "disk:slow": (
        "저장 공간이 얼마 남지 않았습니다. 공간을 늘려 주십시오.",
        "Disk space is getting low. Free some.",
    ),
    "disk:down": (
        "저장 공간이 모자라 파일을 받지 않습니다. 공간을 늘려 주십시오.",
        "There is too little disk space to take files. Free some.",
    ),
}
_EMBEDDING_STATES: Mapping[str, PartState] = {
    "ready": "fine",
    "slow": "slow",
    "doubtful": "slow",
    "unavailable": "down",
    "off": "off",
}
_EVERYONE = (DEFAULT_INSTITUTION, PUBLIC_INSTITUTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The state of one part, with facts for the IT desk."""

    name: PartName
    state: PartState
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def detail(self, language: Language = "ko") -> str:
        """Return one sentence that says how the part is and what to do.

        >>> Check(name="dense", state="off").detail()
        '의미 검색을 쓰지 않습니다.'
        """
        korean, english = _WORDS[f"{self.name}:{self.state}"]
        return english if language == "en" else korean


def overall(checks: Sequence[Check], *, ready: bool) -> Literal["ok", "degraded", "starting"]:
    """Return the state of the whole.

    >>> overall([Check(name="model", state="off")], ready=True)
    'ok'
    """
    if not ready:
        return "starting"
    return "degraded" if any(check.state == "down" for check in checks) else "ok"


def inspect(assistant: Assistant) -> list[Check]:
    """Return the state of each part; cheap enough to be asked every few seconds."""
    return [
        _store(assistant),
        _index(assistant, "lexical"),
        _index(assistant, "dense"),
        _embedding(assistant),
        _model(assistant),
        disk_check(assistant),
    ]


def _store(assistant: Assistant) -> Check:
    try:
        counts = assistant.store.documents.counts(institution_ids=_EVERYONE)
    except StoreUnavailableError:
        return Check(name="store", state="down")
    facts: dict[str, Fact] = {
        "documents": counts.documents,
        "sections": counts.sections,
        "chunks": counts.chunks,
        "waiting": counts.waiting,
        "failed": counts.failed,
    }
    return Check(name="store", state="fine", facts=facts)


def _index(assistant: Assistant, name: IndexName) -> Check:
    report = assistant.keeper.report(name)
    facts: dict[str, Fact] = {
        "done": report.done,
        "total": report.total,
        "pending": report.pending,
    }
    if report.reason:
        facts["reason"] = report.reason
    return Check(name=name, state=report.state, facts=facts)


def _embedding(assistant: Assistant) -> Check:
    status = assistant.embedding_status
    facts: dict[str, Fact] = {"model": status.model_id, "reason": status.reason}
    if status.state == "off" and status.reason == "loading":
        return Check(name="embedding", state="rebuilding")
    return Check(
        name="embedding",
        state=_EMBEDDING_STATES[status.state],
        facts={key: value for key, value in facts.items() if value},
    )


def _model(assistant: Assistant) -> Check:
    if assistant.model is None:
        return Check(name="model", state="off")
    facts: dict[str, Fact] = {
        "name": assistant.model.name,
        "internal": assistant.settings.llm_is_internal,
    }
    return Check(name="model", state="fine", facts=facts)


def disk_check(assistant: Assistant) -> Check:
    """Return whether there is room for more files."""
    settings = assistant.settings
    free = shutil.disk_usage(settings.data_dir).free
    if free < settings.min_free_bytes:
        state: PartState = "down"
    else:
        state = "slow" if free < 2 * settings.min_free_bytes else "fine"
    return Check(name="disk", state=state, facts={"free_bytes": free})
