"""`gongmun doctor`: what works and what does not, in words an IT desk can act upon."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import click

from assistant import __version__, llm
from assistant.commands.common import (
    EXIT_FAILED,
    load_settings,
    own_assistant,
    plain_errors,
    print_json,
    running_server,
)
from assistant.health import inspect
from assistant.settings import Settings

_NAMES = {
    "store": "저장소",
    "lexical": "단어 검색",
    "dense": "의미 검색",
    "embedding": "의미 검색 모델",
    "model": "언어 모델",
    "endpoint_configured": "언어 모델 설정",
    "endpoint_reachable": "언어 모델 주소",
    "endpoint_model_listed": "언어 모델 이름",
    "endpoint_completion": "언어 모델 응답",
    "disk": "디스크",
}
_STATES = {
    "fine": "정상",
    "slow": "느림",
    "rebuilding": "준비 중",
    "down": "멈춤",
    "off": "쓰지 않음",
}

_ENDPOINT_STATES = {"cannot_list": "slow"}
_ENDPOINT_WORDS = {
    "": "정상입니다.",
    "not_configured": (
        "주소와 모델 이름 가운데 하나가 없습니다. "
        "ASSISTANT_LLM_BASE_URL과 ASSISTANT_LLM_MODEL을 함께 적으십시오."
    ),
    "cannot_list": "모델 목록을 주지 않는 서버입니다. 아래의 응답 점검을 보십시오.",
    "not_listed": "서버의 목록에 없는 모델입니다. ASSISTANT_LLM_MODEL을 확인하십시오.",
    "unreachable": "주소에 연결할 수 없습니다. 주소와 방화벽을 확인하십시오.",
    "timeout": "시간 안에 응답하지 않았습니다. 서버의 부하를 확인하십시오.",
    "rate_limited": "사용 한도에 걸렸습니다. 잠시 뒤 다시 점검하거나 한도를 늘리십시오.",
    "server_error": "서버가 오류로 답했습니다. 서버의 기록을 확인하십시오.",
    "bad_reply": "약속한 형식의 답이 아닙니다. OpenAI 호환 주소인지(/v1) 확인하십시오.",
    "refused": "서버가 요청을 거절했습니다. ASSISTANT_LLM_API_KEY를 확인하십시오.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the report."""

    name: str
    state: str
    detail: str
    facts: Mapping[str, object]


def check_installation(*, as_json: bool) -> None:
    """Print the state of each part; exit code 1 when something does not work."""
    settings = load_settings()
    with plain_errors():
        server = running_server(settings)
        if server is not None:
            findings = [
                Finding(
                    name=found["name"],
                    state=found["state"],
                    detail=found["detail"],
                    facts=found["facts"],
                )
                for found in server.health()["checks"]
            ]
        else:
            findings = _own_findings(settings)
        findings += _endpoint(settings)
    if as_json:
        print_json(
            {
                "version": __version__,
                "python": sys.version.split()[0],
                "server_running": server is not None,
                "checks": [
                    {"name": f.name, "state": f.state, "detail": f.detail, "facts": dict(f.facts)}
                    for f in findings
                ],
            }
        )
    else:
        _print(findings)
    if any(finding.state == "down" for finding in findings):
        raise SystemExit(EXIT_FAILED)


def _own_findings(settings: Settings) -> list[Finding]:
    with own_assistant(settings) as assistant:
        assistant.keeper.start()
        assistant.keeper.drain_once()
        return [
            Finding(name=check.name, state=check.state, detail=check.detail(), facts=check.facts)
            for check in inspect(assistant)
        ]


def _endpoint(settings: Settings) -> list[Finding]:
    """Try the endpoint itself; an installation without a model has none to try."""
    if not settings.llm_base_url and not settings.llm_model:
        return []
    return [
        Finding(
            name=f"endpoint_{found.check}",
            state="fine" if found.is_fine else _ENDPOINT_STATES.get(found.reason, "down"),
            detail=_ENDPOINT_WORDS.get(found.reason, _ENDPOINT_WORDS["server_error"]),
            facts=found.facts,
        )
        for found in asyncio.run(llm.check(settings))
    ]


def _print(findings: list[Finding]) -> None:
    for finding in findings:
        name = _NAMES.get(finding.name, finding.name)
        click.echo(f"[{_STATES.get(finding.state, finding.state)}] {name}: {finding.detail}")
        for key, value in finding.facts.items():
            click.echo(f"    {key}: {value}")
