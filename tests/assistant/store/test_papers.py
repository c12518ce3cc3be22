"""Papers in the store: nothing saved is lost, an approval binds one text, nobody sees another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.domain import (
    Acknowledgement,
    Approval,
    ItemKind,
    Note,
    PageBreak,
    Paper,
    PaperPart,
    PaperSubject,
    PartKind,
    Picture,
    Run,
    Table,
    TableCell,
)
from assistant.errors import ConfigurationError, ConflictError, NotFoundError
from assistant.papers import cited, content_hash
from assistant.store import NewPaperVersion, Store, visible_to
from assistant.store.paper_codec import decode, encode
from tests.assistant.store.builders import FrozenClock, add
from tests.make import make_citation, make_paper, make_sentence

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x00\xff"


def new(paper: Paper, by: str = "주무관 김가나", reason: str = "edited") -> NewPaperVersion:
    return NewPaperVersion(
        paper=paper, content_hash=content_hash(paper), citations=cited(paper), by=by, reason=reason
    )


def titled(title: str) -> NewPaperVersion:
    return new(make_paper(title=title))


def created(store: Store) -> str:
    return store.papers.create(
        titled("하나"),
        subject=PaperSubject.COMPLAINT,
        subject_id="case-1",
        institution_id="default",
    )


def save(store: Store, paper_id: str, title: str, parent: int) -> tuple[int, bool]:
    saved = store.papers.save(paper_id, titled(title), parent=parent, institution_id="default")
    return saved.number, saved.is_aside


def approval(store: Store, paper_id: str) -> Approval:
    current = store.papers.get(paper_id, institution_id="default").current
    taken = Acknowledgement(item_id="i", kind=ItemKind.OPEN, text="값", reason="전화로 확인")
    return Approval(
        version_number=current.number,
        content_hash=current.content_hash,
        by="과장 이다라",
        at=NOW,
        acknowledgements=(taken,),
    )


EVERY_BLOCK = make_paper(
    PaperPart(
        part_id="a",
        kind=PartKind.DRAFTED,
        heading="제목",
        blocks=(
            make_paper().parts[1].blocks[0],
            Table(rows=((TableCell(runs=(Run(text="칸", is_open=True),), col_span=2),),)),
            Picture(data=PNG, alt="추이", width_mm=80.0),
            Note(runs=(Run(text="참고"),)),
            PageBreak(),
        ),
    ),
    keywords=("보고",),
    models=("test-model",),
)


@pytest.mark.parametrize("paper", [make_paper(), EVERY_BLOCK], ids=["usual", "every block"])
def test_a_paper_is_read_back_exactly(paper: Paper) -> None:
    assert decode(*encode(paper)) == paper


def test_a_paper_of_a_newer_version_is_refused() -> None:
    stored, pictures = encode(EVERY_BLOCK)
    with pytest.raises(ConfigurationError):
        decode(stored.replace('"format": 1', '"format": 2'), pictures)
    with pytest.raises(ConfigurationError):
        decode(stored, {})


def test_a_paper_is_stored_with_its_first_version(store: Store) -> None:
    paper_id = store.papers.create(
        new(EVERY_BLOCK, by="", reason="created"),
        subject=PaperSubject.PILOT,
        subject_id="p",
        institution_id="default",
    )
    found = store.papers.get(paper_id, institution_id="default")
    assert (found.current.number, found.current.parent, found.current.paper) == (
        1,
        None,
        EVERY_BLOCK,
    )
    assert store.papers.of_subject(PaperSubject.PILOT, "p", institution_id="default") == (found,)
    assert store.papers.of_subject(PaperSubject.PILOT, "q", institution_id="default") == ()


def test_each_save_is_a_version(store: Store) -> None:
    paper_id = created(store)
    assert save(store, paper_id, "둘", 1) == (2, False)
    heads = store.papers.versions(paper_id, institution_id="default")
    assert [(head.number, head.parent) for head in heads] == [(2, 1), (1, None)]
    first = store.papers.version(paper_id, 1, institution_id="default")
    assert first.paper.title == "하나"


def test_two_people_at_once_keep_both(store: Store) -> None:
    paper_id = created(store)
    save(store, paper_id, "가", 1)
    assert save(store, paper_id, "나", 1) == (3, True)
    found = store.papers.get(paper_id, institution_id="default")
    assert (found.current.paper.title, [head.number for head in found.asides]) == ("가", [3])


def test_who_is_aside_goes_on_aside(store: Store) -> None:
    paper_id = created(store)
    save(store, paper_id, "가", 1)
    save(store, paper_id, "나", 1)
    assert save(store, paper_id, "나 둘", 3) == (4, True)
    found = store.papers.get(paper_id, institution_id="default")
    assert [head.number for head in found.asides] == [4]


@pytest.mark.parametrize(("take", "title"), [(True, "나"), (False, "가")])
def test_a_person_settles_which_text_goes_on(store: Store, take: bool, title: str) -> None:
    paper_id = created(store)
    save(store, paper_id, "가", 1)
    save(store, paper_id, "나", 1)
    store.papers.settle(paper_id, 3, parent=2, by="다", take=take, institution_id="default")
    found = store.papers.get(paper_id, institution_id="default")
    assert (found.current.paper.title, found.asides) == (title, ())
    with pytest.raises(ConflictError):
        store.papers.settle(paper_id, 3, parent=2, by="다", take=take, institution_id="default")


def test_settling_against_a_text_nobody_saw_is_refused(store: Store) -> None:
    paper_id = created(store)
    save(store, paper_id, "가", 1)
    save(store, paper_id, "나", 1)
    save(store, paper_id, "다", 2)
    with pytest.raises(ConflictError):
        store.papers.settle(paper_id, 3, parent=2, by="다", take=True, institution_id="default")


def test_an_edit_voids_the_approval_and_leaves_it_on_record(store: Store) -> None:
    paper_id = created(store)
    given = approval(store, paper_id)
    store.papers.approve(paper_id, given, institution_id="default")
    assert store.papers.get(paper_id, institution_id="default").approval == given
    save(store, paper_id, "둘", 1)
    found = store.papers.get(paper_id, institution_id="default")
    assert (found.approval, found.lapsed) == (None, given)


def test_a_text_that_is_not_current_cannot_be_approved(store: Store) -> None:
    paper_id = created(store)
    given = approval(store, paper_id)
    save(store, paper_id, "둘", 1)
    with pytest.raises(ConflictError):
        store.papers.approve(paper_id, given, institution_id="default")
    wrong = replace(approval(store, paper_id), content_hash="0")
    with pytest.raises(ConflictError):
        store.papers.approve(paper_id, wrong, institution_id="default")


def test_remarks_are_kept_in_order_and_can_be_dealt_with(store: Store, clock: FrozenClock) -> None:
    paper_id = created(store)
    one = store.papers.comment(
        paper_id, "근거?", part_id="answer", by="과장", institution_id="default"
    )
    clock.advance(minutes=1)
    store.papers.comment(paper_id, "좋음", part_id="", by="과장", institution_id="default")
    store.papers.resolve(
        paper_id, one.comment_id, by="주무관", is_resolved=True, institution_id="default"
    )
    found = store.papers.get(paper_id, institution_id="default").comments
    assert [(c.text, c.resolved_by) for c in found] == [("근거?", "주무관"), ("좋음", "")]


def test_pictures_are_kept_once_for_all_versions(store: Store) -> None:
    paper_id = store.papers.create(
        new(EVERY_BLOCK), subject=PaperSubject.PILOT, subject_id="p", institution_id="default"
    )
    again = replace(EVERY_BLOCK, title="둘")
    store.papers.save(paper_id, new(again), parent=1, institution_id="default")
    assert store.papers.get(paper_id, institution_id="default").current.paper == again


def test_a_section_that_a_paper_cites_outlives_its_document(
    store: Store, clock: FrozenClock
) -> None:
    added = add(store, ["근거가 되는 글"])
    citation = make_citation(
        document_id=added.document_id, version_id=added.version_id, section_ordinal=0
    )
    sentence = make_sentence("문장", citations=(citation,))
    blocks = (replace(make_paper().parts[0].blocks[0], sentences=(sentence,)),)  # type: ignore[arg-type] # a paragraph
    paper = make_paper(PaperPart(part_id="a", kind=PartKind.DRAFTED, blocks=blocks))
    store.papers.create(
        new(paper), subject=PaperSubject.PILOT, subject_id="p", institution_id="default"
    )
    store.documents.delete(added.document_id, institution_id="default")
    clock.advance(hours=1)
    store.purge()
    kept = store.sections.many([(added.version_id, 0)], institution_ids=visible_to("default"))
    assert kept[(added.version_id, 0)].text == "근거가 되는 글"


THEIRS: dict[str, Callable[[Store, str], object]] = {
    "get": lambda s, p: s.papers.get(p, institution_id="other"),
    "versions": lambda s, p: s.papers.versions(p, institution_id="other"),
    "version": lambda s, p: s.papers.version(p, 1, institution_id="other"),
    "save": lambda s, p: s.papers.save(p, titled("x"), parent=1, institution_id="other"),
    "settle": lambda s, p: s.papers.settle(
        p, 1, parent=1, by="x", take=True, institution_id="other"
    ),
    "comment": lambda s, p: s.papers.comment(p, "x", part_id="", by="x", institution_id="other"),
    "resolve": lambda s, p: s.papers.resolve(
        p, "x", by="x", is_resolved=True, institution_id="other"
    ),
    "approve": lambda s, p: s.papers.approve(p, approval(s, p), institution_id="other"),
}


@pytest.mark.parametrize("name", THEIRS)
def test_another_institution_finds_no_paper(store: Store, name: str) -> None:
    store.collections.ensure_institution("other", "다른 기관")
    paper_id = created(store)
    with pytest.raises(NotFoundError):
        THEIRS[name](store, paper_id)


def test_another_institution_has_no_papers_of_this_case(store: Store) -> None:
    created(store)
    assert store.papers.of_subject(PaperSubject.COMPLAINT, "case-1", institution_id="other") == ()


@pytest.mark.parametrize("number", [0, 9])
def test_a_version_that_is_not_there_is_not_found(store: Store, number: int) -> None:
    paper_id = created(store)
    with pytest.raises(NotFoundError):
        store.papers.save(paper_id, titled("x"), parent=number, institution_id="default")
