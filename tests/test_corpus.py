"""The sample corpus: complete, honest about itself, and written in our own words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from assistant.domain import Block, Grade, SourceKind
from assistant.reading import DEFAULT_LIMITS, read_in_process
from tests.looked_up import LOOKED_UP
from tests.pilot_files import make, targets

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
CASES = ROOT / "evals" / "cases" / "corpus_questions.yaml"
LAWS = ROOT.parent / "shared" / "data" / "laws"

MAX_CHARS = 330_000
MAX_PDF_BYTES = 200_000
RUN = 30
COLLECTIONS = ("rules", "guides", "dossiers", "pilots")
RULE_KINDS = {
    "법률": SourceKind.LAW,
    "대통령령": SourceKind.DECREE,
    "재정경제부령": SourceKind.RULE,
    "행정안전부령": SourceKind.RULE,
    "고시": SourceKind.NOTICE,
    "지침": SourceKind.NOTICE,
}
INVENTED = re.compile(r"가상의[^.]*입니다\.")
# Fixed names that may well be longer than a run; nothing else may be copied.
OFFICIAL_NAMES = (
    "국가를 당사자로 하는 계약에 관한 법률 시행령",
    "지방자치단체를 당사자로 하는 계약에 관한 법률 시행령",
    "인공지능 발전과 신뢰 기반 조성 등에 관한 기본법 시행령",
    "행정업무의 운영 및 혁신에 관한 규정 시행규칙",
)

_HEADING = re.compile(r"^#{1,6} ")
_ARTICLE = re.compile(r"^##### (제\d+조(?:의\d+)?) \((.+)\)$")
_PARAGRAPH = re.compile(r"^\*\*([①-⑳])\*\* ")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


def _sources() -> list[dict[str, Any]]:
    loaded = yaml.safe_load((CORPUS / "sources.yaml").read_text(encoding="utf-8"))
    return list(loaded["sources"])


def _files() -> list[Path]:
    found = (p for p in CORPUS.rglob("*") if p.is_file() and p.name != "sources.yaml")
    return sorted(p for p in found if not p.name.startswith("."))


def _searched() -> list[Path]:
    aside = {source["path"] for source in _sources() if not source.get("is_searched", True)}
    return [path for path in _files() if _name(path) not in aside]


def _name(path: Path) -> str:
    return unicodedata.normalize("NFC", path.relative_to(CORPUS).as_posix())


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(path).pages)
    if path.suffix in {".hwpx", ".docx", ".xlsx"}:
        document = read_in_process(path.read_bytes(), file_name=path.name, limits=DEFAULT_LIMITS)
        return "\n".join(_words(block) for block in document.blocks)
    return path.read_text(encoding="utf-8-sig")


def _words(block: Block) -> str:
    return block.text or "\n".join(" ".join(cell.text for cell in row) for row in block.rows)


def _front_matter(path: Path) -> dict[str, Any]:
    match = _FRONT.match(path.read_text(encoding="utf-8"))
    assert match, f"{_name(path)} has no front matter"
    return dict(yaml.safe_load(match[1]))


def _articles(text: str) -> dict[str, tuple[str, list[str]]]:
    """Title and paragraph marks of each article, by label."""
    found: dict[str, tuple[str, list[str]]] = {}
    marks: list[str] = []
    for line in text.split("\n## 부칙")[0].splitlines():
        if article := _ARTICLE.match(line):
            marks = []
            found[article[1]] = (_squeeze(article[2]), marks)
        elif paragraph := _PARAGRAPH.match(line):
            marks.append(paragraph[1])
    return found


def _squeeze(text: str) -> str:
    return re.sub(r"[\s*\\|]+|<[^>]*>", "", text).replace("·", "ㆍ")


def _squeezed_lines(text: str) -> Iterator[str]:
    """Body lines without white space and marks; titles of chapters and articles are left out."""
    for line in _FRONT.sub("", text).splitlines():
        if line.strip() and not _HEADING.match(line):
            yield _squeeze(line)


RULES = sorted((CORPUS / "rules").glob("*.md"))
BY_NAME = pytest.mark.parametrize("path", RULES, ids=lambda p: p.stem)


# -- sources.yaml --------------------------------------------------------------------------------


def test_every_file_is_listed_once_and_every_entry_has_its_file() -> None:
    listed = Counter(source["path"] for source in _sources())
    assert [path for path, times in listed.items() if times > 1] == []
    assert set(listed) == {_name(path) for path in _files()}


def test_every_checksum_is_that_of_the_file() -> None:
    actual = {_name(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in _files()}
    assert {source["path"]: source["sha256"] for source in _sources()} == actual


def test_every_entry_says_what_the_assistant_needs_to_know() -> None:
    sources = _sources()
    identifiers = [source["id"] for source in sources]
    assert len(set(identifiers)) == len(identifiers)
    for source in sources:
        assert re.fullmatch(r"[a-z]+(?:-[a-z0-9]+)+", source["id"]), source["id"]
        assert SourceKind(source["kind"]), source["id"]
        assert source["collection"] == source["path"].split("/")[0], source["id"]
        assert source["collection"] in COLLECTIONS, source["id"]
        assert Grade(source["grade"]) is Grade.OPEN, source["id"]
        assert source["title"], source["id"]
        assert source["publisher"], source["id"]
        assert source["licence"].startswith("MIT"), source["id"]
        assert ("effective_from" in source) == (source["collection"] == "rules"), source["id"]


def test_the_kinds_go_with_the_collections() -> None:
    kinds = {name: set[str]() for name in COLLECTIONS}
    for source in _sources():
        kinds[source["collection"]].add(source["kind"])
    assert kinds["rules"] <= {"law", "decree", "rule", "notice"}
    assert kinds["guides"] == {"guide", "news"}
    assert kinds["dossiers"] == {"dossier"}
    assert kinds["pilots"] == {"pilot"}


# -- rules ---------------------------------------------------------------------------------------


@BY_NAME
def test_a_digest_says_that_it_is_one_and_agrees_with_its_entry(path: Path) -> None:
    front = _front_matter(path)
    source = next(s for s in _sources() if s["path"] == _name(path))
    assert front["제목"].endswith("(요약)")
    assert front["비고"].startswith("조문 요약(공문 작성), 원문 아님")
    assert "https://www.law.go.kr/" in front["출처"]
    assert front["상태"] == "시행"
    assert front["공포일자"] <= front["시행일자"]
    assert source["title"] == front["제목"]
    assert source["effective_from"] == front["시행일자"]
    assert SourceKind(source["kind"]) is RULE_KINDS[front["법령구분"]]


@BY_NAME
def test_a_digest_has_articles_in_the_shape_of_a_rule(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    headings = [line for line in text.splitlines() if line.startswith("#####")]
    assert len(headings) >= 3
    assert [line for line in headings if not _ARTICLE.match(line)] == []
    assert len(_articles(text)) == len(headings), "an article appears twice"


@BY_NAME
def test_a_digest_names_only_articles_and_paragraphs_of_its_rule(path: Path) -> None:
    front = _front_matter(path)
    name = front["제목"].removesuffix("(요약)")
    in_original, in_force = _checked_against(name)
    for label, (title, marks) in _articles(path.read_text(encoding="utf-8")).items():
        assert label in in_original, label
        assert title == in_original[label][0], label
        assert set(marks) <= set(in_original[label][1]), label
    assert str(front["시행일자"]) == in_force


def _checked_against(name: str) -> tuple[dict[str, tuple[str, list[str]]], str]:
    """Return the articles of a rule and the day it took effect, from its text or from LOOKED_UP."""
    if name in LOOKED_UP:
        in_force, rows = LOOKED_UP[name]
        found = (row.split("|") for row in rows)
        return {label: (_squeeze(title), list(marks)) for label, title, marks in found}, in_force
    originals = {
        _squeeze(match[1].strip("'\"")): text
        for text in _originals()
        if (match := re.search(r"(?m)^제목: (.*)$", text))
    }
    original = originals[_squeeze(name)]
    in_force = re.search(r"(?m)^시행일자: '?([\d-]+)", original)
    assert in_force, name
    return _articles(original), in_force[1]


def test_nothing_is_copied_from_the_rules_themselves() -> None:
    names = [_squeeze(name) for name in OFFICIAL_NAMES]
    ours: dict[str, str] = {}
    for path in _files():
        for line in _squeezed_lines(_text(path)):
            for name in names:
                line = line.replace(name, "◇")
            ours.update((line[i : i + RUN], _name(path)) for i in range(len(line) - RUN + 1))
    copied = {
        (ours[run], run)
        for text in _originals()
        for line in _squeezed_lines(text)
        for i in range(len(line) - RUN + 1)
        if (run := line[i : i + RUN]) in ours
    }
    assert copied == set()


def _originals() -> list[str]:
    paths = sorted(LAWS.glob("*/*.md"))
    if not paths:
        pytest.skip("the texts of the rules are not beside the repository (../shared/data/laws)")
    return [path.read_text(encoding="utf-8") for path in paths]


def test_the_ministry_is_called_by_its_present_name() -> None:
    old = {_name(p) for p in _files() if "기획재정부" in _text(p)}
    assert old == {"guides/용어_풀이.md"}, "only the entry that explains the change may name it"


# -- dossiers and pilots -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [p for p in _files() if _name(p).split("/")[0] in {"dossiers", "pilots"}],
    ids=lambda p: p.stem,
)
def test_invented_firms_products_and_bodies_say_so(path: Path) -> None:
    assert INVENTED.search(_text(path)[:400])


def test_the_dossiers_are_many_and_varied() -> None:
    paths = [p for p in _files() if _name(p).startswith("dossiers/")]
    texts = [_text(p) for p in paths]
    assert len(paths) >= 12
    for track in ("기술선도", "국민체감", "사회적 책임", "글로벌(수출선도형)"):
        assert sum(track in text for text in texts) >= 2, track
    with_ai = sum("인공지능 점검표" in text for text in texts)
    assert 4 <= with_ai <= len(paths) - 4
    assert {p.suffix for p in paths} == {".md", ".html", ".txt", ".pdf"}


def test_the_pdf_dossiers_are_small_and_give_their_text() -> None:
    paths = [p for p in _files() if p.suffix == ".pdf" and _name(p).startswith("dossiers/")]
    assert len(paths) >= 2
    for path in paths:
        assert path.stat().st_size < MAX_PDF_BYTES, _name(path)
        assert re.search(r"2025년 [\d,]+ [\d,]+ \d+명", _text(path)), _name(path)


def test_the_invented_pilots_have_all_their_parts() -> None:
    folders = [p for p in (CORPUS / "pilots").iterdir() if p.is_dir()]
    assert len(folders) == 3
    for folder in folders:
        parts = sorted(p.stem.split("_", 2)[2] for p in folder.glob("*.md"))
        assert parts == ["설문요약", "수행계획서", "완료보고_메모", "측정값", "회의록"]


@pytest.mark.parametrize(("words", "target"), list(targets()), ids=lambda p: p.stem)
def test_the_forms_of_the_pilots_say_what_their_words_say(words: Path, target: Path) -> None:
    made = target.with_name(f"made{target.suffix}")
    read_made = read_in_process(
        make(words, target.suffix[1:]), file_name=made.name, limits=DEFAULT_LIMITS
    )
    held = read_in_process(target.read_bytes(), file_name=made.name, limits=DEFAULT_LIMITS)
    assert held.blocks == read_made.blocks


def test_the_totals_in_the_tables_of_the_pilots_add_up() -> None:
    checked = 0
    for path in (CORPUS / "pilots").rglob("*.md"):
        for rows in _tables(path.read_text(encoding="utf-8")):
            if rows[-1][0] != "합계" or any("소계" in row[0] for row in rows):
                continue
            for column in zip(*(row[1:] for row in rows[1:]), strict=True):
                amounts = [cell.replace(",", "") for cell in column]
                if all(re.fullmatch(r"\d+(\.\d+)?", amount) for amount in amounts):
                    *parts, total = map(float, amounts)
                    assert sum(parts) == pytest.approx(total), f"{_name(path)}: {total}"
                    checked += 1
    assert checked >= 8


def _tables(text: str) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if not set("".join(cells)) <= {"-", " "}:
                rows.append(cells)
        elif rows:
            yield rows
            rows = []


# -- size and questions --------------------------------------------------------------------------


def test_the_corpus_is_small_enough_to_be_indexed_at_the_first_start() -> None:
    assert sum(len(_text(path)) for path in _searched()) <= MAX_CHARS


def _cases() -> list[dict[str, Any]]:
    return list(yaml.safe_load(CASES.read_text(encoding="utf-8"))["cases"])


def test_the_questions_cover_what_goes_wrong() -> None:
    cases = _cases()
    kinds = Counter(case["type"] for case in cases)
    identifiers = [case["id"] for case in cases]
    assert len(cases) >= 40
    assert kinds["unanswerable"] >= 8
    assert kinds["conflict"] >= 3
    assert kinds["table"] >= 3
    assert kinds["follow-up"] >= 3
    assert len(set(identifiers)) == len(identifiers)
    for before, case in zip([{"id": ""}, *cases], cases, strict=False):
        assert case.get("follows", before["id"]) == before["id"], case["id"]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_a_question_can_be_answered_from_where_it_says(case: dict[str, Any]) -> None:
    if case["expect_mode"] == "none":
        assert not case["expect"]
        assert not case["answer_any"]
        return
    files = {_name(path): path for path in _files()}
    texts = []
    for entry in case["expect"]:
        text = _text(files[entry["file"]])
        texts.append(re.sub(r"\s", "", text))
        labels = [label for label in entry["articles"] if not label.endswith("쪽")]
        assert all(_has_section(text, label) for label in labels), entry
    together = ["".join(texts)] if case["expect_mode"] == "all" else texts
    for text in together:
        for group in case["answer_any"]:
            assert any(re.sub(r"\s", "", variant) in text for variant in group), group


def _has_section(text: str, label: str) -> bool:
    return any(
        re.sub(r"^#+ |<[^>]+>", "", line).strip() == label or line.startswith(f"##### {label} (")
        for line in text.splitlines()
    )
