"""Pilots in the page: from files over proposals to figures and a finished report."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, violations
from tests.tree import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FOLDER = ROOT / "corpus" / "pilots" / "가람시_화재감지"


def files() -> list[Path]:
    """Return the office files of an invented pilot."""
    return sorted(path for path in FOLDER.iterdir() if path.suffix != ".md")


def make(visit: Visit, title: str) -> Page:
    """Make a pilot and put its files in."""
    page = visit.go("#/pilots")
    page.evaluate("localStorage.setItem('gongmun:person', JSON.stringify('주무관 나래'))")
    page.get_by_role("button", name="시범사용 등록").first.click()
    page.get_by_label("제목", exact=True).fill(title)
    page.get_by_role("button", name="등록하기").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    page.locator("pilot-page input[type=file]").set_input_files(files())
    page.locator(".pilot-files li").nth(len(files()) - 1).wait_for()
    return page


def test_from_files_over_proposals_to_a_report_as_hwpx_and_pdf(visit: Visit) -> None:
    page = make(visit, "가람시 시범사용")
    expect(page.locator(".choice q").first).not_to_be_empty()
    page.get_by_role("button", name="모두 넣기").click()
    expect(page.locator("pilot-proposals")).to_contain_text("정할 값이 없습니다.")
    page.get_by_role("button", name="현황").click()
    expect(page.locator("pilot-checklist tbody tr").first).to_contain_text("충족")
    expect(page.locator("score-card .score-total")).to_contain_text("/ 100점")
    expect(page.locator("step-line [aria-current=step]")).to_have_count(1)
    page.get_by_role("button", name="완료보고서 쓰기").first.click()
    page.locator("draft-sheet .sheet-title").wait_for(timeout=60_000)
    expect(page.locator(".report-outline li").first).to_be_visible()
    expect(page.locator("check-list .badges")).not_to_be_empty()
    assert violations(page) == []
    for fmt, head in (("HWPX", b"PK"), ("PDF", b"%PDF")):
        link = page.get_by_role("link", name=fmt, exact=True).get_attribute("href")
        answer = page.request.get(f"{visit.site.address}{link}")
        assert answer.ok
        assert answer.body().startswith(head)


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
    row.get_by_role("button").click()
    page.locator("dialog input[name=value]").fill("31")
    page.get_by_role("button", name="고치기").click()
    page.get_by_role("button", name="현황").click()
    expect(page.locator("pilot-checklist .card-head")).to_contain_text("충족 4 / 5")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing_in_portfolio_and_pilot(
    visit: Visit, theme: str
) -> None:
    page = make(visit, "가람시 살필 시범사용")
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    assert violations(page) == []
    page.get_by_role("button", name="현황").click()
    assert violations(page) == []
    page = visit.go("#/pilots")
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
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
