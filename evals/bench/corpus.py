"""Made-up rules of any number, of sentences that a folder of texts holds; the same every time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.chunking import chunk
from assistant.domain import DEFAULT_INSTITUTION, PUBLIC_INSTITUTION, Grade
from assistant.errors import ConfigurationError
from assistant.reading import Limits, read_in_process

SUFFIXES = (".md", ".txt", ".html")
SEED = 20261123
OFFICES = ("office-a", "office-b")
_SENTENCE = re.compile(r"(?<=다\.)\s+|\n")
_MARK = re.compile(r"^[①-⑳]|^\d+\.\s*|^[-|].*")
_TOPICS = ("시범구매", "정보공개", "기록물", "민원 상담", "시설 점검", "물품 관리", "위탁 사무")
_DEEDS = ("운영", "처리", "평가", "지정", "보호", "지원", "점검")
_FORMS = (
    ("법률", "에 관한 법률"),
    ("대통령령", "에 관한 법률 시행령"),
    ("총리령", "에 관한 규칙"),
    ("고시", " 기준"),
)
_PARAGRAPHS = "①②③④⑤"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile:
    """A rule as it would be uploaded, and to whom."""

    name: str
    data: bytes
    institution_id: str
    collection_id: str
    grade: Grade


def sentences_of(folder: Path) -> list[str]:
    """Return the sentences of the texts below `folder`, each once, in order.

    Raises:
        ConfigurationError: there are none.
    """
    found: dict[str, None] = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES):
        document = read_in_process(path.read_bytes(), file_name=path.name, limits=Limits())
        for section in chunk(document).sections:
            for sentence in _SENTENCE.split(section.text):
                text = _MARK.sub("", sentence.strip()).strip()
                if 20 <= len(text) <= 200:
                    found[text] = None
    if not found:
        raise ConfigurationError("the folder holds no sentences to make rules of")
    return list(found)


def rule_file(sentences: Sequence[str], number: int, *, revision: int = 0) -> RuleFile:
    """Return made-up rule `number`; a later `revision` differs in its first article alone."""
    random = np.random.default_rng([SEED, number])
    category, form = _FORMS[number % len(_FORMS)]
    topic, deed = _TOPICS[number // 4 % len(_TOPICS)], _DEEDS[number // 28 % len(_DEEDS)]
    title = f"{topic} {deed}{form}(가상 {number})"
    year, month = random.integers(2012, 2027), random.integers(1, 13)
    lines = ["---", f"제목: {title}", f"법령구분: {category}", f"시행일자: {year}-{month:02}-01"]
    lines += ["---", "", f"# {title}", ""]
    for article in range(1, int(random.integers(30, 60))):
        texts = [
            " ".join(sentences[at] for at in random.integers(0, len(sentences), count))
            for count in random.integers(2, 5, int(random.integers(2, 6)))
        ]
        lines += [f"##### 제{article}조 ({' '.join(texts[0].split()[:2])})", ""]
        if article == 1 and revision:
            texts[0] += f" 이 조는 {revision}번째로 고친 것이다."
        for mark, text in zip(_PARAGRAPHS, texts, strict=False):
            lines += [f"**{mark}** {text}", ""]
    institution_id, collection_id = _owner(number)
    is_sensitive = institution_id != PUBLIC_INSTITUTION and number % 4 == 3
    return RuleFile(
        name=f"rule-{number}.md",
        data="\n".join(lines).encode("utf-8"),
        institution_id=institution_id,
        collection_id=collection_id,
        grade=Grade.SENSITIVE if is_sensitive else Grade.OPEN,
    )


def _owner(number: int) -> tuple[str, str]:
    """Return institution and collection: of twenty rules six are public, two of other offices."""
    place = number % 20
    if place < 6:
        return PUBLIC_INSTITUTION, "rules" if place < 4 else "guides"
    if place < 18:
        return DEFAULT_INSTITUTION, "inbox"
    office = OFFICES[place - 18]
    return office, f"{office}-inbox"
