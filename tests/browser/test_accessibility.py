"""Every screen, in both themes and widths, as assistive technology and small screens see it."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.conftest import ASKED, Site, Visit, violations, visiting
from tests.browser.drafting import put_draft

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def open_evidence(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    page.locator("cite-chip .cite").first.click()
    page.locator("evidence-pane mark").first.wait_for()


def open_settings(visit: Visit) -> None:
    page = visit.go("#/status")
    if (more := page.get_by_role("button", name="더보기")).is_visible():
        more.click()
    page.get_by_role("button", name="설정").click()


def open_document(visit: Visit) -> None:
    page = visit.go("#/documents/inbox")
    page.locator("button.row-open").first.click()
    page.locator("document-text .blocks > *").first.wait_for()


def open_draft(visit: Visit) -> None:
    page = visit.go(f"#/drafts/{put_draft(visit.site)}")
    page.locator("draft-part").first.wait_for()
    page.locator(".version-item").first.wait_for(state="attached")


def compare_draft(visit: Visit) -> None:
    page = visit.go(f"#/drafts/{put_draft(visit.site)}?old=1&new=1")
    page.locator(".diff-row").first.wait_for()


def open_approval(visit: Visit) -> None:
    open_draft(visit)
    visit.page.get_by_role("button", name="승인", exact=True).click()
    visit.page.get_by_role("checkbox").first.check()


SCREENS = {
    "draft": open_draft,
    "comparison": compare_draft,
    "approval": open_approval,
    "first page": lambda visit: visit.go(),
    "answer and evidence": open_evidence,
    "document": open_document,
    "status": lambda visit: visit.go("#/status"),
    "settings": open_settings,
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_the_checker_finds_nothing(
    browser: Browser, site: Site, screen: str, theme: Literal["light", "dark"]
) -> None:
    size = ViewportSize(width=1440, height=900)
    context = browser.new_context(
        viewport=size, color_scheme=theme, locale="ko-KR", reduced_motion="reduce"
    )
    with visiting(context, site) as visit:
        SCREENS[screen](visit)
        assert violations(visit.page) == []


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_scrolls_sideways_at_320_pixels(browser: Browser, site: Site, screen: str) -> None:
    context = browser.new_context(viewport=ViewportSize(width=320, height=640), locale="ko-KR")
    with visiting(context, site) as visit:
        SCREENS[screen](visit)
        width = visit.page.evaluate("document.documentElement.scrollWidth")
        assert width == 320


@pytest.mark.parametrize("place", ["complaints", "pilots", "applications"])
def test_what_cannot_be_found_says_so_under_a_title_with_a_way_back(
    visit: Visit, place: str
) -> None:
    page = visit.go(f"#/{place}/none")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert violations(page) == []
    page.locator("header .icon-button").first.click()
    expect(page.get_by_role("alert")).to_have_count(0)
    visit.complaints.clear()  # what is not there is an expected 404


def test_the_menu_of_the_bar_below_opens_within_the_screen_of_a_phone(
    browser: Browser, site: Site
) -> None:
    size = ViewportSize(width=390, height=844)
    context = browser.new_context(viewport=size, is_mobile=True, has_touch=True, locale="ko-KR")
    with visiting(context, site) as visit:
        page = visit.go()
        page.get_by_role("button", name="더보기").tap()
        box = page.get_by_role("group", name="더보기").bounding_box()
        assert box
        assert box["y"] > 0
        assert box["y"] + box["height"] < 844
        assert page.evaluate("scrollY") == 0


def test_the_skip_link_comes_first_and_leads_to_the_content(visit: Visit) -> None:
    page = visit.go("#/documents")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_end_of_an_answer_is_announced_in_one_sentence(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    expect(page.locator("#live")).to_contain_text("답변이 끝났습니다. 문장 1개 가운데 확인됨 1.")


def test_pane_widths_change_by_keyboard_and_are_remembered(visit: Visit) -> None:
    page = visit.go()
    edge = page.get_by_role("separator", name="목록 너비")
    edge.press("ArrowRight")
    expect(edge).to_have_attribute("aria-valuenow", "280")
    page.reload()
    expect(edge).to_have_attribute("aria-valuenow", "280")


def test_without_motion_the_spinner_is_only_its_word(visit: Visit) -> None:
    page = visit.go()
    spinner = page.evaluate_handle(
        "() => { const one = document.createElement('i'); one.className = 'spin';"
        " document.body.append(one); return one; }"
    )
    assert spinner.evaluate("one => getComputedStyle(one).display") == "none"


def test_paper_shows_numbers_sources_and_quotes_but_no_controls(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    page.emulate_media(media="print")
    expect(page.locator("print-sources")).to_be_visible()
    expect(page.locator("chat-composer")).to_be_hidden()
    expect(page.locator("app-rail")).to_be_hidden()
