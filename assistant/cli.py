"""`gongmun`: the same work from a terminal. Nothing heavy is imported until a command needs it."""

from __future__ import annotations

from pathlib import Path

import click

from assistant import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="gongmun")
def main() -> None:
    """Ask the rules, and open the source of every sentence of the answer.

    규정에 묻고, 답의 문장마다 근거를 엽니다. 설정은 환경 변수 ASSISTANT_* 또는 .env에 적습니다.
    """


@main.command()
@click.option("--host", help="Address to listen on (loopback only).")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on.")
def run(host: str | None, port: int | None) -> None:
    """Serve the page (페이지 열기)."""
    from assistant.commands.serving import serve

    serve(host=host, port=port)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--collection", help="Id or name of the collection; your inbox when absent.")
@click.option("--grade", type=click.Choice(["O", "S"]), help="Grade of the files.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def ingest(
    paths: tuple[Path, ...], collection: str | None, grade: str | None, as_json: bool
) -> None:
    """Put files and folders in (파일·폴더 넣기).

    Exit code 1 when a file could not be read.
    """
    from assistant.commands.ingesting import ingest_files

    ingest_files(paths, collection=collection, grade=grade, as_json=as_json)


@main.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def ask(question: str, as_json: bool) -> None:
    """Answer a question, with its sources (질문에 답하기).

    Exit code 2 when no basis was found.
    """
    from assistant.commands.asking import ask_question

    ask_question(question, as_json=as_json)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def documents(as_json: bool) -> None:
    """List the documents (자료 목록)."""
    from assistant.commands.upkeep import list_documents

    list_documents(as_json=as_json)


@main.command()
@click.option(
    "--which",
    type=click.Choice(["lexical", "dense", "all"]),
    default="all",
    show_default=True,
    help="Index to build anew: by words, by meaning, or both.",
)
def reindex(which: str) -> None:
    """Build the search indexes anew (색인 다시 만들기)."""
    from assistant.commands.upkeep import rebuild_indexes

    rebuild_indexes(which)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Check what works and what does not (설치 점검).

    Exit code 1 when something does not work.
    """
    from assistant.commands.checking import check_installation

    check_installation(as_json=as_json)


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Copy database and files to a new folder (자료 복사).

    Works while the server runs; the indexes are rebuilt from the copy when it is used.
    """
    from assistant.commands.upkeep import back_up

    back_up(path)


if __name__ == "__main__":
    main()
