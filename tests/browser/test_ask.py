"""Ask: from the question to the evidence, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.reading import Limits, read_in_process
from tests.browser.conftest import ASKED, FOLLOWED, QUOTE, Site, Visit, visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CITE = "cite-chip .cite"


def marked_text(page: Page) -> str:
    """Return the words that are highlighted in the open source."""
    return " ".join(page.locator("evidence-pane mark").all_inner_texts())


def first_quote(visit: Visit) -> str:
    """Return the quote of the first citation, as the server stored it."""
    conversation_id = re.split(r"[/?]", visit.page.url.partition("#/ask/")[2])[0]
    turns = visit.site.get(f"/api/conversations/{conversation_id}")["turns"]
    return str(turns[0]["answer"]["citations"][0]["quote"])


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.outerHTML"))


def test_a_citation_opens_the_source_with_exactly_the_quote_marked(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    page.locator(CITE).first.click()
    expect(page.locator("evidence-pane .pane-title")).to_have_text("가나군 시험구매 운영 규정")
    assert QUOTE in marked_text(page)
    assert marked_text(page) == first_quote(visit)


def test_the_marked_span_is_in_view_and_the_sentence_is_linked(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    page.locator(CITE).first.click()
    expect(page.locator("evidence-pane mark").first).to_be_in_viewport()
    expect(page.locator("sentence-mark.linked")).to_have_count(1)


def test_a_follow_up_joins_the_conversation_and_a_reload_keeps_everything(visit: Visit) -> None:
    visit.go()
    visit.ask(ASKED)
    page = visit.ask(FOLLOWED)
    page.locator(CITE).first.click()
    page.locator("evidence-pane mark").first.wait_for()
    before = page.locator("chat-thread").inner_text()
    page.reload()
    page.locator("evidence-pane mark").first.wait_for()
    assert page.locator("chat-thread").inner_text() == before
    expect(page.locator("[data-conversation] a[aria-current]")).to_contain_text(ASKED[:6])


def test_a_question_that_has_little_room_below_goes_to_the_top(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 600})
    visit.go()
    visit.ask(ASKED)
    page = visit.ask(FOLLOWED)
    expect(page.locator("chat-turn.latest .bubble")).to_contain_text(FOLLOWED)
    tops = "all => all.map(one => one.getBoundingClientRect().top)"
    for _ in range(30):  # the policy forbids what waits for a condition
        page.wait_for_timeout(100)
        thread, question = page.locator(".scroller, chat-turn.latest").evaluate_all(tops)
        if question - thread < 40:
            break
    assert question - thread < 40


def test_back_closes_the_pane_before_it_leaves(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    page.locator(CITE).first.click()
    page.locator("evidence-pane mark").first.wait_for()
    page.go_back()
    expect(page.locator("evidence-pane")).to_be_hidden()
    expect(page.locator("chat-turn")).to_have_count(1)


@pytest.fixture
def slow_model(site: Site) -> Iterator[None]:
    """Let the model write four signs at a time, with pauses."""
    assert site.endpoint is not None
    site.endpoint.mode = "drip:0.4"
    yield
    site.endpoint.mode = "ok"


@pytest.mark.usefixtures("slow_model")
@pytest.mark.parametrize("by", ["button", "Escape"])
def test_stopping_keeps_the_text_and_marks_it_unchecked(visit: Visit, by: str) -> None:
    page = visit.go()
    page.locator("#question").fill(ASKED)
    page.keyboard.press("Enter")
    expect(page.locator(".provisional")).to_contain_text("시험기관")
    if by == "button":
        page.get_by_role("button", name="멈추기").click()
    else:
        page.keyboard.press("Escape")
    expect(page.locator("chat-answer")).to_contain_text("멈춘 답변 · 확인하지 않음")
    expect(page.locator(".provisional")).to_contain_text("시험기관")
    page.reload()
    expect(page.get_by_role("button", name="다시 보내기")).to_be_visible()


@pytest.mark.usefixtures("slow_model")
def test_who_scrolls_away_from_an_answer_under_way_is_left_there(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1440, "height": 600})
    visit.go()
    page = visit.ask(ASKED)
    page.locator("#question").fill(FOLLOWED)
    page.keyboard.press("Enter")
    expect(page.locator("chat-turn.latest .provisional")).to_contain_text("시험기관")
    page.locator("chat-turn.latest .bubble").hover()
    page.mouse.wheel(0, -10_000)
    first = page.locator("chat-turn").first.locator(".bubble")
    expect(first).to_be_in_viewport()
    page.locator("chat-turn.latest chat-answer[data-state=final]").wait_for()
    expect(first).to_be_in_viewport()


@pytest.mark.usefixtures("slow_model")
def test_sources_and_provisional_text_come_before_the_checked_answer(visit: Visit) -> None:
    page = visit.go()
    page.locator("#question").fill(ASKED)
    page.keyboard.press("Enter")
    expect(page.locator(".status-line")).to_contain_text("근거를 확인하기 전 문장입니다")
    expect(page.locator(".sources .source-row").first).to_be_visible()
    expect(page.locator("cite-chip")).to_have_count(0)
    expect(page.locator("verify-summary")).to_contain_text("확인됨")


def test_the_enter_that_ends_a_hangul_composition_does_not_send(visit: Visit) -> None:
    page = visit.go()
    page.locator("#question").fill("완료보고서")
    page.locator("#question").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    page.locator("#question").dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    expect(page.locator("#question")).to_have_value("완료보고서")
    expect(page.locator("chat-turn")).to_have_count(0)


def test_a_draft_survives_a_reload(visit: Visit) -> None:
    page = visit.go()
    page.locator("#question").fill("쓰다 만 질문")
    page.reload()
    expect(page.locator("#question")).to_have_value("쓰다 만 질문")


def test_too_long_a_question_counts_what_is_over_and_is_not_sent(visit: Visit) -> None:
    page = visit.go()
    page.locator("#question").fill("가" * 4_005)
    page.locator("#question").press("Enter")
    expect(page.locator("#composer-hint")).to_contain_text("5자 넘었습니다")
    expect(page.locator("chat-turn")).to_have_count(0)


def test_an_edited_question_becomes_a_sibling_and_both_stay(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    page.locator("#question").press("ArrowUp")
    page.locator(".edit textarea").fill("완료보고서의 제출기한은 며칠인가요?")
    page.keyboard.press("Enter")
    expect(page.locator(".siblings")).to_contain_text("2 / 2")
    page.get_by_role("button", name="이전").click()
    expect(page.locator(".bubble")).to_contain_text(ASKED)


def test_a_deleted_conversation_comes_back_with_undo(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    kept = page.locator("[data-conversation]").count()
    page.locator("page-header").get_by_role("button", name="더 보기").click()
    page.get_by_role("button", name="지우기").click()
    expect(page.locator("[data-conversation]")).to_have_count(kept - 1)
    page.get_by_role("button", name="되돌리기").click()
    expect(page.locator("[data-conversation]")).to_have_count(kept)
    expect(page.locator(".bubble")).to_contain_text(ASKED)


def test_nothing_found_says_so_and_offers_another_scope(visit: Visit) -> None:
    visit.go()
    page = visit.ask("화성 기지의 급수 규칙은 몇 조인가요?")
    expect(page.locator("outcome-note")).to_be_visible()
    expect(page.locator("cite-chip")).to_have_count(0)


def test_the_keyboard_alone_reaches_question_evidence_and_back(visit: Visit) -> None:
    page = visit.go()
    page.keyboard.type(ASKED)
    page.keyboard.press("Enter")
    page.locator("verify-summary").wait_for()
    page.keyboard.press("Tab")
    page.locator("h1").evaluate("heading => heading.ownerDocument.activeElement.blur()")
    page.keyboard.press("]")
    page.locator("evidence-pane mark").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("evidence-pane")).to_be_hidden()
    assert 'class="cite' in focused(page)


def test_enter_on_an_open_citation_moves_into_the_pane(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    page.locator(CITE).first.press("Enter")
    page.locator("evidence-pane mark").first.wait_for()
    assert "data-cite" in focused(page)
    page.keyboard.press("Enter")
    assert "evidence-title" in focused(page)


def test_single_letter_keys_can_be_switched_off(visit: Visit) -> None:
    page = visit.go("#/status")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="도움말")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="설정").click()
    page.get_by_label("한 글자 단축키 쓰기").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_page_speaks_english_and_goes_dark_when_told(visit: Visit) -> None:
    page = visit.go()
    page.get_by_role("button", name="설정").click()
    page.get_by_label("어둡게").check()
    page.get_by_label("English").dispatch_event("click")
    expect(page.get_by_role("link", name="Documents")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_without_a_model_the_page_says_so_once_and_still_answers(
    browser: Browser, plain_site: Site
) -> None:
    with visiting(browser.new_context(locale="ko-KR"), plain_site) as visit:
        page = visit.go()
        expect(page.locator(".start-notes")).to_contain_text("언어 모델이 연결되어 있지 않습니다")
        expect(page.locator(".start-notes")).to_contain_text("의미 검색은 꺼져 있습니다")
        visit.ask(ASKED)
        page.locator(CITE).first.click()
        page.locator("evidence-pane mark").first.wait_for()
        assert re.sub(r"\s", "", QUOTE) in re.sub(r"\s", "", marked_text(page))


def test_an_answer_leaves_as_a_file_that_holds_sentence_and_source(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    page.locator("answer-actions menu-button button").first.click()
    with page.expect_download() as taken:
        page.locator("answer-actions").get_by_role("link", name="한글(HWPX)").click()
    assert taken.value.suggested_filename == "완료보고서는 언제까지 제출하나요?.hwpx".replace(
        "?", "_"
    )
    read = read_in_process(taken.value.path().read_bytes(), file_name="a.hwpx", limits=Limits())
    text = "".join("".join(block.text for block in read.blocks).split())
    for words in (ASKED, f"{QUOTE}[1]", "「가나군 시험구매 운영 규정」 제2조제1항"):
        assert "".join(words.split()) in text


def test_the_head_offers_the_last_answer_and_paper(visit: Visit) -> None:
    visit.go()
    page = visit.ask(ASKED)
    head = page.locator("page-header")
    head.get_by_role("button", name="문서로 내보내기").click()
    names = head.locator(".menu:not([hidden]) .menu-item").all_inner_texts()
    assert names == [
        "한글(HWPX)",
        "워드(DOCX)",
        "PDF",
        "웹 문서(HTML)",
        "마크다운",
        "텍스트",
        "인쇄하기",
    ]
    page.keyboard.press("ArrowDown")
    expect(head.get_by_role("link", name="워드(DOCX)")).to_be_focused()
    page.keyboard.press("Escape")
    expect(head.get_by_role("button", name="문서로 내보내기")).to_be_focused()


def test_what_was_not_answered_cannot_be_exported(visit: Visit) -> None:
    visit.go()
    page = visit.ask("화성 기지의 급수 규칙은 몇 조인가요?")
    expect(page.locator("page-header").get_by_role("button", name="인쇄하기")).to_be_visible()
    expect(page.get_by_role("button", name="문서로 내보내기")).to_have_count(0)
