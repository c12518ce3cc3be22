"""Pilots in the page: from files over proposals to figures and a finished report."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.reading import DEFAULT_LIMITS, read_in_process
from assistant.text import squeeze
from tests.browser.conftest import Visit, in_theme, violations
from tests.tree import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PILOTS = ROOT / "corpus" / "pilots"
FOLDER = PILOTS / "가람시_화재감지"


def files() -> list[Path]:
    """Return the office files of an invented pilot."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix != ".md")


def make(visit: Visit, title: str, chosen: list[Path] | None = None) -> Page:
    """Make a pilot and put files in."""
    chosen = chosen or files()
    page = visit.go("#/pilots")
    page.evaluate("localStorage.setItem('gongmun:person', JSON.stringify('주무관 나래'))")
    page.get_by_role("button", name="시범사용 등록").first.click()
    page.get_by_label("제목", exact=True).fill(title)
    page.get_by_role("button", name="등록하기").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    page.locator("pilot-page input[type=file]").set_input_files(chosen)
    page.locator(".pilot-files li").nth(len(chosen) - 1).wait_for(timeout=120_000)
    return page


# What was worked out by hand from the files: items met of all, the score, the mean of the survey's
# last question, and the decision of the institution's own committee.
WORKED = {
    "가람시_화재감지": ("5 / 5", "94.0", "4.43점", "5명이 '적절'로 의결했다."),
    "나래군_도로파임": ("4 / 6", "64.7", "3.36점", "1명이 '부적절'로 의결했다."),
    "다솜시_상담요약": ("5 / 5", "92.0", "4.11점", "6명이 모두 '적절'로 의결했다."),
}
# Part 1, part 2 §1-7 and the attachments, as the official form orders them (별지 11).
ORDER = (
    "제1부 요약", "단계별 진행사항", "단계별 결과검토", "변경(문제)사항 이력",
    "성능 체크리스트", "2. 우수성 평가", "3. 문제점", "4. 기대효과 대비 성과", "5. 종합의견",
    "향후 다수 기관 활용가능성", "다. 성능 만족도", "6. 개선계획", "7. 제품·사업에 대한 개선 의견",
    "붙임 1 심의결과와 심의의결서", "붙임 2 증빙자료",
)  # fmt: skip
SECOND_CHANCE = ("추가 시범사용의 근거", "미충족 항목의 보완 방법")


@pytest.mark.parametrize("folder", WORKED)
def test_from_the_files_of_a_folder_to_a_finished_report_with_charts(
    visit: Visit, folder: str
) -> None:
    met, score, survey, decision = WORKED[folder]
    page = make(visit, f"{folder} 시범사용", sorted((PILOTS / folder).iterdir()))
    expect(page.locator(".choice q").first).not_to_be_empty()
    page.get_by_role("button", name="모두 넣기").click()
    expect(page.locator("pilot-proposals")).to_contain_text("정할 값이 없습니다.", timeout=60_000)
    page.get_by_role("button", name="현황").click()
    expect(page.locator("pilot-checklist .card-head")).to_contain_text(f"충족 {met}")
    expect(page.locator("score-card .score-total")).to_contain_text(score)
    expect(page.locator("step-line [aria-current=step]")).to_have_count(1)
    page.get_by_role("button", name="완료보고서 쓰기").first.click()
    page.locator("draft-sheet .sheet-title").wait_for(timeout=120_000)
    expect(page.locator(".report-outline li").first).to_be_visible()
    expect(page.locator("check-list .badges")).not_to_be_empty()
    texts = {}
    for fmt, head in (("HWPX", b"PK"), ("PDF", b"%PDF")):
        with page.expect_download(timeout=120_000) as started:
            page.get_by_role("link", name=fmt, exact=True).click()
        data = started.value.path().read_bytes()
        assert data.startswith(head)
        texts[fmt] = said(data, f"보고서.{fmt.lower()}")
        if fmt == "HWPX":
            assert pictures(data) == 5
    for text in texts.values():
        places = [text.find(squeeze(heading)) for heading in ORDER]
        assert -1 not in places, ORDER[places.index(-1)]
        assert places == sorted(places)
        assert all(f"<그림{number}>" in text for number in range(1, 6))
        for value in (f"100점가운데{score}점", survey, decision, "【확인필요】"):
            assert squeeze(value) in text
        is_short = folder.startswith("나래군")
        assert all((squeeze(heading) in text) is is_short for heading in SECOND_CHANCE)


def said(data: bytes, file_name: str) -> str:
    """Return all words of a file without spaces, tables included."""
    document = read_in_process(data, file_name=file_name, limits=DEFAULT_LIMITS)
    cells = ((cell.text for row in block.rows for cell in row) for block in document.blocks)
    blocks = zip(document.blocks, cells, strict=True)
    return squeeze("".join("".join((b.caption, b.text, *told)) for b, told in blocks))


def pictures(hwpx: bytes) -> int:
    """Return how many pictures a HWPX file holds."""
    with zipfile.ZipFile(BytesIO(hwpx)) as file:
        return sum(name.endswith(".png") for name in file.namelist())


def test_a_value_is_corrected_and_the_figures_follow(visit: Visit) -> None:
    page = make(visit, "가람시 고칠 시범사용")
    page.get_by_role("button", name="모두 넣기").click()
    expect(page.locator("pilot-proposals")).to_contain_text("정할 값이 없습니다.")
    page.get_by_role("button", name="현황").click()
    expect(page.locator("pilot-checklist .card-head")).to_contain_text("충족 5 / 5")
    page.get_by_role("button", name="기록", exact=True).click()
    section = page.locator("[data-section=measurements]")
    section.locator("tr", has_text="1번 결과").or_(section.locator("tr")).first.wait_for()
    row = section.locator("tr", has=page.get_by_role("button", name="24.6", exact=True)).first
    row.get_by_role("button", name="24.6", exact=True).click()
    page.locator("dialog input[name=value]").fill("31")
    page.get_by_role("button", name="고치기").click()
    page.get_by_role("button", name="현황").click()
    expect(page.locator("pilot-checklist .card-head")).to_contain_text("충족 4 / 5")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing_in_portfolio_and_pilot(
    visit: Visit, theme: str
) -> None:
    page = make(visit, "가람시 살필 시범사용")
    in_theme(page, theme)
    assert violations(page) == []
    page.get_by_role("button", name="현황").click()
    assert violations(page) == []
    step = page.get_by_role("button", name="완료보고서,")
    step.click()
    expect(page.locator(".step-detail")).to_contain_text("제36조제1항")
    assert violations(page) == []
    step.click()
    expect(page.locator(".step-detail")).to_have_count(0)
    page = visit.go("#/pilots")
    in_theme(page, theme)
    page.locator("data-table tr[data-row]").first.wait_for()
    assert violations(page) == []


def marked_in_view(page: Page, quote: str) -> None:
    """Check that a file is open at a quote, marked and in view."""
    mark = page.locator("pilot-source mark")
    expect(mark).to_have_text(quote)
    expect(mark).to_be_in_viewport()


def test_every_value_opens_the_cell_that_it_was_read_from(visit: Visit) -> None:
    page = make(visit, "가람시 근거 시범사용")
    first = page.locator(".choice .option").first
    quote = first.locator("q").inner_text().strip("“”\"'")
    first.locator(".source-press").click()
    marked_in_view(page, quote)
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("pilot-source")).to_be_hidden()
    expect(first.locator(".source-press")).to_be_focused()
    page.get_by_role("button", name="모두 넣기").click()
    expect(page.locator("pilot-proposals")).to_contain_text("정할 값이 없습니다.")
    page.get_by_role("button", name="현황").click()
    for link in page.locator("pilot-checklist .link-button").all():
        link.click()
        marked_in_view(page, link.get_attribute("title") or "")
    page.reload()
    expect(page.locator("pilot-source mark")).to_be_in_viewport()
    page.get_by_role("button", name="닫기").click()
    page.get_by_role("button", name="기록", exact=True).click()
    row = page.locator("[data-section=committee] .source-press").first
    row.click()
    marked_in_view(page, row.get_attribute("title") or "")
