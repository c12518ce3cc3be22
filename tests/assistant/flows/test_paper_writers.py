"""Two people write one paper at once, in any order: all that was saved stays."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from assistant.domain import PaperSubject
from assistant.papers import Line
from assistant.store import Store
from tests.assistant.flows.test_paper import OURS, make_flow, sentences
from tests.make import make_paper

pytestmark = pytest.mark.slow


class TwoWriters(RuleBasedStateMachine):
    """Two people who load, type, restore and settle in any order; all that was saved stays."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = Store.open(f"sqlite:///{Path(self.folder.name) / 'g.db'}", check=False)
        self.flow = make_flow(self.store)
        state = self.flow.create(
            make_paper(), subject=PaperSubject.COMPLAINT, subject_id="c", **OURS
        )
        self.paper_id = state.record.paper_id
        self.at = [1, 1]  # the version that each of them has on screen
        self.current, self.asides = 1, set[int]()  # what the store should say
        self.promised: dict[int, str] = {}
        self.count = 0

    @rule(who=st.sampled_from([0, 1]))
    def load(self, who: int) -> None:
        self.at[who] = self.flow.get(self.paper_id, **OURS).record.current.number

    @rule(who=st.sampled_from([0, 1]), part_id=st.sampled_from(["greeting", "answer", "contact"]))
    def type(self, who: int, part_id: str) -> None:
        self.count += 1
        text = f"{who}의 글 {self.count}번째"
        result = self.flow.edit(
            self.paper_id, part_id, [Line(text=text)], parent=self.at[who], by=f"사람 {who}", **OURS
        )
        assert sentences(result.saved.paper, part_id)[0].text == text
        self.promised[result.saved.number] = text
        self._saved(who, result.saved.number)

    @rule(who=st.sampled_from([0, 1]), back=st.integers(1, 3))
    def restore(self, who: int, back: int) -> None:
        number = max(1, self.at[who] - back)
        result = self.flow.restore(
            self.paper_id, number, parent=self.at[who], by=f"사람 {who}", **OURS
        )
        self._saved(who, result.saved.number)

    def _saved(self, who: int, number: int) -> None:
        if self.at[who] == self.current:
            self.current = number
        else:
            self.asides = self.asides - {self.at[who]} | {number}
        self.at[who] = number

    @rule(who=st.sampled_from([0, 1]), take=st.booleans())
    def settle(self, who: int, take: bool) -> None:
        record = self.flow.get(self.paper_id, **OURS).record
        for aside in record.asides[:1]:
            self.asides.discard(aside.number)
            state = self.flow.settle(
                self.paper_id,
                aside.number,
                parent=record.current.number,
                by=f"사람 {who}",
                take=take,
                **OURS,
            )
            assert (state.record.current.number > self.current) == take
            self.current = state.record.current.number

    @rule()
    def redraft(self) -> None:
        part = self.flow.get(self.paper_id, **OURS).record.current.paper.parts[1]
        self.current = self.flow.put_part(self.paper_id, part, **OURS).record.current.number

    @invariant()
    def what_is_current_and_what_is_aside_is_as_agreed(self) -> None:
        record = self.flow.get(self.paper_id, **OURS).record
        assert record.current.number == self.current
        assert {head.number for head in record.asides} == self.asides

    def teardown(self) -> None:
        heads = self.flow.versions(self.paper_id, **OURS)
        assert [head.number for head in heads] == list(range(len(heads), 0, -1))
        for number, text in self.promised.items():
            paper = self.flow.version(self.paper_id, number, **OURS).record.current.paper
            assert any(text in b.text for p in paper.parts for b in p.blocks)  # type: ignore[union-attr] # paragraphs
        self.store.close()
        self.folder.cleanup()


TestTwoWriters = TwoWriters.TestCase
TestTwoWriters.settings = settings(max_examples=2, stateful_step_count=200)
