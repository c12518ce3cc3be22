"""`gongmun ask`: one answer with numbered sources, on the terminal."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import click

from assistant.assembly import Assistant, utc_now
from assistant.commands.common import (
    EXIT_NO_BASIS,
    bring_corpus,
    bring_up_to_date,
    fail,
    load_settings,
    own_assistant,
    plain_errors,
    print_json,
    running_server,
)
from assistant.domain import DEFAULT_INSTITUTION, Answer, Outcome, Passage, Scope, SectionKind
from assistant.errors import QuestionEmptyError, QuestionTooLongError
from assistant.flows.answer import Final
from assistant.flows.answerfile import Answered
from assistant.law.articles import parse_parts, part_label
from assistant.remote import RemoteAssistant
from assistant.settings import Settings
from assistant.text import clean
from assistant.wording import outcome_text
from assistant.wording.notices import notice_text
from assistant.writing import FORMATS

_MARKS = {
    "unchecked": " 〔글자 인식 수치, 원본 확인 필요〕",
    "unsupported": " 〔근거 없음〕",
    "differs": " 〔수치 다름〕",
    "computed": " 〔계산〕",
}


def ask_question(question: str, *, as_json: bool, out: Path | None = None) -> None:
    """Print the answer to `question`; through the running server where there is one.

    An answer with a basis is written to `out` as well, in the format that its ending names.
    """
    settings = load_settings()
    fmt = _format_of(out) if out else None
    with plain_errors():
        text = clean(question).strip()
        if not text:
            raise QuestionEmptyError("no word in the question")
        if len(text) > settings.question_max_chars:
            raise QuestionTooLongError(length=len(text), limit=settings.question_max_chars)
        server = running_server(settings)
        answer, data = (
            _asked_of(server, text, fmt) if server else _answered(settings, text, fmt, as_json)
        )
    if as_json:
        print_json(answer)
    else:
        click.echo(rendered(answer))
    if answer["outcome"] != Outcome.ANSWERED:
        raise SystemExit(EXIT_NO_BASIS)
    if out and data is not None:
        _save(out, data)


def _format_of(out: Path) -> str:
    fmt = out.suffix.lower().removeprefix(".")
    if fmt not in FORMATS:
        endings = ", ".join(f".{one}" for one in FORMATS)
        fail(f"쓸 수 없는 형식입니다: {out.name}. {endings} 가운데 하나로 끝나는 이름을 주십시오.")
    if out.exists():
        fail(f"이미 있는 파일입니다: {out}. 다른 이름을 --out으로 주십시오.")
    return fmt


def _save(out: Path, data: bytes) -> None:
    """Write a file that is not there yet."""
    try:
        with out.open("xb") as file:
            file.write(data)
    except OSError as error:
        fail(f"파일을 쓰지 못했습니다: {out} ({error.strerror}).")
    click.echo(f"파일: {out}", err=True)


def _asked_of(
    server: RemoteAssistant, text: str, fmt: str | None
) -> tuple[dict[str, Any], bytes | None]:
    """Return the answer of the server, and its file where one is asked for."""
    answer = server.ask(text)
    if fmt is None or answer["outcome"] != Outcome.ANSWERED:
        return answer, None
    return answer, server.answer_file(answer["turn_id"], fmt=fmt)


def _answered(
    settings: Settings, text: str, fmt: str | None, is_quiet: bool
) -> tuple[dict[str, Any], bytes | None]:
    """Return an answer made in this process, and its file where one is asked for."""
    with own_assistant(settings) as assistant:
        bring_corpus(assistant, quiet=is_quiet)
        bring_up_to_date(assistant, quiet=is_quiet)
        answer = asyncio.run(_final(assistant, text))
        if fmt is None or answer.outcome is not Outcome.ANSWERED:
            return as_fields(answer), None
        answered = Answered(question=text, answer=answer, answered_at=utc_now())
        file = assistant.answer_files.file_of(answered, fmt, institution_id=DEFAULT_INSTITUTION)
        return as_fields(answer), file.data


async def _final(assistant: Assistant, question: str) -> Answer:
    events = assistant.answer_flow.stream(
        question, scope=Scope(), reference_date=assistant.today(), history=()
    )
    async for event in events:
        if isinstance(event, Final):
            return event.answer
    fail("답을 만들지 못했습니다. gongmun doctor로 상태를 확인하십시오.")


def as_fields(answer: Answer) -> dict[str, Any]:
    """Return the fields of `answer` that a terminal shows, named as over HTTP."""
    passages = {found.key: found for found in answer.passages}
    citations = {one.number: one for sentence in answer.ledger for one in sentence.citations}
    return {
        "outcome": answer.outcome.value,
        "text": answer.text,
        "model": answer.model,
        "notices": list(answer.notices),
        "choices": list(answer.choices),
        "searched": list(answer.searched),
        "elapsed_ms": round(answer.elapsed_ms, 1),
        "sentences": [
            {
                "text": sentence.text,
                "status": sentence.status.value,
                "citation_numbers": [one.number for one in sentence.citations],
                "paragraph_start": sentence.paragraph_start,
            }
            for sentence in answer.ledger
        ],
        "citations": [
            {
                "number": number,
                "document_id": one.document_id,
                "title": passages[one.key].document_title,
                "label": _label(passages[one.key], one.start),
                "quote": one.quote,
                "effective_from": passages[one.key].effective_from,
            }
            for number, one in sorted(citations.items())
            if one.key in passages
        ],
    }


def _label(passage: Passage, start: int) -> str:
    if passage.section_kind is not SectionKind.ARTICLE:
        return passage.label
    return part_label(passage.label, parse_parts(passage.text), start)


def rendered(answer: dict[str, Any]) -> str:
    """Return an answer as lines: sentences with numbers, then the numbered sources."""
    lines: list[str] = []
    if "corpus_loading" in answer["notices"]:
        lines += [f"※ {notice_text('corpus_loading')}", ""]
    if said := outcome_text(Outcome(answer["outcome"])):
        lines += [said, *(f"  - {one}" for one in answer["choices"])]
    paragraph = ""
    for sentence in answer["sentences"]:
        if sentence["paragraph_start"] and paragraph:
            lines += [paragraph, ""]
            paragraph = ""
        numbers = "".join(f"[{number}]" for number in sentence["citation_numbers"])
        mark = _MARKS.get(sentence["status"], "")
        paragraph = f"{paragraph} {sentence['text']}{numbers}{mark}".strip()
    lines.append(paragraph)
    if answer["citations"]:
        lines += ["", "근거"]
    for citation in answer["citations"]:
        since = f" ({citation['effective_from']} 시행)" if citation["effective_from"] else ""
        quote = " ".join(citation["quote"].split())
        lines.append(f"[{citation['number']}] {citation['title']} {citation['label']}{since}")
        lines.append(f"    {quote}")
    return "\n".join(lines).strip()
