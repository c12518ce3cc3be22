"""A process that saves a paper again and again, tells what it was promised, and is killed."""

from __future__ import annotations

import sys

from assistant.domain import PaperSubject
from assistant.papers import cited, content_hash
from assistant.store import NewPaperVersion, Store
from tests.make import make_paper


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def version(title: str) -> NewPaperVersion:
    paper = make_paper(title=title)
    return NewPaperVersion(
        paper=paper, content_hash=content_hash(paper), citations=cited(paper), by="", reason="x"
    )


def main(url: str) -> None:
    with Store.open(url) as store:
        paper_id = store.papers.create(
            version("0"),
            subject=PaperSubject.COMPLAINT,
            subject_id="c",
            institution_id="default",
        )
        say("created", paper_id)
        parent = 1
        for number in range(1, 10_000):
            # Every third save comes from somebody who has not seen the newest text.
            base = parent - 1 if number % 3 == 0 and parent > 1 else parent
            saved = store.papers.save(
                paper_id, version(str(number)), parent=base, institution_id="default"
            )
            say("saved", paper_id, str(saved.number), str(number))
            parent = parent if saved.is_aside else saved.number


if __name__ == "__main__":
    main(sys.argv[1])
