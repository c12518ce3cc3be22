"""Write the files of the invented pilots in the corpus: `python -m tests.pilot_files`.

Their words stand in `tests/data/pilots/*.md`; the forms are written by our own writers, so that
reading them tests the road of an official who uploads a plan in Hangul and figures in Excel.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from assistant.domain import Block, BlockKind
from assistant.reading import DEFAULT_LIMITS, read_in_process
from assistant.writing import write
from assistant.writing.from_document import to_draft
from assistant.writing.tables import CellValue, NamedTable, write_tables

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "tests" / "data" / "pilots"
CORPUS = ROOT / "corpus"
FOLDERS = {"가람시": "가람시_화재감지", "나래군": "나래군_도로파임", "다솜시": "다솜시_상담요약"}
FORMATS = {"수행계획서": "hwpx", "측정값": "xlsx", "설문": "csv", "회의록": "docx"}
# Minutes come in every format.
EXCEPTIONS = {"가람시_회의록": "hwpx", "다솜시_회의록": "pdf"}

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def targets() -> Iterator[tuple[Path, Path]]:
    """Yield the file with the words and the file of the corpus that is made of it."""
    for words in sorted(WORDS.glob("*.md")):
        place, kind = words.stem.split("_", 1)
        suffix = EXCEPTIONS.get(words.stem, FORMATS[kind])
        yield words, CORPUS / "pilots" / FOLDERS[place] / f"{words.stem}.{suffix}"


def make(words: Path, suffix: str) -> bytes:
    """Return the file that says what `words` say."""
    document = read_in_process(words.read_bytes(), file_name=words.name, limits=DEFAULT_LIMITS)
    if suffix in {"xlsx", "csv"}:
        tables = list(_tables(document.blocks))
        return write_tables(tables, "xlsx" if suffix == "xlsx" else "csv")
    return write(to_draft(document), suffix)


def _tables(blocks: tuple[Block, ...]) -> Iterator[NamedTable]:
    name = ""
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            name = block.text
        elif block.kind is BlockKind.TABLE:
            header, *rows = [[cell.text for cell in row] for row in block.rows]
            yield NamedTable(
                name=name, header=tuple(header), rows=[[_value(text) for text in r] for r in rows]
            )


def _value(text: str) -> CellValue:
    if not _NUMBER.fullmatch(text):
        return text or None
    return Decimal(text) if "." in text else int(text)


def main() -> None:
    """Write the files, and their checksums into `sources.yaml`."""
    listing = (CORPUS / "sources.yaml").read_text(encoding="utf-8")
    for words, target in targets():
        data = make(words, target.suffix[1:])
        target.write_bytes(data)
        inner = target.relative_to(CORPUS).as_posix()
        sha256 = hashlib.sha256(data).hexdigest()
        listing = re.sub(
            rf'(path: "{re.escape(inner)}"\n(?:    .*\n)*?    sha256: )\w+',
            rf"\g<1>{sha256}",
            listing,
        )
    (CORPUS / "sources.yaml").write_text(listing, encoding="utf-8")


if __name__ == "__main__":
    main()
