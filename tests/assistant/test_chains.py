from dataclasses import dataclass, field
from datetime import date

from langchain_core.runnables import RunnableLambda

from assistant.chains import GongmunRetriever
from assistant.domain import Grade, Retrieval, Scope
from tests.make import make_passage


@dataclass
class OnePassage:
    """Finds the same passage for every question, and remembers what it was asked."""

    asked: list[tuple[str, Scope, int]] = field(default_factory=list)

    def retrieve(
        self, question: str, *, scope: Scope, limit: int, context: str | None = None
    ) -> Retrieval:
        self.asked.append((question, scope, limit))
        passage = make_passage(
            label="제36조",
            text="1개월 안에 낸다.",
            effective_from=date(2026, 2, 3),
            grade=Grade.OPEN,
        )
        return Retrieval(passages=(passage,), words_only=False, sufficiency=1.0, elapsed_ms=1.0)


def test_a_chain_gets_whole_sections_with_what_opens_them_again() -> None:
    chain = GongmunRetriever(retriever=OnePassage(), scope=Scope()) | RunnableLambda(
        lambda documents: documents[0]
    )
    document = chain.invoke("완료보고서 기한은?")
    assert document.page_content == "1개월 안에 낸다."
    assert (document.metadata["label"], document.metadata["effective_from"]) == (
        "제36조",
        "2026-02-03",
    )
    assert document.metadata["grade"] == "O"


def test_the_scope_of_the_retriever_is_what_is_searched() -> None:
    scope = Scope(institution_id="가람시", grades=(Grade.OPEN,))
    source = OnePassage()
    GongmunRetriever(retriever=source, scope=scope, limit=3).invoke("수의계약")
    assert source.asked == [("수의계약", scope, 3)]
