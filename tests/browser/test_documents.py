"""Documents: files in, read, looked at, deleted and brought back."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import PLAN, Visit

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def put(page: Page, name: str, content: bytes) -> Locator:
    """Choose a file for upload and return its row."""
    expect(page.locator("file-drop")).to_be_visible()
    page.locator("file-drop input").set_input_files(
        FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
    )
    return page.locator("file-list tr", has_text=name)


def test_an_uploaded_file_becomes_usable_and_shows_what_was_read(visit: Visit) -> None:
    page = visit.go("#/documents/inbox")
    row = put(page, "설치 계획.md", PLAN.encode())
    expect(row.locator("state-badge.ok, state-badge.info")).to_be_visible()
    row.locator(".row-open").click()
    expect(page.locator("document-text")).to_contain_text("2026년 4월")
    expect(page.locator("document-text table th").first).to_have_text("항목")


def test_the_same_file_again_is_said_to_be_there_already(visit: Visit) -> None:
    page = visit.go("#/documents/inbox")
    content = "# 한 번만\n\n두 번 올려도 한 번만 남는다.".encode()
    expect(put(page, "한 번만.md", content).locator("button.row-open")).to_be_visible()
    put(page, "한 번만.md", content)
    expect(page.locator(".upload-row")).to_contain_text("같은 파일 있음")


def test_an_unreadable_file_says_why_and_what_to_do(visit: Visit) -> None:
    page = visit.go("#/documents/inbox")
    row = put(page, "깨진 파일.pdf", b"%PDF-1.7 broken")
    expect(row.locator("state-badge.danger")).to_be_visible()
    expect(row.locator(".state-note")).to_contain_text("십시오")
    expect(row.get_by_role("button", name="다시 시도")).to_be_visible()
    # A refused upload is an expected 422, which the browser logs.
    visit.complaints.clear()


def test_a_deleted_file_comes_back_with_undo_and_focus_is_never_lost(visit: Visit) -> None:
    page = visit.go("#/documents/inbox")
    for name in ("먼저.md", "나중.md"):
        opener = put(page, name, f"# {name}\n\n지울 자료이다.".encode()).locator("button.row-open")
        opener.wait_for()
    opener.press("Delete")
    expect(page.locator("file-list tr", has_text="나중.md")).to_have_count(0)
    assert page.evaluate("document.activeElement.className") == "row-open"
    page.get_by_role("button", name="되돌리기").click()
    expect(page.locator("file-list tr", has_text="나중.md")).to_be_visible()


def test_rows_are_reached_by_arrow_keys_and_opened_by_enter(visit: Visit) -> None:
    page = visit.go("#/documents/inbox")
    put(page, "화살표.md", "# 화살표\n\n글쇠로 연다.".encode()).locator(
        "button.row-open"
    ).wait_for()
    page.locator("button.row-open").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("document-pane")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("document-pane")).to_be_hidden()


def test_the_pane_never_shows_another_file_than_the_address_names(visit: Visit) -> None:
    document_id = visit.site.put("열어 본 것.md", "# 열어 본 것\n\n먼저 연 자료이다.")
    page = visit.go(f"#/documents/inbox?doc={document_id}")
    pane = page.locator("document-pane")
    expect(pane).to_contain_text("먼저 연 자료이다.")
    page.get_by_role("link", name="질문", exact=True).first.click()
    page.locator("#question").wait_for()
    # The file that was open before is asked for once more, and its answer may come last.
    page.evaluate("location.hash = '#/documents/inbox?doc=none'")
    expect(pane).to_contain_text("이 자료는 더 이상 없습니다")
    page.wait_for_timeout(500)
    expect(pane).to_contain_text("이 자료는 더 이상 없습니다")
    visit.complaints.clear()  # a file that is not there is an expected 404


def test_a_new_collection_is_empty_and_says_what_belongs_there(visit: Visit) -> None:
    page = visit.go("#/documents")
    page.get_by_role("button", name="모음", exact=True).click()
    page.get_by_role("dialog").get_by_label("이름").fill("설명회 자료")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("설명회 자료")
    expect(page.locator("empty-state")).to_contain_text("이 모음에 자료가 없습니다")


def test_a_dropped_file_is_taken(visit: Visit) -> None:
    page = visit.go("#/documents/inbox")
    expect(page.locator("file-drop")).to_be_visible()
    carried = page.evaluate_handle(
        "() => { const carried = new DataTransfer();"
        " carried.items.add(new File(['# 끌어 놓기\\n\\n본문이다.'], '끌어 놓기.md'));"
        " return carried; }"
    )
    page.locator("main").dispatch_event("drop", {"dataTransfer": carried})
    expect(page.locator("button.row-open", has_text="끌어 놓기.md")).to_be_visible()


def test_what_others_do_with_files_is_seen_without_a_reload(visit: Visit) -> None:
    page = visit.go("#/documents/inbox")
    expect(page.locator("file-drop")).to_be_visible()
    document_id = visit.site.put("다른 사람의 글.md", "# 글\n\n다른 사람이 올린 글이다.")
    row = page.locator("file-list tr", has_text="다른 사람의 글.md")
    expect(row.locator("state-badge")).to_have_text("사용 중")
    visit.site.delete(document_id)
    expect(row).to_have_count(0)


def test_a_file_settles_on_the_page_after_its_events_were_cut_off(visit: Visit) -> None:
    page = visit.go("#/documents/inbox")
    expect(page.locator("file-drop")).to_be_visible()
    page.route("**/api/documents/events", lambda route: route.abort())
    page.reload()
    row = put(page, "끊긴 사이.md", "# 끊긴 사이\n\n그동안 다 읽었다.".encode())
    row.wait_for()
    visit.site.put("나중 글.md", "# 나중 글\n\n뒤에 온 글이다.")
    page.unroute("**/api/documents/events")
    expect(row.locator("state-badge")).to_have_text("사용 중")
    visit.complaints.clear()  # the cut connection, which the browser logs
