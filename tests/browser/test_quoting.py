"""Without a model: sentences of the sources, grouped, and named for what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.conftest import ASKED, RULE, Site, Visit, serve, violations, visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLACES = ("가나군", "다라군", "마바군", "사아군")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return a server without a model and with four like rules of invented places."""
    with serve(tmp_path_factory.mktemp("shelf")) as running:
        for number, place in enumerate(PLACES):
            text = RULE.replace("가나군", place).replace("14일", f"{14 + number}일")
            running.put(f"{place} 시험구매 운영 규정.md", text)
        yield running


@pytest.fixture
def visit(browser: Browser, shelf: Site) -> Iterator[Visit]:
    context = browser.new_context(
        viewport=ViewportSize(width=1440, height=900),
        locale="ko-KR",
        permissions=["clipboard-read", "clipboard-write"],
    )
    with visiting(context, shelf) as opened:
        yield opened
    assert opened.complaints == []


def test_the_best_source_comes_first_and_the_rest_below_a_heading(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    expect(page.locator(".related h3")).to_have_text("함께 볼 조문")
    expect(page.locator(".answer-group:visible")).to_have_count(2)
    expect(page.locator(".related .answer-group:visible .group-name")).to_contain_text("제2조")


def test_more_shows_every_group_and_takes_the_focus_along(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    folded = page.locator(".answer-group.folded")
    assert folded.count() > 0
    page.locator("answer-text").get_by_role("button", name="더 보기").click()
    expect(folded).to_have_count(0)
    expect(page.locator(".answer-group").nth(2).locator(".cite").first).to_be_focused()


def test_a_folded_sentence_shows_itself_when_its_source_is_opened(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    number = page.locator(".answer-group.folded .cite").first.get_attribute("data-cite")
    page.locator(f"source-list [data-cite='{number}']").click()
    expect(page.locator(f".answer-group:visible cite-chip [data-cite='{number}']")).to_be_visible()
    expect(page.locator("sentence-mark.linked")).to_be_visible()


def test_paper_and_copy_hold_the_folded_sentences_too(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    texts = page.locator("sentence-mark .words").all_text_contents()
    page.get_by_role("button", name="복사", exact=True).click()
    page.locator("toast-region", has_text="복사").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert [text for text in texts if text.strip() not in copied] == []
    page.emulate_media(media="print")
    expect(page.locator(".answer-group:visible")).to_have_count(
        page.locator(".answer-group").count()
    )


def test_the_lines_about_the_service_speak_of_sources_and_not_of_a_model(visit: Visit) -> None:
    page = visit.go()
    expect(page.locator(".start-foot p")).to_have_text(
        "규정과 자료의 문장을 찾아 보여 드리는 서비스입니다."
    )
    visit.ask(ASKED)
    expect(page.locator(".composer-note")).to_have_text(
        "원문에서 고른 문장입니다. 근거를 열어 확인한 뒤 사용해 주십시오."
    )


def test_with_a_model_the_page_says_that_answers_are_made_by_one(
    browser: Browser, site: Site
) -> None:
    with visiting(browser.new_context(locale="ko-KR"), site) as visit:
        page = visit.go()
        expect(page.locator(".start-foot p")).to_have_text(
            "AI를 이용해 답변을 만드는 서비스입니다."
        )
        visit.ask(ASKED)
        expect(page.locator(".composer-note")).to_have_text(
            "AI가 쓴 답변입니다. 근거를 열어 확인한 뒤 사용해 주십시오."
        )
        expect(page.locator(".related")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_checker_finds_nothing_in_grouped_sentences(
    browser: Browser, shelf: Site, theme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=theme, locale="ko-KR", reduced_motion="reduce")
    with visiting(context, shelf) as visit:
        visit.go()
        page = visit.ask(ASKED)
        assert violations(page) == []
        page.locator("answer-text").get_by_role("button", name="더 보기").press("Enter")
        assert violations(page) == []
