"""`gongmun`: the same work from a terminal. Nothing heavy is imported until a command needs it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any, cast

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
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the answer to this file."
)
def ask(question: str, as_json: bool, out: Path | None) -> None:
    """Answer a question, with its sources (질문에 답하기).

    Exit code 2 when no basis was found.
    """
    from assistant.commands.asking import ask_question

    ask_question(question, as_json=as_json, out=out)


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


@main.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
def read(path: Path, as_json: bool) -> None:
    """Show what is read of a file (파일 읽어 보기).

    Nothing is stored. Exit code 1 when the file cannot be read.
    """
    from assistant.commands.files import read_file

    read_file(path, as_json=as_json)


@main.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--to",
    required=True,
    type=click.Choice(["hwpx", "docx", "pdf", "html", "md", "txt"]),
    help="Format to write.",
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="File or folder to write to.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
def convert(path: Path, to: str, out: Path | None, force: bool) -> None:
    """Write a file again in another format (다른 형식으로 바꾸기)."""
    from assistant.commands.files import convert_file

    convert_file(path, to=to, out=out, force=force)


@main.command()
@click.argument(
    "path", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=str)
)
@click.option(
    "--kind",
    type=click.Choice(["memo", "reply", "notice", "report"]),
    help="What it is: some parts are asked for only then.",
)
@click.option("--fix", "is_fixing", is_flag=True, help="Print the text with what is certain fixed.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def lint(path: str, kind: str | None, is_fixing: bool, as_json: bool) -> None:
    """Check the form of an official document (공문서 점검).

    Reads any file, or a text from standard input when PATH is -; the file is never changed.
    Exit code 2 when there is an error or warning, 1 when the file cannot be read.
    """
    from assistant.commands.linting import lint_file

    lint_file(path, kind=kind, is_fixing=is_fixing, as_json=as_json)


@main.command()
@click.argument("kind", required=False)
@click.argument("received_at", required=False)
@click.option(
    "--event",
    "events",
    multiple=True,
    help="What has happened since: name, time, details; may be repeated.",
)
@click.option("--period", help="Published period of the case, as 14일 or 3근무시간.")
@click.option("--closure", "closures", multiple=True, help="Day off of the institution.")
@click.option("--holiday", "holidays", multiple=True, help="Public holiday set since.")
@click.option("--as-of", help="Time to look from; now when absent.")
@click.option("--label", default="", help="Case number before the titles in the calendar.")
@click.option("--ics", type=click.Path(dir_okay=False, path_type=Path), help="Calendar to write.")
@click.option("--json", "as_json", is_flag=True, help="Print the clock as JSON.")
def deadline(*, as_json: bool, ics: Path | None, **entered: Any) -> None:
    r"""Count a deadline (기한 계산).

    For example: gongmun deadline query_procedure "2026-05-04 10:00". Without KIND the kinds are
    listed. Nothing is stored. Exit code 1 when it cannot be counted. Events are written like these:

    \b
      --event "보완요구 2026-05-06 14:00 기한=2026-05-13"   --event "보완 2026-05-12"
      --event "연장 2026-05-11 사유=협조 기간=7일 동의"      --event "이송 2026-05-06 곳=다른기관"
      --event "불산입 2026-05-06 09:00 사유=검사 까지=2026-05-08T18:00"
      --event "중간통지 2026-06-04"                        --event "종결 2026-05-13 결과=답변"
    """
    from assistant.commands.counting import Entered, count_deadline

    count_deadline(Entered(**entered), as_json=as_json, ics=ics)


@main.command()
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option("--table", required=True, help="Name of the table to fill, as product_application.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write: .xlsx, .csv, .json, .hwpx, .docx or .pdf.",
)
@click.option("--title", default="", help="Name of the job; that of the folder when absent.")
@click.option("--grade", type=click.Choice(["O", "S"]), help="Grade of the files.")
@click.option("--json", "as_json", is_flag=True, help="Print what came of it as JSON.")
def batch(
    folder: Path, table: str, out: Path, title: str, grade: str | None, as_json: bool
) -> None:
    """Fill one table from many files (여러 파일을 한 표로).

    Every value comes with its evidence. Exit code 1 when a file could not be read; the others are
    in the table all the same. When the command is ended, `gongmun worker` completes the job.
    """
    from assistant.commands.batching import run_batch

    run_batch(folder, table=table, out=out, title=title, grade=grade, as_json=as_json)


@main.command()
@click.option("--until-idle", is_flag=True, help="End when no job has anything left.")
def worker(*, until_idle: bool) -> None:
    """Do the work of jobs, beside the server or without it (작업 처리).

    Several workers share the work; on several machines with PostgreSQL and a common data folder.
    """
    from assistant.commands.jobbing import work

    work(until_idle=until_idle)


@main.command()
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--out", type=click.Path(path_type=Path), help="File or folder to write drafts to.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["hwpx", "docx", "pdf", "html", "md", "txt"]),
    default="hwpx",
    show_default=True,
    help="Format of what is written.",
)
@click.option("--received-at", help="Time of receipt, as '2026-05-04 10:00'; now when absent.")
@click.option("--number", default="", help="Number of the complaint.")
@click.option("--officer", nargs=3, help="Department, name and contact of who is in charge.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def complaint(files: tuple[Path, ...], *, as_json: bool, format_: str, **entered: Any) -> None:
    """Draft replies to complaints (민원 답변 초안).

    Reads any file, masks personal data, and prints kind, date, points and a draft whose sentences
    carry their sources. Exit code 2 when something is left for a person, 1 when a file cannot be
    read.
    """
    from assistant.commands.complaining import Wanted, answer_complaints

    answer_complaints(files, Wanted(format=format_, **entered), as_json=as_json)


@main.command()
@click.argument("pilot", default="")
@click.option(
    "--kind",
    type=click.Choice(["completion", "plan", "interim", "supplement", "summary", "portfolio"]),
    default="completion",
    show_default=True,
    help="Which report.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(["hwpx", "docx", "pdf", "html", "md", "txt"]),
    multiple=True,
    default=("hwpx",),
    show_default=True,
    help="Format; may be repeated.",
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Folder to."
)
@click.option(
    "--form",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A form of your own in HWPX or DOCX to fill instead.",
)
@click.option("--by", default="명령줄", show_default=True, help="Who takes values over.")
@click.option("--grade", type=click.Choice(["O", "S"]), default="S", show_default=True)
def report(pilot: str, formats: tuple[str, ...], **entered: Any) -> None:
    """Write the report of a pilot (시범사용 보고서).

    PILOT is a stored pilot (id, number or title) or a folder with its plan, results, survey and
    minutes. Values on which the files of a folder agree are taken over; the others are printed.
    """
    from assistant.commands.piloting import Wanted, make_report

    wanted = Wanted(formats=tuple(dict.fromkeys(formats)), **entered)
    make_report(pilot, wanted)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def pilots(as_json: bool) -> None:
    """List the pilots: step, what is due, score (시범사용 목록)."""
    from assistant.commands.piloting import list_pilots

    list_pilots(as_json=as_json)


class _Lazy(click.Group):
    """A group whose commands stand in another module, imported when one of them is used."""

    def __init__(self, *, name: str, text: str, module: str) -> None:
        super().__init__(name=name, help=text)
        self._module = module

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands of the group."""
        return self._group().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command of the group."""
        return self._group().get_command(ctx, cmd_name)

    def _group(self) -> click.Group:
        return cast(click.Group, getattr(import_module(self._module), str(self.name)))


main.add_command(
    _Lazy(
        name="template",
        text="Work with templates in HWPX and DOCX (서식 다루기).",
        module="assistant.commands.templating",
    )
)
main.add_command(
    _Lazy(
        name="jobs",
        text="Look after jobs over many files (작업 보기·멈춤·이어서).",
        module="assistant.commands.jobbing",
    )
)


if __name__ == "__main__":
    main()
