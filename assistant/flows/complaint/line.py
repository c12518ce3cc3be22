"""Drafts in the background: what waits is in the store, so that a crash loses nothing."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from assistant.deadlines import Ground
from assistant.domain.complaints import Decision, LetterKind
from assistant.errors import AssistantError, ServiceError
from assistant.flows.complaint.counting import period_of, period_text
from assistant.flows.complaint.drafting import Letters, Written
from assistant.flows.complaint.letters import LetterRequest
from assistant.store import DraftingState, Store, StoredCase
from assistant.waitingline import WaitingLine

logger = logging.getLogger(__name__)

_WORKERS = 2
_LOOK_EVERY_S = 0.1


class DraftLine:
    """The line of complaints that are drafted one after the other.

    Args:
        store: the truth, which holds the line.
        letters: writes one.
    """

    def __init__(self, store: Store, letters: Letters) -> None:
        self._store = store
        self._letters = letters
        self._cancelled: set[str] = set()
        self._lock = threading.Lock()
        self._line = WaitingLine("complaints", self._draft, workers=_WORKERS)

    def start(self) -> None:
        """Take up what waits, also what a crash has cut short."""
        self._line.start()
        for complaint_id in self._store.complaints.awaited():
            self._line.put(complaint_id)

    def stop(self, timeout_s: float = 5.0) -> None:
        """Take no more; what is under way waits for the next start."""
        self._line.stop(timeout_s)

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until nothing is left to draft; False when time is up first."""
        return self._line.wait_idle(timeout_s)

    def put(
        self, complaint_ids: Sequence[str], request: LetterRequest, *, institution_id: str
    ) -> tuple[str, ...]:
        """Let these be drafted; return those that were not in the line already."""
        wanted = json.dumps({"token": secrets.token_hex(8), "request": request_json(request)})
        put = self._store.complaints.want_drafts(
            complaint_ids, wanted, institution_id=institution_id
        )
        with self._lock:
            self._cancelled -= set(put)
        for complaint_id in put:
            self._line.put(complaint_id)
        return put

    def cancel(self, complaint_id: str, *, institution_id: str) -> bool:
        """Take one out of the line, also while it is being drafted; False when it is not in it."""
        is_cancelled = self._store.complaints.cancel_draft(
            complaint_id, institution_id=institution_id
        )
        if is_cancelled:
            with self._lock:
                self._cancelled.add(complaint_id)
        return is_cancelled

    # -- one draft --------------------------------------------------------------------------------

    def _draft(self, complaint_id: str) -> None:
        case = self._store.complaints.begin_draft(complaint_id)
        if case is None:
            return
        try:
            asyncio.run(self._until_stopped(case))
        except asyncio.CancelledError:
            logger.info("complaint.draft_stopped", extra={"complaint_id": complaint_id})
        except ServiceError:
            raise  # the line tries again in a while
        except AssistantError as error:
            self._store.complaints.set_drafting(
                complaint_id, DraftingState.FAILED, error=error.code
            )
            raise

    async def _until_stopped(self, case: StoredCase) -> None:
        """Draft, but no longer than the server runs and somebody waits for it."""
        work = asyncio.ensure_future(self._write(case))
        while not work.done():
            await asyncio.wait({work}, timeout=_LOOK_EVERY_S)
            if self._line.stopping.is_set() or self._is_cancelled(case.complaint_id):
                work.cancel()
        await work

    async def _write(self, case: StoredCase) -> None:
        wanted = json.loads(case.wanted)
        done = 0
        steps = self._letters.write(
            case.complaint_id,
            request_of(wanted["request"]),
            institution_id=case.institution_id,
            reason=f"drafted:{wanted['token']}",
        )
        async for step in steps:
            state = DraftingState.RUNNING
            if isinstance(step, Written):
                state = DraftingState.DRAFTED
            else:
                done = step.done
            if not self._store.complaints.set_drafting(case.complaint_id, state, done=done):
                await steps.aclose()
                return

    def _is_cancelled(self, complaint_id: str) -> bool:
        with self._lock:
            return complaint_id in self._cancelled


def request_json(request: LetterRequest) -> dict[str, Any]:
    """Return a request as it waits in the store."""
    values = asdict(request)
    values["until"] = request.until.isoformat() if request.until else None
    values["expected_on"] = request.expected_on.isoformat() if request.expected_on else None
    values["notified_on"] = request.notified_on.isoformat() if request.notified_on else None
    values["length"] = period_text(request.length)
    return values


def request_of(values: dict[str, Any]) -> LetterRequest:
    """Return the request that waits in the store."""
    return LetterRequest(
        letter=LetterKind(values["letter"]),
        decision=Decision(values["decision"]),
        is_disposition=values["is_disposition"],
        reason=values["reason"],
        needs=tuple(values["needs"]),
        until=date.fromisoformat(values["until"]) if values["until"] else None,
        ground=Ground(values["ground"]) if values["ground"] else None,
        length=period_of(values["length"]),
        consent=values["consent"],
        destination=values["destination"],
        referrals=tuple(values["referrals"]),
        expected_on=date.fromisoformat(values["expected_on"]) if values["expected_on"] else None,
        notified_on=date.fromisoformat(told) if (told := values.get("notified_on")) else None,
    )
