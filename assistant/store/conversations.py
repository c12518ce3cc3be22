"""Conversations: threads of turns, listed, searched, renamed, deleted with undo."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, update

from assistant.domain import Conversation
from assistant.errors import NotFoundError
from assistant.store.database import Database
from assistant.store.models import ConversationRow, TurnRow
from assistant.store.records import UNDO_FOR, ConversationItem
from assistant.store.rows import AnyRow, Clock
from assistant.store.turns import Turns
from assistant.text import clean


class Conversations(Turns):
    """The conversations of each institution, with their turns."""

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)

    def list(
        self, *, institution_id: str, query: str = "", limit: int = 50
    ) -> tuple[ConversationItem, ...]:
        """Return conversations whose title or questions hold all words of `query`, newest first."""
        running = exists().where(
            TurnRow.conversation_id == ConversationRow.conversation_id, TurnRow.state == "running"
        )
        last_flagged = (
            select(TurnRow.flagged)
            .where(
                TurnRow.conversation_id == ConversationRow.conversation_id,
                TurnRow.state != "running",
            )
            .order_by(TurnRow.number.desc())
            .limit(1)
            .scalar_subquery()
        )
        statement = (
            select(
                ConversationRow.conversation_id,
                ConversationRow.title,
                ConversationRow.created_at,
                ConversationRow.updated_at,
                running.label("running"),
                func.coalesce(last_flagged, False).label("flagged"),
            )
            .where(
                ConversationRow.institution_id == institution_id,
                ConversationRow.deleted_at.is_(None),
            )
            .order_by(ConversationRow.updated_at.desc(), ConversationRow.conversation_id)
            .limit(limit)
        )
        for word in clean(query).split():
            asked = exists().where(
                TurnRow.conversation_id == ConversationRow.conversation_id,
                TurnRow.question.icontains(word, autoescape=True),
            )
            statement = statement.where(
                or_(ConversationRow.title.icontains(word, autoescape=True), asked)
            )
        with self._database.read() as connection:
            return tuple(
                ConversationItem(
                    conversation=_conversation(row), running=row.running, flagged=row.flagged
                )
                for row in connection.execute(statement)
            )

    def get(self, conversation_id: str, *, institution_id: str) -> Conversation:
        """Return one conversation.

        Raises:
            NotFoundError: The institution has no such conversation, or it is deleted.
        """
        query = select(ConversationRow.__table__).where(
            ConversationRow.conversation_id == conversation_id,
            ConversationRow.institution_id == institution_id,
            ConversationRow.deleted_at.is_(None),
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError(what="conversation")
        return _conversation(row)

    def rename(self, conversation_id: str, title: str, *, institution_id: str) -> Conversation:
        """Give a conversation another title.

        Raises:
            NotFoundError: The institution has no such conversation.
        """
        with self._database.write() as connection:
            self._change(
                connection,
                conversation_id,
                institution_id,
                ConversationRow.deleted_at.is_(None),
                title=clean(title).strip(),
            )
        return self.get(conversation_id, institution_id=institution_id)

    def delete(self, conversation_id: str, *, institution_id: str) -> datetime:
        """Take a conversation out of the list; return until when it can be restored.

        Raises:
            NotFoundError: The institution has no such conversation.
        """
        now = self._clock()
        with self._database.write() as connection:
            self._change(
                connection,
                conversation_id,
                institution_id,
                ConversationRow.deleted_at.is_(None),
                deleted_at=now,
            )
        return now + UNDO_FOR

    def restore(self, conversation_id: str, *, institution_id: str) -> Conversation:
        """Bring a deleted conversation back.

        Raises:
            NotFoundError: It is not deleted, or ten minutes have passed.
        """
        with self._database.write() as connection:
            self._change(
                connection,
                conversation_id,
                institution_id,
                ConversationRow.deleted_at > self._clock() - UNDO_FOR,
                deleted_at=None,
            )
        return self.get(conversation_id, institution_id=institution_id)

    def stop_abandoned(self, *, idle: timedelta = timedelta(0)) -> int:
        """Stop turns that another process left running and has not touched for `idle`.

        Their partial text stays. To be called when the server starts.
        """
        with self._database.write() as connection:
            return connection.execute(
                update(TurnRow)
                .where(
                    TurnRow.state == "running",
                    TurnRow.owner != self._owner,
                    TurnRow.touched_at <= self._clock() - idle,
                )
                .values(state="stopped")
            ).rowcount

    @staticmethod
    def _change(
        connection: Connection,
        conversation_id: str,
        institution_id: str,
        condition: ColumnElement[bool],
        **values: object,
    ) -> None:
        changed = connection.execute(
            update(ConversationRow)
            .where(
                ConversationRow.conversation_id == conversation_id,
                ConversationRow.institution_id == institution_id,
                condition,
            )
            .values(**values)
        ).rowcount
        if not changed:
            raise NotFoundError(what="conversation")


def _conversation(row: AnyRow) -> Conversation:
    return Conversation(
        conversation_id=row.conversation_id,
        title=row.title,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
