"""Drafts: written in place, compared, brought back, approved by name; two people lose nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.conftest import QUOTE, Site, Visit, violations, visiting
from tests.browser.drafting import CARRIED, named, put_draft

pytestmark = [pytest.mark.browser, pytest.mark.slow]

KIM = "주무관 김가나"


def open_draft(visit: Visit, paper_id: str, name: str = KIM) -> Page:
    named(visit.page.context, name)
    page = visit.go(f"#/drafts/{paper_id}")
    page.locator("draft-part").first.wait_for()
    return page


def part(page: Page, part_id: str) -> Locator:
    return page.locator(f'draft-part[data-part="{part_id}"]')


def write(page: Page, part_id: str, text: str) -> None:
    """Rewrite a part and leave it, which saves it."""
    part(page, part_id).locator(".draft-line").first.click()
    field = part(page, part_id).locator("textarea")
    field.fill(text)
    field.press("Escape")


def approve(page: Page, reason: str) -> None:
    page.get_by_role("button", name="승인", exact=True).click()
    dialog = page.get_by_role("dialog")
    for tick in dialog.get_by_role("checkbox").all():
        tick.check()
    for field in dialog.locator(".approval-items .input").all():
        field.fill(reason)
    dialog.get_by_role("button", name="승인").click()


def test_from_the_first_draft_to_the_approval_and_back(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    expect(page.locator("draft-notes")).to_contain_text("AI 초안입니다.")
    write(page, "answer", f"{CARRIED}\n기한은 한 번만 늘릴 수 있습니다.")
    expect(part(page, "answer").locator("sentence-mark").first).to_have_attribute(
        "data-status", "supported"
    )
    expect(page.locator(".saved")).to_contain_text("2판")
    page.locator(".version-item", has_text="1판").click()
    expect(page.locator(".diff ins").first).to_contain_text("한 번만")
    page.get_by_role("button", name="1판 되살리기").click()
    expect(part(page, "answer")).to_contain_text("본부장이")
    expect(page.locator(".version-item").first).to_contain_text("1판 되살림")
    approve(page, "전화로 확인하였음")
    expect(page.locator("approve-bar")).to_contain_text(f"{KIM} 승인")
    expect(page.locator("draft-notes")).not_to_contain_text("AI 초안입니다.")
    write(page, "greeting", "문의하신 내용을 확인하여 답변드립니다.")
    expect(page.locator("draft-notes")).to_contain_text("승인이 풀렸습니다.")


def test_a_figure_that_the_source_does_not_carry_is_marked(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    write(page, "answer", CARRIED.replace("14일", "30일"))
    expect(part(page, "answer").locator("sentence-mark")).to_have_attribute(
        "data-status", "differs"
    )
    expect(page.locator("approve-bar")).to_contain_text("수치 다름 1")


def test_a_meaning_turned_round_is_told_as_such_and_not_as_missing(
    visit: Visit, site: Site
) -> None:
    page = open_draft(visit, put_draft(site))
    write(page, "answer", CARRIED.replace("제출하여야 합니다", "제출해야 하는 것은 아닙니다"))
    mark = part(page, "answer").locator("sentence-mark")
    expect(mark).to_have_attribute("data-status", "differs")
    mark.locator(".mark-chip").first.focus()
    expect(page.locator("cite-card")).to_contain_text("뜻이 반대이거나 적용 대상이 다릅니다: 제출")


def test_two_people_at_once_lose_nothing(browser: Browser, site: Site) -> None:
    paper_id = put_draft(site)
    size = ViewportSize(width=1440, height=900)
    contexts = [browser.new_context(viewport=size, locale="ko-KR") for _ in range(2)]
    with visiting(contexts[0], site) as first, visiting(contexts[1], site) as second:
        one, two = open_draft(first, paper_id, KIM), open_draft(second, paper_id, "주무관 이다라")
        write(one, "greeting", "먼저 쓴 글입니다.")
        expect(one.locator(".saved")).to_contain_text("2판")
        write(two, "greeting", "나중에 쓴 글입니다.")
        expect(two.locator("draft-notes")).to_contain_text("다른 사람이 먼저 고쳤습니다.")
        expect(part(two, "greeting")).to_contain_text("나중에 쓴 글입니다.")
        write(two, "greeting", "나중에 쓰고 더 고친 글입니다.")
        two.get_by_role("button", name="두 판 비교").click()
        expect(two.locator(".diff")).to_contain_text("먼저 쓴 글입니다.")
        expect(two.locator(".diff")).to_contain_text("더 고친 글입니다.")
        two.get_by_role("button", name="내 글로").click()
        expect(part(two, "greeting")).to_contain_text("더 고친 글입니다.")
        one.reload()
        expect(part(one, "greeting")).to_contain_text("더 고친 글입니다.")
        versions = site.get(f"/api/drafts/{paper_id}/versions")["versions"]
        assert [version["number"] for version in versions] == [5, 4, 3, 2, 1]


def test_typed_text_survives_a_lost_connection_and_a_reload(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    page.context.set_offline(True)
    write(page, "greeting", "끊긴 사이에 쓴 글입니다.")
    expect(page.locator("draft-notes")).to_contain_text("연결이 끊겼습니다.")
    page.context.set_offline(False)
    page.reload()
    expect(part(page, "greeting")).to_contain_text("끊긴 사이에 쓴 글입니다.")
    expect(page.locator(".saved")).to_contain_text("2판")
    visit.complaints.clear()  # the browser logs requests that did not get through


def test_a_citation_opens_its_source_beside_the_sheet(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    chip = page.locator("cite-chip .cite").first
    chip.click()
    expect(page.locator("evidence-pane mark")).to_have_text(QUOTE)
    page.keyboard.press("Escape")
    expect(page.locator("comment-list")).to_be_visible()
    expect(chip).to_be_focused()


def test_open_places_are_walked_by_key(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    page.keyboard.press("n")
    expect(page.locator("sentence-mark.at-item")).to_contain_text("본부장이")
    expect(page.locator("approve-bar")).to_contain_text("근거 없음 · 기한은 본부장이")
    page.keyboard.press("n")
    expect(part(page, "cover")).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator("sentence-mark.at-item .open-mark")).to_have_text("【확인 필요: 담당자】")


def test_enter_in_a_reason_decides_nothing_and_each_place_needs_one(
    visit: Visit, site: Site
) -> None:
    page = open_draft(visit, put_draft(site))
    page.get_by_role("button", name="승인", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("checkbox").first).to_be_focused()
    dialog.get_by_role("checkbox").first.check()
    dialog.locator(".approval-items .input").first.fill("확인")
    dialog.locator(".approval-items .input").first.press("Enter")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="승인").click()
    expect(dialog.get_by_role("alert")).to_contain_text("사유를 적어 주십시오")
    expect(dialog).to_be_visible()


def test_the_name_is_asked_once_before_the_first_change(visit: Visit, site: Site) -> None:
    page = visit.go(f"#/drafts/{put_draft(site)}")
    part(page, "greeting").locator(".draft-line").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("직위와 성명").fill("주무관 박마바")
    dialog.get_by_role("button", name="보관").click()
    part(page, "greeting").locator("textarea").fill("고친 글입니다.")
    page.keyboard.press("Control+s")
    expect(page.locator(".version-item").first).to_contain_text("주무관 박마바")


def test_a_change_is_taken_back_by_key(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    write(page, "greeting", "고친 글입니다.")
    expect(page.locator(".saved")).to_contain_text("2판")
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(part(page, "greeting")).to_contain_text("문의하신 내용에 답변드립니다.")


def test_a_cell_that_is_left_open_is_filled_in(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    expect(part(page, "cover").locator("td .open-mark")).to_be_visible()
    part(page, "cover").locator("td").last.click()
    field = part(page, "cover").get_by_label("1행 2열")
    expect(field).to_be_focused()
    field.fill("2026. 11. 30.")
    field.press("Escape")
    expect(part(page, "cover").locator("td").last).to_have_text("2026. 11. 30.")
    expect(page.locator("approve-bar")).to_contain_text("승인하려면 2곳")


def test_saves_of_one_stretch_of_work_are_listed_together(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    for count, text in enumerate(("한 번 고친 글입니다.", "두 번 고친 글입니다."), start=2):
        write(page, "greeting", text)
        expect(page.locator(".saved")).to_contain_text(f"{count}판 · 방금 · 저장됨")
    expect(page.locator(".version-item:visible")).to_have_count(2)
    page.get_by_text("그 전에 저장한 판 1").click()
    expect(page.locator(".version-item:visible")).to_have_count(3)


def test_remarks_are_written_and_dealt_with(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    page.get_by_label("의견 쓰기").fill("근거를 다시 보십시오.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".comments li")).to_contain_text("근거를 다시 보십시오.")
    page.get_by_role("button", name="반영함").click()
    expect(page.locator(".comment-done")).to_contain_text(KIM)


def test_computed_text_has_no_field(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    part(page, "figures").locator(".draft-line").click()
    expect(part(page, "figures").locator("textarea")).to_have_count(0)
    expect(part(page, "figures")).to_contain_text("계산한 부분입니다.")


def test_a_draft_is_exported(visit: Visit, site: Site) -> None:
    page = open_draft(visit, put_draft(site))
    page.get_by_role("button", name="내보내기").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="한글(HWPX)").click()
    assert download.value.suggested_filename == "완료보고 기한 문의에 대한 답변.hwpx"


def test_title_and_headings_are_rewritten_in_place_and_taken_back(visit: Visit) -> None:
    paper_id = put_draft(visit.site)
    page = open_draft(visit, paper_id)
    title = page.locator("draft-sheet > draft-heading")
    title.get_by_role("heading").click()
    title.get_by_role("textbox").fill("고친 제목")
    title.get_by_role("textbox").press("Enter")
    expect(title.get_by_role("heading")).to_have_text("고친 제목")
    expect(page.locator("page-header h1")).to_have_text("고친 제목")
    expect(title.get_by_role("button", name="제목 고치기")).to_be_focused()
    figures = part(page, "figures")
    figures.get_by_role("button", name="소제목 고치기").press("Enter")
    figures.locator(".heading-editor").fill("버릴 소제목")
    page.keyboard.press("Escape")
    expect(figures.locator("draft-heading h2")).to_contain_text("점검 결과")
    figures.get_by_role("button", name="소제목 고치기").press("Enter")
    figures.locator(".heading-editor").fill("점검한 결과")
    page.locator(".sheet-scroller").focus()
    expect(figures.locator("draft-heading h2")).to_contain_text("점검한 결과")
    expect(page.locator(".saved")).to_contain_text("3판")
    saved = visit.site.get(f"/api/drafts/{paper_id}")
    assert saved["title"] == "고친 제목"
    assert "점검한 결과" in [one["heading"] for one in saved["parts"]]
    assert violations(page) == []
    page.keyboard.press("Control+z")
    expect(figures.locator("draft-heading h2")).to_contain_text("점검 결과")


def test_on_a_phone_the_remarks_lie_over_the_text_and_are_left_again(visit: Visit) -> None:
    page = open_draft(visit, put_draft(visit.site))
    page.set_viewport_size({"width": 390, "height": 844})
    remarks = page.get_by_role("complementary", name="의견")
    expect(remarks).to_be_hidden()
    page.get_by_role("button", name="의견").click()
    expect(remarks).to_be_visible()
    remarks.get_by_label("의견 쓰기").press("Escape")
    expect(remarks).to_be_hidden()
    expect(page.get_by_role("button", name="의견")).to_be_focused()
    page.get_by_role("button", name="의견").click()
    remarks.get_by_role("button", name="닫기").click()
    expect(remarks).to_be_hidden()
