"""What the commands share: settings, plain error lines, and who holds the data folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from assistant.assembly import Assistant, build
from assistant.datafolder import claim, server_address
from assistant.domain import PUBLIC_INSTITUTION
from assistant.errors import AssistantError, ConfigurationError
from assistant.remote import RemoteAssistant, RemoteError
from assistant.settings import Settings
from assistant.sources import FILE_NAME as SOURCES_FILE
from assistant.sources import fingerprints
from assistant.wording import describe

EXIT_FAILED = 1
EXIT_NO_BASIS = 2
EXIT_SETTINGS = 3
_STARTS_WITHIN_S = 20.0  # on a busy machine, from the claim of a server to where it listens


def fail(text: str, exit_code: int = EXIT_FAILED) -> NoReturn:
    """End the command with one line."""
    click.echo(text, err=True)
    raise SystemExit(exit_code)


def print_json(value: object) -> None:
    """Print `value` for another program to read."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn an error that was foreseen into one line that says what to do."""
    try:
        yield
    except RemoteError as error:
        fail(error.detail or describe(error))
    except ConfigurationError as error:
        fail(f"{describe(error)} ({error})", EXIT_SETTINGS)
    except AssistantError as error:
        fail(describe(error))


def load_settings(*, host: str | None = None, port: int | None = None) -> Settings:
    """Return the settings of the environment; end the command when one is wrong."""
    given = {"host": host, "port": port}
    try:
        return Settings.model_validate(
            {name: value for name, value in given.items() if value is not None}
        )
    except ValidationError as error:
        names = sorted({f"ASSISTANT_{str(found['loc'][0]).upper()}" for found in error.errors()})
        fail(
            f"설정 값이 올바르지 않습니다: {', '.join(names)}. README의 설정 표를 보고 고치십시오.",
            EXIT_SETTINGS,
        )


def running_server(settings: Settings) -> RemoteAssistant | None:
    """Return the server that holds the data folder, where there is one."""
    address = server_address(settings.data_dir, wait_s=_STARTS_WITHIN_S)
    return RemoteAssistant(address) if address else None


@contextmanager
def own_assistant(settings: Settings) -> Iterator[Assistant]:
    """Claim the data folder, and give an assistant that is not yet started.

    Raises:
        AlreadyRunningError: Another process has the folder.
    """
    taken = claim(settings.data_dir)
    try:
        assistant = build(settings)
        try:
            yield assistant
        finally:
            assistant.stop()
    finally:
        taken.release()


@contextmanager
def bar(words: str, *, quiet: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on standard error; call what it gives with how many of all are done."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=quiet) as progress:
        task = progress.add_task(words, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def bring_corpus(assistant: Assistant, *, quiet: bool = False) -> None:
    """Read the corpus that comes with the program, as the server does when it starts.

    Costs a look at each file where nothing has changed.
    """
    folder = assistant.settings.corpus_dir
    if not (folder / SOURCES_FILE).exists():
        return
    held = assistant.store.uploads.fingerprints(institution_id=PUBLIC_INSTITUTION)
    if fingerprints(folder) == held:
        return
    with bar("기본 자료 읽기", quiet=quiet) as advance:
        assistant.ingest.load_corpus(folder, lambda _, done, total: advance(done, total))


def bring_up_to_date(assistant: Assistant, *, quiet: bool = False) -> None:
    """Let both indexes take in what the store holds."""
    with bar("단어 검색 준비", quiet=quiet) as advance:
        assistant.keeper.drain_lexical(advance)
    with bar("의미 검색 준비", quiet=quiet) as advance:
        assistant.keeper.drain_dense(advance)
