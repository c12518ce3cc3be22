"""One application in, one row out: rules first, then one quarantined call of a model.

The model sees this document alone, its text fenced as data and its personal data masked where the
endpoint lies outside; it only points at words, and code makes every value from the document. No
other applicant's text is anywhere near the call.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.applications import (
    Extracted,
    Suggested,
    Suggestion,
    asked,
    by_rules,
    located,
    parse_reply,
    reply_schema,
    sketch,
    summary_lines,
    with_model,
)
from assistant.chunking import chunk
from assistant.domain import (
    ChatModel,
    ColumnSet,
    Document,
    Grade,
    ItemCell,
    ItemResult,
    ItemTask,
    JobFile,
    Ledger,
    LedgerSentence,
    ModelUse,
    Passage,
    Section,
    SentenceStatus,
    SourceKind,
    Standing,
)
from assistant.errors import GradeNotAllowedError, ModelUnavailableError
from assistant.grades import may_send
from assistant.grounding import SourceSpan, ledger_from_spans, settle, verify
from assistant.lexical import tagged
from assistant.llm import metered
from assistant.privacy import Known, MaskedText, Register, mask, steady_mark
from assistant.prompts import Evidence, Prompt, new_fence

PROMPT = "extract_application"
MAX_SENT_CHARS = 24_000
_LOOKED_CHARS = 100_000  # of a document, for who is named in it
MAX_SUMMARY = 10
_SHOWN = frozenset({SentenceStatus.SUPPORTED, SentenceStatus.UNCHECKED, SentenceStatus.COMPUTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What a model is shown: the columns, masked sections by key, and how to undo the masks."""

    columns: tuple[str, ...]
    passages: tuple[Evidence, ...]
    masks: MaskedText | None
    is_cut: bool

    def restored(self, text: str) -> str:
        """Return a text of the model with the values of this document in place of the masks."""
        return self.masks.restore(text).text if self.masks is not None else text


class ApplicationFlow:
    """The flow behind a row of a table over many files; batch work runs it once per file.

    Args:
        model: None means that rules alone fill the row.
        prompt: `extract_application`.
        is_internal: whether the model's endpoint is inside the institution (N2SF grades).
        secrets: texts that are never shown, such as the key of the endpoint.
    """

    def __init__(
        self,
        *,
        model: ChatModel | None,
        prompt: Prompt,
        is_internal: bool,
        secrets: Sequence[str] = (),
    ) -> None:
        self._model = model
        self._prompt = prompt
        self._is_internal = is_internal
        self._secrets = tuple(secrets)

    async def make(self, task: ItemTask, document: Document) -> ItemResult:
        """Return the row of one item; satisfies `jobs.RowMaker`.

        Raises:
            GradeNotAllowedError: the file has grade C.
        """
        return await self.extract(document, task.columns, file=task.file, only=task.only)

    async def extract(
        self,
        document: Document,
        columns: ColumnSet,
        *,
        file: JobFile,
        only: Sequence[str] = (),
    ) -> ItemResult:
        """Return what one document says of each column, every value with its evidence.

        Args:
            document: As read.
            columns: What is looked for.
            file: Named in the evidence; its grade decides whether a model may see the text.
            only: Names of columns that the model is asked for; all when empty.

        Raises:
            GradeNotAllowedError: the file has grade C.
        """
        if file.grade is Grade.CLASSIFIED:
            raise GradeNotAllowedError(grade=file.grade.value)
        extracted = await asyncio.to_thread(by_rules, document, columns, file_name=file.file_name)
        sections = await asyncio.to_thread(_sections, document)
        notices: list[str] = []
        use, suggested, sent = ModelUse(), None, None
        model = self._model
        if model is None:
            notices.append("no_model")
        elif not may_send(file.grade, internal=self._is_internal):
            notices.append("grade_withheld")
        elif sections:
            sent = await asyncio.to_thread(self._sent, sections, asked(columns, only))
            with metered() as meter:
                suggested, failure = await self._ask(model, columns, sent, only)
            use = ModelUse(
                calls=1,
                prompt_tokens=meter.prompt_tokens,
                completion_tokens=meter.completion_tokens,
            )
            notices += [f"model_failed:{failure}"] if failure else []
            notices += ["truncated"] if sent.is_cut else []
        is_used = suggested is not None and model is not None
        if suggested is not None:
            extracted = await asyncio.to_thread(with_model, extracted, suggested.values)
        result = await asyncio.to_thread(
            _row, document, file, extracted, sections, self._checked(suggested, sections, file)
        )
        return replace(
            result,
            notices=tuple(dict.fromkeys((*notices, *result.notices))),
            use=use,
            model=model.name if is_used and model is not None else None,
            prompts=(self._prompt.reference,) if is_used else (),
        )

    # -- the one call ---------------------------------------------------------------------------

    def _sent(self, sections: Sequence[Section], lines: Sequence[str]) -> _Sent:
        """Return columns and sections as the model sees them, cut, and masked for outside."""
        shown: list[Section] = []
        room = MAX_SENT_CHARS
        for section in sections:
            if len(section.text) > room:
                break
            shown.append(section)
            room -= len(section.text)
        is_cut = len(shown) < len(sections)
        if not shown:
            shown = [replace(sections[0], text=sections[0].text[:MAX_SENT_CHARS])]
        if self._is_internal:
            passages = [Evidence(key=_key(s), source=s.label, text=s.text) for s in shown]
            return _Sent(columns=tuple(lines), passages=tuple(passages), masks=None, is_cut=is_cut)
        masks = _known_persons(sections)

        def masked(text: str) -> str:
            nonlocal masks
            masks = mask(text, names=tagged, register=masks.register)
            return masks.text

        passages = [
            Evidence(key=_key(s), text=masked(s.text), source=masked(s.label)) for s in shown
        ]
        return _Sent(
            columns=tuple(masked(line) for line in lines),
            passages=tuple(passages),
            masks=masks,
            is_cut=is_cut,
        )

    async def _ask(
        self, model: ChatModel, columns: ColumnSet, sent: _Sent, only: Sequence[str]
    ) -> tuple[Suggested | None, str]:
        """Return what the model suggests, or why there is nothing."""
        messages = self._prompt.render(
            columns=list(sent.columns), passages=list(sent.passages), fence=new_fence()
        )
        try:
            reply = await model.complete(messages, schema=reply_schema(columns, only))
        except ModelUnavailableError as error:
            return None, error.reason
        suggested = parse_reply(reply)
        if suggested is None:
            return None, "bad_reply"
        return _restored(suggested, sent), ""

    def _checked(
        self, suggested: Suggested | None, sections: Sequence[Section], file: JobFile
    ) -> Ledger:
        """Return the lines of the model's summary that the document's own sections carry."""
        if suggested is None or not suggested.summary:
            return ()
        passages = [_passage(section, file) for section in sections]
        text = "\n".join(f"- {line.lstrip('-•○ㅇ□ ')}" for line in suggested.summary)
        hidden = (*self._secrets, *(body for _, body in self._prompt.sections[:1]))
        ledger = settle(verify(text, passages).ledger, drop_unsupported=True, confidential=hidden)
        return tuple(line for line in ledger if line.status in _SHOWN)[:MAX_SUMMARY]


def _known_persons(sections: Sequence[Section]) -> MaskedText:
    """Return the masks of a whole document; who one section names is known in all of them."""
    whole = "\n".join(text for one in sections for text in (one.label, one.text))[:_LOOKED_CHARS]
    masks = mask(whole, names=tagged, register=Register(mark=steady_mark(whole)))
    held = masks.register
    known = tuple(Known(value=one.value, kind=one.kind) for one in held.entries)
    return replace(masks, register=replace(held, added=known))


def _restored(suggested: Suggested, sent: _Sent) -> Suggested:
    return Suggested(
        values=tuple(
            Suggestion(
                column=one.column, value=sent.restored(one.value), quote=sent.restored(one.quote)
            )
            for one in suggested.values
        ),
        summary=tuple(sent.restored(line) for line in suggested.summary),
    )


# -- the row ------------------------------------------------------------------------------------


def _sections(document: Document) -> tuple[Section, ...]:
    return tuple(section for section in chunk(document).sections if section.text.strip())


def _row(
    document: Document,
    file: JobFile,
    extracted: Extracted,
    sections: Sequence[Section],
    summary: Ledger,
) -> ItemResult:
    """Return the row of one document, with the lines of the document itself as its summary."""
    cells = located(extracted.cells, sections)
    summary = summary or _own_summary(cells, extracted.columns, sections, file)
    cells = tuple(
        replace(
            cell,
            values=tuple(
                replace(
                    value,
                    evidence=replace(
                        value.evidence, document_id=file.document_id, version_id=file.version_id
                    ),
                )
                for value in cell.values
            ),
        )
        for cell in cells
    )
    notices = [
        *(["suspicious_instruction"] if extracted.gives_orders else []),
        *([f"model_dropped:{extracted.dropped}"] if extracted.dropped else []),
        *(["ocr"] if any(block.is_ocr for block in document.blocks) else []),
    ]
    return ItemResult(
        file_name=file.file_name,
        title=document.title,
        sha256=file.sha256,
        columns=extracted.columns.reference,
        columns_fingerprint=extracted.columns.fingerprint,
        cells=cells,
        papers=extracted.papers,
        summary=summary,
        warnings=document.warnings,
        notices=tuple(notices),
        grade=file.grade,
        page_count=document.page_count,
        sketch=sketch(document),
    )


def _own_summary(
    cells: Sequence[ItemCell], columns: ColumnSet, sections: Sequence[Section], file: JobFile
) -> Ledger:
    """Return lines made of found cells, each with the words of the document that it rests on."""
    passages = {section.ordinal: _passage(section, file) for section in sections}
    lines: list[LedgerSentence] = []
    numbers = itertools.count(1)
    for line in summary_lines(cells, columns):
        cited = ledger_from_spans(
            [
                SourceSpan(passage=passages[e.section], start=e.section_start, end=e.section_end)
                for e in line.evidence
                if e.section is not None
                and e.section_start is not None
                and e.section_end is not None
            ]
        )
        if not cited:
            continue
        is_unread = any(one.status is SentenceStatus.UNCHECKED for one in cited)
        status = SentenceStatus.SUPPORTED if line.is_verbatim else SentenceStatus.COMPUTED
        citations = (citation for one in cited for citation in one.citations)
        lines.append(
            LedgerSentence(
                text=line.text,
                status=SentenceStatus.UNCHECKED if is_unread else status,
                citations=tuple(replace(one, number=next(numbers)) for one in citations),
                problems=tuple(problem for one in cited for problem in one.problems),
                paragraph_start=bool(lines),
            )
        )
    return tuple(lines)


def _key(section: Section) -> str:
    return f"S{section.ordinal + 1}"


def _passage(section: Section, file: JobFile) -> Passage:
    """Return a section of the file as the ledger takes it."""
    return Passage(
        key=_key(section),
        chunk_id=f"{file.document_id or file.sha256[:16]}#{section.ordinal}",
        document_id=file.document_id,
        version_id=file.version_id,
        section_ordinal=section.ordinal,
        institution_id="",
        collection_id="",
        document_title=file.file_name,
        label=section.label,
        heading=section.title,
        path=section.path,
        text=section.text,
        kind=SourceKind.OTHER,
        section_kind=section.kind,
        grade=file.grade,
        effective_from=None,
        standing=Standing.IN_FORCE,
        hits=(),
        score=1.0,
        is_ocr=section.is_ocr,
    )
