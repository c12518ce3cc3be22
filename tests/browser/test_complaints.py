"""Complaints in the page: from intake over masks and points to an approved reply on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit, in_theme, violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TEXT = (
    "안녕하세요. 가나군에 사는 홍길동입니다.\n\n"
    "시험구매가 끝나면 완료보고서를 언제까지 내야 하나요? 그 기한은 늘릴 수 있나요?\n\n"
    "답변은 010-0000-1234로 주십시오."
)
TITLE = "완료보고서 제출기한 문의"


def take(visit: Visit, title: str = TITLE) -> Page:
    """Put a complaint in through the form and stand in its case."""
    page = visit.go("#/complaints")
    page.evaluate("localStorage.setItem('gongmun:person', JSON.stringify('주무관 나래'))")
    page.get_by_role("button", name="민원 등록").first.click()
    page.get_by_label("제목", exact=True).fill(title)
    page.get_by_label("내용", exact=True).fill(TEXT)
    page.get_by_role("button", name="등록하기").click()
    page.get_by_role("heading", level=1, name=title).wait_for()
    return page


def write(page: Page) -> Locator:
    """Write the reply and wait until it stands on its sheet."""
    page.get_by_role("button", name="초안 작성").first.click()
    page.get_by_role("button", name="작성하기").click()
    page.locator("draft-sheet .sheet-title").wait_for()
    return page.locator("draft-sheet")


def approve(page: Page, reason: str) -> None:
    """Take the letter over by name, each open place with a reason."""
    page.locator("approve-bar").get_by_role("button", name="승인", exact=True).click()
    dialog = page.get_by_role("dialog")
    for tick in dialog.get_by_role("checkbox").all():
        tick.check()
    for field in dialog.locator(".approval-items .input").all():
        field.fill(reason)
    dialog.get_by_role("button", name="승인").click()


def test_personal_data_is_masked_and_a_mask_can_be_lifted(visit: Visit) -> None:
    page = take(visit)
    text = page.locator("masked-text")
    expect(text).not_to_contain_text("010-0000-1234")
    expect(text).not_to_contain_text("홍길동")
    page.get_by_role("button", name="가린 전화").click()
    page.get_by_role("button", name="가림 풀기").click()
    expect(text).to_contain_text("010-0000-1234")
    page.get_by_role("button", name="가림 확인", exact=True).click()
    expect(page.locator("case-original .mask-note")).to_contain_text("주무관 나래")


def test_original_and_masked_text_stand_side_by_side(visit: Visit) -> None:
    page = take(visit)
    page.get_by_role("button", name="원문과 가린 글 나란히 보기").click()
    sent, used = (
        page.get_by_role("region", name="들어온 글"),
        page.get_by_role("region", name="가린 글"),
    )
    expect(sent).to_contain_text("010-0000-1234")
    expect(used).not_to_contain_text("010-0000-1234")
    expect(page.locator("point-list")).to_be_hidden()
    left, right = sent.bounding_box(), used.bounding_box()
    assert left is not None
    assert right is not None
    assert right["x"] >= left["x"] + left["width"]
    used.get_by_role("button", name="가린 전화").click()
    used.get_by_role("button", name="가림 풀기").click()
    expect(used).to_contain_text("010-0000-1234")
    page.get_by_role("button", name="원문과 가린 글 나란히 보기").click()
    expect(page.locator("point-list")).to_be_visible()


def test_a_refusal_asks_whether_it_is_a_disposition(visit: Visit) -> None:
    page = take(visit)
    page.get_by_role("button", name="초안 작성").first.click()
    tick = page.get_by_label("처분에 해당함")
    expect(tick).to_be_hidden()
    page.get_by_label("답변 방향").select_option("refusal")
    tick.check()
    page.get_by_label("사유(필요할 때)").fill("요건이 없습니다")
    page.get_by_role("button", name="작성하기").click()
    expect(page.locator("draft-sheet")).to_contain_text("행정소송")


def test_a_point_is_linked_through_original_and_reply(visit: Visit) -> None:
    page = take(visit)
    expect(page.locator("point-list .point-card")).to_have_count(2)
    sheet = write(page)
    page.locator(".point-text").first.click()
    expect(page.locator("masked-text .linked").first).to_be_visible()
    expect(sheet.locator(".linked").first).to_be_visible()
    page.locator(".point-text").first.click()
    expect(page.locator("masked-text .linked")).to_have_count(0)


def test_each_point_can_be_answered_anew_when_a_case_with_a_reply_is_opened(visit: Visit) -> None:
    page = take(visit)
    again = page.locator("point-list").get_by_role("button", name="이 쟁점만 다시 작성")
    expect(again).to_have_count(0)
    write(page)
    page.reload()
    expect(again).to_have_count(2)


def test_the_working_of_a_deadline_opens_at_its_beginning_and_in_view(visit: Visit) -> None:
    page = take(visit)
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("case-header .chip").nth(1).click()
    menu = page.locator("case-header .case-menu:visible")
    assert menu.evaluate("e => [e.scrollTop, e.getBoundingClientRect().left >= 0]") == [0, True]
    page.keyboard.press("Escape")
    expect(page.locator("case-header .chip").nth(1)).to_be_focused()


def test_a_letter_leads_back_to_its_case(visit: Visit) -> None:
    page = take(visit)
    write(page)
    page.get_by_role("link", name="판·의견 보기").click()
    expect(page.locator("app-rail a[href='#/complaints'][aria-current]").first).to_be_visible()
    page.get_by_role("link", name="이 민원으로").click()
    page.get_by_role("heading", level=1, name=TITLE).wait_for()


def test_on_a_phone_lesser_actions_are_in_a_menu_and_nothing_scrolls_sideways(visit: Visit) -> None:
    take(visit)
    page = visit.go("#/complaints")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("button", name="여러 건 올리기")).to_be_hidden()
    page.locator("page-header").get_by_role("button", name="더 보기").click()
    expect(page.get_by_role("button", name="여러 건 올리기")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_of_a_case_the_letter_is_printed_with_its_mark_and_without_controls(visit: Visit) -> None:
    page = take(visit)
    page.emulate_media(media="print")
    expect(page.locator("masked-text")).to_be_visible()
    page.emulate_media(media="screen")
    write(page)
    page.emulate_media(media="print")
    expect(page.locator("draft-sheet .sheet-title")).to_be_visible()
    expect(page.locator("draft-notes")).to_contain_text("AI 초안")
    for hidden in ("masked-text", "point-list", "approve-bar", "lint-list", "case-header .actions"):
        expect(page.locator(hidden)).to_be_hidden()


def test_points_can_be_merged_and_brought_back(visit: Visit) -> None:
    page = take(visit)
    page.get_by_role("button", name="쟁점 2 차림표").click()
    page.get_by_role("button", name="앞 쟁점과 합치기").click()
    expect(page.locator("point-list .point-card")).to_have_count(1)
    page.get_by_role("button", name="되돌리기").click()
    expect(page.locator("point-list .point-card")).to_have_count(2)


def test_the_clock_says_how_it_was_counted_and_takes_what_happened(visit: Visit) -> None:
    page = take(visit)
    page.locator("case-header .chip").nth(1).click()
    expect(page.locator(".working .working-counted").first).to_be_visible()
    page.get_by_role("button", name="처리 기록 더하기").click()
    page.get_by_label("연장 일수").fill("3")
    page.get_by_role("button", name="기록하기").click()
    expect(page.locator("toast-region")).to_contain_text("기한을 다시 셌습니다")


def test_a_reply_goes_from_intake_to_an_approved_file_and_an_edit_voids_it(visit: Visit) -> None:
    page = take(visit)
    page.get_by_role("button", name="가림 확인", exact=True).click()
    expect(page.locator("case-original .mask-note.ok")).to_be_visible()
    write(page)
    approve(page, "담당 부서에서 확인함")
    expect(page.locator("case-draft .column-head")).to_contain_text("승인")
    paper = page.evaluate("location.hash.split('/')[2].split('?')[0]")
    letters = visit.site.get(f"/api/complaints/{paper}")["letters"]
    address = f"{visit.site.address}/api/drafts/{letters[-1]['paper_id']}/export?format=hwpx"
    answer = page.request.get(address)
    assert answer.ok
    assert answer.body()[:2] == b"PK"
    page.locator("draft-part .draft-line").first.click()
    field = page.locator("draft-part textarea").first
    field.fill(f"{field.input_value()} 감사합니다.")
    field.press("Escape")
    expect(page.locator("case-draft .column-head")).to_contain_text("AI 초안")


def test_a_finding_of_form_is_put_right_with_one_press_and_taken_back(visit: Visit) -> None:
    page = take(visit)
    write(page)
    page.locator("draft-part .draft-line").first.click()
    field = page.locator("draft-part textarea").first
    field.fill(f"{field.input_value()} 2026-11-26까지 확인하겠습니다.")
    field.press("Escape")
    finding = page.locator("lint-list li", has_text="2026-11-26")
    finding.get_by_role("button", name="고치기").click()
    expect(page.locator("draft-sheet")).to_contain_text("2026. 11. 26.까지")
    page.get_by_role("button", name="되돌리기").click()
    expect(page.locator("draft-sheet")).to_contain_text("2026-11-26까지")


def test_the_queue_filters_opens_the_working_and_drafts_what_is_picked(visit: Visit) -> None:
    take(visit, "목록에서 찾을 민원")
    page = visit.go("#/complaints")
    page.get_by_role("searchbox").fill("목록에서 찾을")
    rows = page.locator("data-table tr[data-row]")
    expect(rows).to_have_count(1)
    rows.locator("[data-column=due]").click()
    expect(page.locator(".clock-pane .working")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".clock-pane")).to_be_hidden()
    rows.get_by_role("checkbox").check()
    page.get_by_role("button", name="1건 초안 작성").click()
    expect(rows.locator("[data-column=stage]")).to_contain_text("초안 작성됨")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing_in_queue_and_case(visit: Visit, theme: str) -> None:
    page = take(visit)
    in_theme(page, theme)
    write(page)
    assert violations(page) == []
    page = visit.go("#/complaints")
    in_theme(page, theme)
    page.locator("data-table tr[data-row]").first.wait_for()
    assert violations(page) == []
