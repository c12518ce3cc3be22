"""The error hierarchy: every failure that a caller can tell apart has a class and a `code`.

Messages are for developers; the wording officials see is looked up by `code` at the edge.
"""

from typing import ClassVar


class AssistantError(Exception):
    """Base of all errors that Gongmun raises on purpose."""

    code: ClassVar[str] = "internal"

    def facts(self) -> dict[str, str | int]:
        """Return the facts that the wording of this error may name."""
        return {k: v for k, v in vars(self).items() if isinstance(v, str | int)}


class ConfigurationError(AssistantError):
    """A setting, prompt file or template is wrong; raised at start-up."""

    code = "configuration"


class InputError(AssistantError):
    """The user can put it right."""

    code = "input"


class QuestionEmptyError(InputError):
    """The question holds no word."""

    code = "question_empty"


class QuestionTooLongError(InputError):
    """The question is over the limit."""

    code = "question_too_long"

    def __init__(self, *, length: int, limit: int) -> None:
        super().__init__(f"question of {length} characters, limit {limit}")
        self.length = length
        self.limit = limit


class UnknownFilterError(InputError):
    """A filter names something that does not exist."""

    code = "unknown_filter"

    def __init__(self, *, name: str, value: str) -> None:
        super().__init__(f"unknown value for filter {name}")
        self.name = name
        self.value = value


class UnsupportedFormatError(InputError):
    """The bytes are of a kind that no reader takes."""

    code = "unsupported_format"

    def __init__(self, *, detected: str) -> None:
        super().__init__(f"unsupported format: {detected}")
        self.detected = detected


class DocumentUnreadableError(InputError):
    """The file is of a known kind and cannot be read.

    `reason` is one of: empty, encrypted, damaged, no_text, timeout, memory, crashed, hostile,
    cancelled.
    """

    code = "document_unreadable"

    def __init__(self, *, reason: str) -> None:
        super().__init__(f"document unreadable: {reason}")
        self.reason = reason


class DocumentTooLargeError(InputError):
    """The file, or what it unpacks to, is over a limit."""

    code = "document_too_large"

    def __init__(self, *, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(f"document of {size_bytes} bytes, limit {limit_bytes}")
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class GradeNotAllowedError(InputError):
    """A document or text of this grade may not enter here."""

    code = "grade_not_allowed"

    def __init__(self, *, grade: str) -> None:
        super().__init__(f"grade {grade} is not allowed here")
        self.grade = grade


class TemplateInputError(InputError):
    """Values do not fit a template: some are `missing`, others `unfit`; both name the fields."""

    code = "template_input"

    def __init__(self, *, missing: tuple[str, ...] = (), unfit: tuple[str, ...] = ()) -> None:
        super().__init__(f"template lacks {len(missing)} values, cannot use {len(unfit)}")
        self.missing = missing
        self.unfit = unfit
        self.names = ", ".join((*missing, *unfit))


class TemplateFaultError(InputError):
    """A template cannot be filled; `faults` says where and why, in words for its author."""

    code = "template_fault"

    def __init__(self, *, faults: tuple[str, ...]) -> None:
        super().__init__(f"template with {len(faults)} faults")
        self.faults = faults
        self.count = len(faults)
        self.first = faults[0] if faults else ""


class PilotPlaceError(InputError):
    """A value cannot be put into the record of a pilot.

    `reason` is one of: unknown (no such place), value (the place takes no such value), required
    (it cannot be empty), incomplete (a row lacks what it cannot be without), gap (the row before
    it is missing).
    """

    code = "pilot_place"

    def __init__(self, *, place: str, reason: str) -> None:
        super().__init__(f"place of a pilot: {reason}")
        self.place = place
        self.reason = reason


class ColumnSetFaultError(InputError):
    """A column set cannot be used; `faults` says where and why, in words for its author."""

    code = "column_set_fault"

    def __init__(self, *, faults: tuple[str, ...]) -> None:
        super().__init__(f"column set with {len(faults)} faults")
        self.faults = faults
        self.count = len(faults)
        self.first = faults[0] if faults else ""


class DraftUnwritableError(InputError):
    """The draft cannot be set as a file.

    `reason` is one of: too_large, timeout, memory, crashed, layout.
    """

    code = "draft_unwritable"

    def __init__(self, *, reason: str) -> None:
        super().__init__(f"draft unwritable: {reason}")
        self.reason = reason


class PartLockedError(InputError):
    """A computed part of a paper cannot be typed over; its figures are changed in the record."""

    code = "part_locked"

    def __init__(self, *, part_id: str) -> None:
        super().__init__("part is computed")
        self.part_id = part_id


class PersonUnnamedError(InputError):
    """A change or decision needs the name of the person who makes it."""

    code = "person_unnamed"


class AnswerUnwritableError(InputError):
    """A question has no checked answer to put into a file.

    `reason` is one of: unfinished (it is still being written, was stopped, or failed), unanswered
    (nothing was found to answer with).
    """

    code = "answer_unwritable"

    def __init__(self, *, reason: str) -> None:
        super().__init__(f"no answer to write: {reason}")
        self.reason = reason


class OpenItemsError(InputError):
    """A paper cannot be approved: open items are neither put right nor taken over with a reason."""

    code = "open_items"

    def __init__(self, *, item_ids: tuple[str, ...]) -> None:
        super().__init__(f"{len(item_ids)} open items")
        self.item_ids = item_ids
        self.count = len(item_ids)


class ComplaintInputError(InputError):
    """A complaint, or something about it, cannot be taken as it was given.

    `reason` is one of: empty, too_long, too_many_rows (both with `limit`), table_columns,
    mask_place, event, period, extension, points, person, no_points, master.
    """

    code = "complaint_input"

    def __init__(self, *, reason: str, limit: int = 0) -> None:
        super().__init__(f"complaint cannot be taken: {reason}")
        self.reason = reason
        self.limit = limit


class DeadlineInputError(InputError):
    """A deadline cannot be computed from what was given.

    `reason` is one of: kind, time_zone, year, period, period_unit, hours, too_long, settled.
    """

    code = "deadline_input"

    def __init__(self, reason: str) -> None:
        super().__init__(f"deadline cannot be computed: {reason}")
        self.reason = reason


class CellValueError(InputError):
    """What a person typed is no value of a column; `type` is that of the column."""

    code = "cell_value"

    def __init__(self, *, column: str, type: str) -> None:
        super().__init__(f"no value of type {type}")
        self.column = column
        self.type = type


class NotFoundError(AssistantError):
    """No such thing, or not for this institution."""

    code = "not_found"

    def __init__(self, *, what: str) -> None:
        super().__init__(f"{what} not found")
        self.what = what


class ConflictError(AssistantError):
    """What was asked for does not fit what is there by now.

    `reason` is one of: name_taken, collection_not_empty, identity_taken, already_under_way;
    of jobs: job_not_running, job_not_paused, job_ended, job_not_ended, job_cancelled,
    job_too_large, item_not_done; of column sets: column_set_taken, column_set_changed; of
    papers: paper_changed (another version is current by now), not_aside (settled already),
    paper_aside (two texts are to be settled first).
    """

    code = "conflict"

    def __init__(self, *, reason: str) -> None:
        super().__init__(f"conflict: {reason}")
        self.reason = reason


class ServiceError(AssistantError):
    """Another system failed; a retry may help."""

    code = "service"


class ModelUnavailableError(ServiceError):
    """The model endpoint did not give a usable answer in time.

    `reason` is one of: unreachable, timeout, rate_limited, server_error, bad_reply, refused,
    incomplete (the reply broke off), too_long (it was cut at the cap).
    """

    code = "model_unavailable"

    def __init__(self, *, reason: str) -> None:
        super().__init__(f"model unavailable: {reason}")
        self.reason = reason


class ModelOutputError(ServiceError):
    """The model's reply does not have the shape that was asked for."""

    code = "model_output"

    def __init__(self, *, prompt: str, raw: str) -> None:
        super().__init__(f"reply to {prompt} has the wrong shape")
        self.prompt = prompt
        self.raw = raw


class IndexUnavailableError(ServiceError):
    """A search index is being rebuilt or cannot be opened."""

    code = "index_unavailable"

    def __init__(self, *, index: str) -> None:
        super().__init__(f"index {index} unavailable")
        self.index = index


class StorageFullError(ServiceError):
    """The disk has less free space than the low-water mark."""

    code = "storage_full"


class StoreUnavailableError(ServiceError):
    """The database is busy or cannot be reached."""

    code = "store_unavailable"
