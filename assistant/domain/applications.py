"""A table over many files: its columns, and for each file one row of cells with their evidence.

Everything here holds plain values only (text, numbers, tuples, enums, dates), so that a type
adapter turns it into JSON and back.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from assistant.domain.answers import Ledger
from assistant.domain.documents import Grade, ReadWarning

# -- columns ------------------------------------------------------------------------------------


class ColumnType(StrEnum):
    """What the values of a column are, and the canonical form that `CellValue.value` has."""

    TEXT = "text"  # one line of text
    PASSAGE = "passage"  # a few sentences
    NUMBER = "number"  # decimal digits, `1234.5`
    WON = "won"  # whole won, `125000000`
    PERCENT = "percent"  # `45.5`
    DATE = "date"  # `2031-05-12`; `2031-05` and `2031` where the source says no more
    CHOICE = "choice"  # one of `Column.choices`
    BUSINESS_NUMBER = "business_number"  # 사업자등록번호, `123-45-67890`, checksum
    CORPORATE_NUMBER = "corporate_number"  # 법인등록번호, `110111-1234567`, checksum
    ITEM_CODE = "item_code"  # 세부품명번호, 10 digits
    PRODUCT_CODE = "product_code"  # 물품식별번호, 8 digits
    PATENT = "patent"  # 특허ㆍ실용신안 registration, `10-1234567`


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An allowed value of a column and the other words that stand for it in files."""

    value: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it holds and how its value is found in a file.

    `name` is the key in exports and stays the same; `label` is the Korean heading; `meaning` says
    what is looked for, to officials and to a model. `labels` are the words that stand beside the
    value in forms, `patterns` regular expressions with a group `value` for running text (shipped
    column sets only). `group` names columns whose values stand in the same row of a list, such
    as the number and the expiry of each patent. `pick` says which end of a range of dates is
    meant (존속기간 2021. 3. 4. ~ 2039. 5. 6.). `low` and `high` bound numbers.
    """

    name: str
    label: str
    meaning: str
    type: ColumnType
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    labels: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    group: str = ""
    required: bool = False
    many: bool = False
    pick: Literal["first", "last"] = "first"
    low: float | None = None
    high: float | None = None


class PaperNeed(StrEnum):
    """When a paper has to be handed in."""

    ALWAYS = "always"
    WHERE_APPLICABLE = "where_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredPaper:
    """A paper that belongs to an application; `labels` are the names it goes by in files."""

    name: str
    label: str
    need: PaperNeed
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSet:
    """What a table over many files asks of each of them.

    `is_shipped` sets come with the product; officials copy them to change them.
    """

    name: str
    version: int
    title: str
    purpose: str
    columns: tuple[Column, ...]
    papers: tuple[RequiredPaper, ...] = ()
    is_shipped: bool = False

    @property
    def reference(self) -> str:
        """What is stored with every result: `product_application@1`."""
        return f"{self.name}@{self.version}"

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what is asked: two sets with the same one give the same results."""
        asked = [asdict(column) for column in self.columns]
        papers = [asdict(paper) for paper in self.papers]
        text = json.dumps([asked, papers], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


# -- rows ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEvidence:
    """The place of a file that a value was read from.

    The quote is `text[start:end]` of the place: of block `block` (`Locator.ordinal`), or, in a
    table, of the cell that stands at `row` and `column` of its full grid (`tablegrid.grid`, 0 is
    the first). `section`, `section_start` and `section_end` give the same quote in the sections
    that `chunking.chunk` cuts the file into, for the page that opens sources; None where the quote
    does not stand there word for word. `label` is the text that the value stood beside.
    """

    file_name: str
    block: int
    start: int
    end: int
    quote: str
    row: int | None = None
    column: int | None = None
    page: int | None = None
    label: str = ""
    is_ocr: bool = False
    section: int | None = None
    section_start: int | None = None
    section_end: int | None = None
    document_id: str = ""
    version_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellValue:
    """A value with the words of the file that carry it.

    `value` is the canonical form of the column's type (what is compared, sorted and exported),
    `display` the form for people, `raw` the words of the file. `qualifier` says for what the value
    holds where a column takes several (a year). `by` tells who pointed at the place; in both
    cases code made the value from the quote.
    """

    value: str
    display: str
    raw: str
    evidence: CellEvidence
    by: Literal["rule", "model"] = "rule"
    qualifier: str = ""


class CellStatus(StrEnum):
    """How far a cell may be relied on."""

    FOUND = "found"  # stated in the file, the quote located
    INFERRED = "inferred"  # the quote is there, what it is about was concluded; to be confirmed
    NOT_STATED = "not_stated"
    CONFLICTING = "conflicting"  # the file says two things; both are in `values`


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCell:
    """One cell of a row: `values` is empty when nothing is stated.

    `reason` is one of: label (beside a label of the column), pattern (in a sentence that names
    it), model (a model pointed at it and the words around name it), no_label (a model pointed at
    it, nothing around names it), only_form (told by its form alone), unit_assumed, checksum (the
    check digit is wrong), range (outside the bounds of the column), read_off_picture, near_orders
    (right after text that gives orders to an assistant), two_values,
    model_differs (rules and model point at different values), blank (the label is there and
    nothing beside it), absent (no label), unreadable_value (something stands beside the label that
    is no value of the column's type; it is in `note`).
    """

    column: str
    status: CellStatus
    values: tuple[CellValue, ...] = ()
    reason: str = ""
    note: str = ""

    @property
    def value(self) -> str:
        """The canonical values as one text, for sorting and plain exports."""
        return "; ".join(value.value for value in self.values)

    @property
    def display(self) -> str:
        """The values as people read them; two that disagree are parted by `≠`."""
        joint = " ≠ " if self.status is CellStatus.CONFLICTING else ", "
        return joint.join(
            f"{value.display} ({value.qualifier})" if value.qualifier else value.display
            for value in self.values
        )


class PaperPresence(StrEnum):
    """Whether a file says that a paper is with it."""

    PRESENT = "present"
    MISSING = "missing"  # listed and marked as not handed in
    NOT_MENTIONED = "not_mentioned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFound:
    """What a file says of one required paper."""

    paper: str
    need: PaperNeed
    presence: PaperPresence
    evidence: CellEvidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUse:
    """What a row cost; tokens are None where the endpoint does not count them."""

    calls: int = 0
    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    def __add__(self, other: ModelUse) -> ModelUse:
        """Return both together."""
        return ModelUse(
            calls=self.calls + other.calls,
            prompt_tokens=_sum(self.prompt_tokens, other.prompt_tokens),
            completion_tokens=_sum(self.completion_tokens, other.completion_tokens),
        )


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """One row of the table: what one file says, cell by cell, with a summary of a few lines.

    `summary` is a ledger of at most 10 lines; its citations name the sections of the file.
    `warnings` are those of reading; `notices` are codes with fixed wording: no_model,
    grade_withheld (the endpoint may not see text of this grade), model_failed:<reason>,
    model_dropped:<count> (values of the model whose quote is not in the file or does not say so),
    suspicious_instruction (the file gives orders to an assistant; they were not followed),
    truncated (the model saw the beginning of a long file only), ocr.
    `sketch` are hashes of the text (a MinHash signature) by which likely duplicates are found.
    """

    file_name: str
    title: str
    sha256: str
    columns: str  # reference of the column set, `product_application@1`
    columns_fingerprint: str
    cells: tuple[ItemCell, ...]
    papers: tuple[PaperFound, ...] = ()
    summary: Ledger = ()
    warnings: tuple[ReadWarning, ...] = ()
    notices: tuple[str, ...] = ()
    use: ModelUse = ModelUse()
    model: str | None = None
    prompts: tuple[str, ...] = ()
    grade: Grade = Grade.SENSITIVE
    page_count: int | None = None
    sketch: tuple[int, ...] = ()

    def cell(self, column: str) -> ItemCell:
        """Return the cell of a column, an empty one for a column that the row does not have."""
        for cell in self.cells:
            if cell.column == column:
                return cell
        return ItemCell(column=column, status=CellStatus.NOT_STATED, reason="absent")


# -- what people do with a row --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CellCorrection:
    """A person's value for a cell, kept beside the machine's; `value` "" means not stated.

    `replaced` is the machine's `ItemCell.value` at that time: when the item is run again and finds
    something else, the correction is shown as one to look at again.
    """

    column: str
    value: str
    display: str
    replaced: str
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowConfirmation:
    """A person has looked at a row and takes it as it stands."""

    by: str
    at: datetime
