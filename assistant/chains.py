"""Gongmun's retrieval inside other people's LangChain chains."""

from __future__ import annotations

from typing import cast

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from assistant.domain import Passage, Retriever, Scope


class GongmunRetriever(BaseRetriever):
    """A LangChain retriever: question in, sections with their citations as metadata out.

    `scope` is fixed when the retriever is made and is never widened by a chain. The metadata hold
    what opens the source again: ids, ordinal, label, effective date, standing and grade; whoever
    sends the documents to a model outside has to look at the grade.

    Example:
        `GongmunRetriever(retriever=assistant.retriever, scope=Scope()).invoke("보고 기한은?")`
    """

    retriever: object
    scope: Scope
    limit: int = 8

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 (LangChain hands it in)
    ) -> list[Document]:
        retriever = cast(Retriever, self.retriever)
        found = retriever.retrieve(query, scope=self.scope, limit=self.limit)
        return [_document(passage) for passage in found.passages]


def _document(passage: Passage) -> Document:
    effective = passage.effective_from.isoformat() if passage.effective_from else ""
    return Document(
        id=f"{passage.document_id}/{passage.version_id}/{passage.section_ordinal}",
        page_content=passage.text,
        metadata={
            "title": passage.document_title,
            "label": passage.label,
            "heading": passage.heading,
            "kind": passage.kind.value,
            "grade": passage.grade.value,
            "effective_from": effective,
            "standing": passage.standing.value,
            "document_id": passage.document_id,
            "version_id": passage.version_id,
            "section_ordinal": passage.section_ordinal,
            "score": passage.score,
            "via": passage.via,
        },
    )
