"""Turns: a question from the moment it is asked to its stored answer."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from sqlalchemy import Connection, func, insert, select, update

from assistant.domain import Answer, SentenceStatus, Turn
from assistant.errors import NotFoundError
from assistant.store.answer_codec import decode, encode
from assistant.store.database import Database
from assistant.store.models import CitedSectionRow, ConversationRow, TurnRow
from assistant.store.records import Feedback, NewTurn, StartedTurn, StoredTurn
from assistant.store.rows import AnyRow, Clock, new_id
from assistant.text import clean, normalise, truncate

_TITLE_CHARS = 40
_DOUBTFUL = frozenset(
    {SentenceStatus.UNCHECKED, SentenceStatus.UNSUPPORTED, SentenceStatus.DIFFERS}
)


class Turns:
    """Questions and answers of each institution."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._owner = new_id()

    def start_turn(self, turn: NewTurn) -> StartedTurn:
        """Store a question as running, in a new conversation or an existing one.

        Raises:
            NotFoundError: The institution has no such conversation or turn.
        """
        now = self._clock()
        turn_id = new_id()
        with self._database.write() as connection:
            conversation_id, title = self._conversation_for(connection, turn)
            parent_turn_id = _parent(connection, turn, conversation_id)
            number = connection.execute(
                select(func.coalesce(func.max(TurnRow.number), 0) + 1).where(
                    TurnRow.conversation_id == conversation_id
                )
            ).scalar_one()
            connection.execute(
                insert(TurnRow).values(
                    turn_id=turn_id,
                    conversation_id=conversation_id,
                    institution_id=turn.institution_id,
                    parent_turn_id=parent_turn_id,
                    number=number,
                    question=turn.question,
                    reference_date=turn.reference_date,
                    state="running",
                    owner=self._owner,
                    partial_text="",
                    flagged=False,
                    verdict_reasons=(),
                    verdict_comment="",
                    created_at=now,
                    touched_at=now,
                )
            )
        return StartedTurn(
            conversation_id=conversation_id,
            turn_id=turn_id,
            parent_turn_id=parent_turn_id,
            title=title,
        )

    def save_partial(
        self, turn_id: str, text: str, *, institution_id: str, answer: Answer | None = None
    ) -> None:
        """Keep what has streamed so far, and what is known of the answer, in case of a crash."""
        values: dict[str, object] = {"partial_text": text, "touched_at": self._clock()}
        if answer is not None:
            values["answer"] = encode(answer)
        with self._database.write() as connection:
            _change_running(connection, turn_id, institution_id, values)

    def finish_turn(
        self,
        turn_id: str,
        answer: Answer,
        *,
        institution_id: str,
        state: Literal["final", "failed", "stopped"] = "final",
    ) -> bool:
        """Store the answer of a running turn; False when the turn was stopped meanwhile."""
        now = self._clock()
        values: dict[str, object] = {
            "state": state,
            "answer": encode(answer),
            "flagged": any(sentence.status in _DOUBTFUL for sentence in answer.ledger),
            "touched_at": now,
        }
        if state == "final":
            values["partial_text"] = ""
        with self._database.write() as connection:
            conversation_id = _change_running(connection, turn_id, institution_id, values)
            if conversation_id is None:
                return False
            _cite(connection, turn_id, answer, institution_id)
            connection.execute(
                update(ConversationRow)
                .where(ConversationRow.conversation_id == conversation_id)
                .values(updated_at=now)
            )
        return True

    def stop_turn(self, turn_id: str, *, institution_id: str) -> bool:
        """Mark a running turn as stopped, with the text that was saved; False when it is not."""
        values: dict[str, object] = {"state": "stopped", "touched_at": self._clock()}
        with self._database.write() as connection:
            return _change_running(connection, turn_id, institution_id, values) is not None

    def turns(self, conversation_id: str, *, institution_id: str) -> tuple[StoredTurn, ...]:
        """Return all turns of a conversation, in the order of asking.

        Raises:
            NotFoundError: The institution has no such conversation, or it is deleted.
        """
        query = (
            select(TurnRow.__table__)
            .where(TurnRow.conversation_id == conversation_id)
            .order_by(TurnRow.number)
        )
        with self._database.read() as connection:
            _require_conversation(connection, conversation_id, institution_id)
            rows = connection.execute(query).all()
        children: dict[str | None, list[str]] = defaultdict(list)
        for row in rows:
            children[row.parent_turn_id].append(row.turn_id)
        return tuple(_stored(row, tuple(children[row.parent_turn_id])) for row in rows)

    def turn(self, turn_id: str, *, institution_id: str) -> StoredTurn:
        """Return one turn.

        Raises:
            NotFoundError: The institution has no such turn, or its conversation is deleted.
        """
        with self._database.read() as connection:
            row = _turn(connection, turn_id, institution_id)
            siblings = connection.execute(
                select(TurnRow.turn_id)
                .where(
                    TurnRow.conversation_id == row.conversation_id,
                    TurnRow.parent_turn_id.is_not_distinct_from(row.parent_turn_id),
                )
                .order_by(TurnRow.number)
            ).scalars()
            return _stored(row, tuple(siblings))

    def set_feedback(self, turn_id: str, feedback: Feedback | None, *, institution_id: str) -> None:
        """Keep, replace or take back what an official thought of an answer.

        Raises:
            NotFoundError: The institution has no such turn.
        """
        with self._database.write() as connection:
            _turn(connection, turn_id, institution_id)
            connection.execute(
                update(TurnRow)
                .where(TurnRow.turn_id == turn_id)
                .values(
                    verdict=feedback.verdict if feedback else None,
                    verdict_reasons=feedback.reasons if feedback else (),
                    verdict_comment=feedback.comment if feedback else "",
                )
            )

    def _conversation_for(self, connection: Connection, turn: NewTurn) -> tuple[str, str]:
        now = self._clock()
        if turn.conversation_id is not None:
            title = _require_conversation(connection, turn.conversation_id, turn.institution_id)
            connection.execute(
                update(ConversationRow)
                .where(ConversationRow.conversation_id == turn.conversation_id)
                .values(updated_at=now)
            )
            return turn.conversation_id, title
        conversation_id = new_id()
        title = title_of(turn.question)
        connection.execute(
            insert(ConversationRow).values(
                conversation_id=conversation_id,
                institution_id=turn.institution_id,
                title=title,
                created_at=now,
                updated_at=now,
            )
        )
        return conversation_id, title


def title_of(question: str) -> str:
    """Return what a conversation that begins with `question` is called.

    >>> title_of("  기한은  언제입니까?  ")
    '기한은 언제입니까?'
    """
    return truncate(normalise(clean(question)), _TITLE_CHARS)


def _parent(connection: Connection, turn: NewTurn, conversation_id: str) -> str | None:
    """Return the turn that a new one follows."""
    for named in (turn.replaces_turn_id, turn.parent_turn_id):
        if named is None:
            continue
        row = _turn(connection, named, turn.institution_id)
        if row.conversation_id != conversation_id:
            raise NotFoundError(what="turn")
        parent: str | None = row.parent_turn_id if named == turn.replaces_turn_id else row.turn_id
        return parent
    return connection.execute(
        select(TurnRow.turn_id)
        .where(TurnRow.conversation_id == conversation_id)
        .order_by(TurnRow.number.desc())
        .limit(1)
    ).scalar()


def _require_conversation(connection: Connection, conversation_id: str, institution_id: str) -> str:
    title = connection.execute(
        select(ConversationRow.title).where(
            ConversationRow.conversation_id == conversation_id,
            ConversationRow.institution_id == institution_id,
            ConversationRow.deleted_at.is_(None),
        )
    ).scalar()
    if title is None:
        raise NotFoundError(what="conversation")
    return title


def _turn(connection: Connection, turn_id: str, institution_id: str) -> AnyRow:
    row = connection.execute(
        select(TurnRow.__table__)
        .join(ConversationRow, ConversationRow.conversation_id == TurnRow.conversation_id)
        .where(
            TurnRow.turn_id == turn_id,
            TurnRow.institution_id == institution_id,
            ConversationRow.deleted_at.is_(None),
        )
    ).first()
    if row is None:
        raise NotFoundError(what="turn")
    return row


def _change_running(
    connection: Connection, turn_id: str, institution_id: str, values: dict[str, object]
) -> str | None:
    return connection.execute(
        update(TurnRow)
        .where(
            TurnRow.turn_id == turn_id,
            TurnRow.institution_id == institution_id,
            TurnRow.state == "running",
        )
        .values(**values)
        .returning(TurnRow.conversation_id)
    ).scalar()


def _cite(connection: Connection, turn_id: str, answer: Answer, institution_id: str) -> None:
    """Note which sections an answer rests on, so that a purge leaves them."""
    cited = {
        (citation.version_id, citation.section_ordinal): citation.document_id
        for sentence in answer.ledger
        for citation in sentence.citations
    }
    if not cited:
        return
    connection.execute(
        insert(CitedSectionRow),
        [
            {
                "turn_id": turn_id,
                "version_id": version_id,
                "section_ordinal": ordinal,
                "document_id": document_id,
                "institution_id": institution_id,
            }
            for (version_id, ordinal), document_id in cited.items()
        ],
    )


def _stored(row: AnyRow, siblings: tuple[str, ...]) -> StoredTurn:
    feedback = None
    if row.verdict is not None:
        feedback = Feedback(
            verdict=row.verdict, reasons=row.verdict_reasons, comment=row.verdict_comment
        )
    return StoredTurn(
        turn=Turn(
            turn_id=row.turn_id,
            conversation_id=row.conversation_id,
            parent_turn_id=row.parent_turn_id,
            question=row.question,
            answer=None if row.answer is None else decode(row.answer),
            state=row.state,
            created_at=row.created_at,
        ),
        siblings=siblings,
        feedback=feedback,
        partial_text=row.partial_text,
        reference_date=row.reference_date,
    )
