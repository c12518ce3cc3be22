"""A process that takes in invented files, tells each promise it was given, and is killed."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from assistant.domain import Grade
from tests.assistant.building import INBOX, OWN, BigramEmbedder, open_office, rule_text


def invented(seed: int, number: int) -> tuple[str, str]:
    """Return name and text of file `number`; every third is a new version of an earlier one."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 (not a secret)
    subject = chance.randrange(number) if number and number % 3 == 0 else number
    articles = chance.randint(1, 40)
    return f"규정-{subject}.md", rule_text(
        f"{subject}번 규정", articles, days=chance.randint(1, 90)
    )


def main(folder: Path, seed: int, first: int) -> None:
    """Receive files from number `first` on, while reading and indexing go on behind."""
    with open_office(folder, embedder=BigramEmbedder()) as office:
        office.keeper.start()
        office.flow.start()
        for number in range(first, first + 10_000):
            name, text = invented(seed, number)
            path = office.write(f"{number}.part", text)
            office.flow.receive_copy(
                path, file_name=name, institution_id=OWN, collection_id=INBOX, grade=Grade.OPEN
            )
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
