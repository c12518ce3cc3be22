"""Tables over many files: from files to a table, a cell to its words, and what people decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Site, Visit, violations, visiting
from tests.browser.drafting import named
from tests.browser.jobbing import BY, FILES, put_job, put_long_job

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG_TASK_MS = 200
FOLLOWED_WITHIN_MS = 100
WATCH = """() => {
  window.slow = [];
  new PerformanceObserver((list) => window.slow.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: "longtask" });
}"""
PRESS = """(key) => {
  const since = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  return new Promise((resolve) => requestAnimationFrame(() => resolve([
    performance.now() - since,
    document.querySelector("job-pane h2").textContent,
    document.querySelector(".cell-values b")?.textContent ?? "",
  ])));
}"""

COST = """async ([id, cost]) => {
  const told = await (await fetch(`/api/jobs/${id}`)).json();
  const job = { ...told, ...cost };
  const progress = document.createElement("job-progress");
  progress.content = { job, hasModel: true };
  return progress.textContent;
}"""


@pytest.fixture(scope="module")
def job(plain_site: Site) -> str:
    return put_job(plain_site, "2026년 4분기 제안서 요약")


@pytest.fixture
def people(browser: Browser, plain_site: Site) -> Iterator[Visit]:
    """Return a window of somebody who has given a name; it fails if the page complained."""
    size = ViewportSize(width=1440, height=900)
    context = browser.new_context(viewport=size, locale="ko-KR", reduced_motion="reduce")
    named(context, BY)
    with visiting(context, plain_site) as opened:
        yield opened
    assert opened.complaints == []


@pytest.fixture
def sheet(people: Visit, job: str) -> Page:
    return opened(people, job)


def opened(visit: Visit, job: str) -> Page:
    page = visit.go(f"#/applications/{job}")
    page.locator("data-table tr[data-row]").first.wait_for()
    return page


def cell(page: Page, row: int, column: str) -> object:
    return page.locator("data-table tr[data-row]").nth(row).locator(f"[data-column='{column}']")


@pytest.mark.parametrize(
    ("prompt", "completion", "won", "shown"),
    [
        pytest.param(20_000, 4_000, 1234.5, "토큰 24,000 · 비용 1,235원", id="known"),
        pytest.param(300, 10, 0.4, "토큰 310 · 비용 0.4원", id="less than a won"),
        pytest.param(300, 10, None, "토큰 310", id="no price"),
        pytest.param(None, None, None, "", id="not counted"),
    ],
)
def test_tokens_and_cost_are_shown_where_they_are_known(
    sheet: Page, job: str, prompt: int | None, completion: int | None, won: float | None, shown: str
) -> None:
    cost = {"prompt_tokens": prompt, "completion_tokens": completion, "cost_won": won}
    told = sheet.evaluate(COST, [job, cost])
    assert shown in told
    for word in ("토큰", "비용"):
        assert (word in told) == (word in shown)


def test_files_become_a_table_and_a_bad_one_says_what_to_do(people: Visit, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    page = people.go("#/applications")
    page.get_by_role("button", name="새 작업").first.click()
    page.get_by_label("작업 이름").fill("7월 신청")
    page.get_by_label("파일", exact=False).first.set_input_files(sorted(tmp_path.iterdir()))
    page.get_by_role("button", name="시작하기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("7월 신청")
    expect(page.locator(".job-count")).to_have_text("4건 중 3건")
    failed = page.locator(".row-failure")
    expect(failed).to_contain_text("다시 저장한 파일을 올려 주십시오")
    failed.get_by_role("button", name="다시 시도").click()
    expect(page.locator("toast-region")).to_contain_text("1건을 다시 처리합니다")
    expect(failed).to_be_visible()


def test_one_file_is_tried_before_the_rest_is_begun(people: Visit, tmp_path: Path) -> None:
    for name in ("가상소재.md", "가상정밀.md"):
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    page = people.go("#/applications")
    page.get_by_role("button", name="새 작업").first.click()
    page.get_by_label("작업 이름").fill("한 파일 먼저")
    page.get_by_label("파일", exact=False).first.set_input_files(sorted(tmp_path.iterdir()))
    page.get_by_label("먼저 첫 파일 하나만", exact=False).check()
    page.get_by_role("button", name="시작하기").click()
    expect(page.locator(".job-count")).to_have_text("1건 중 1건")
    page.get_by_role("button", name="나머지 1개 시작").click()
    expect(page.locator(".job-count")).to_have_text("2건 중 2건")
    page.get_by_role("button", name="작업 관리").click()
    page.get_by_role("button", name="작업 지우기").click()
    page.get_by_role("dialog").get_by_role("button", name="작업 지우기").click()
    expect(page.locator(".job-row", has_text="한 파일 먼저")).to_have_count(0)


def test_a_cell_opens_its_words_in_the_file_and_escape_gives_the_focus_back(sheet: Page) -> None:
    price = sheet.locator("tr[data-row]", has_text="단열재").locator("[data-column=price]")
    price.click()
    expect(sheet.locator("source-page mark")).to_have_text("18,700원")
    expect(sheet.locator("job-pane h2")).to_have_text("제품 단가")
    sheet.keyboard.press("Enter")
    expect(sheet.locator("job-pane h2")).to_be_focused()
    sheet.keyboard.press("Escape")
    expect(sheet.locator("job-pane")).to_be_hidden()
    expect(price).to_be_focused()


def test_the_pane_follows_the_arrow_keys_at_once(sheet: Page) -> None:
    sheet.locator("tr[data-row]", has_text="단열재").locator("[data-column=item_code]").click()
    sheet.locator("source-page mark").wait_for()
    sheet.wait_for_timeout(300)
    took, title, value = sheet.evaluate(PRESS, "ArrowRight")
    assert (title, value) == ("기술성숙도(TRL)", "5")
    assert took < FOLLOWED_WITHIN_MS
    sheet.evaluate(PRESS, "ArrowUp")
    expect(sheet.locator("job-pane .pane-name .helper")).to_contain_text("가상전자")


def test_of_two_values_one_is_chosen_and_the_row_confirmed(people: Visit) -> None:
    page = opened(people, put_job(people.site, "상충", ["가상전자.md"]))
    page.locator(".cell-conflict").click()
    page.get_by_role("radio").nth(1).check()
    expect(page.locator("source-page mark")).to_have_text("1,310,000원")
    page.get_by_role("button", name="이 값으로 확정").click()
    expect(page.locator("[data-column=price]")).to_have_text("1,310,000")
    expect(page.locator(".cell-corrected")).to_contain_text(BY)
    expect(page.get_by_role("button", name="행 확정")).to_be_focused()
    expect(page.locator("job-pane").get_by_role("radio")).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page.locator("[data-column='#state']")).to_have_text("확정")
    expect(page.locator(".sheet-legend")).to_contain_text("확정 1 / 1")


def test_a_cell_is_corrected_by_key_and_the_found_value_stays(people: Visit) -> None:
    page = opened(people, put_job(people.site, "고침", ["가상정밀.md"]))
    page.locator("[data-column=trl]").click()
    page.locator("source-page mark").wait_for()
    page.keyboard.press("F2")
    page.get_by_role("dialog").get_by_label("기술성숙도", exact=False).fill("9")
    page.keyboard.press("Enter")
    expect(page.locator("[data-column=trl]")).to_have_text("9")
    expect(page.locator("[data-column=trl]")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-column='#state']")).to_have_text("확정")
    expect(page.locator(".cell-values")).to_contain_text("8")
    page.get_by_role("button", name="고친 값 지우기").click()
    expect(page.locator("[data-column=trl]")).to_have_text("8")


def test_columns_are_chosen_ordered_and_remembered(sheet: Page) -> None:
    sheet.get_by_role("button", name="열 선택").click()
    sheet.get_by_placeholder("열 찾기").fill("모델")
    sheet.get_by_role("checkbox", name="모델명").check()
    sheet.get_by_placeholder("열 찾기").fill("")
    grip = sheet.get_by_role("button", name="모델명 순서", exact=False)
    grip.focus()
    for _ in range(8):
        sheet.keyboard.press("ArrowUp")
    sheet.get_by_role("button", name="적용", exact=True).click()
    expect(sheet.locator("thead th").nth(1)).to_have_text("모델명")
    sheet.reload()
    expect(sheet.locator("thead th").nth(1)).to_have_text("모델명")


def test_a_column_is_tried_on_one_file_and_then_filled_for_all(people: Visit) -> None:
    page = opened(people, put_job(people.site, "새 열", ["가상정밀.md"]))
    page.get_by_role("button", name="열 선택").click()
    page.get_by_role("button", name="새 열 만들기").click()
    form = page.get_by_role("dialog")
    form.get_by_label("열 이름").fill("기술 이름")
    form.get_by_label("무엇을 찾습니까?").fill("어떤 기술을 썼는지")
    form.get_by_label("양식에서 값 곁에 있는 말", exact=False).fill("적용기술")
    form.get_by_role("button", name="파일 하나에 해 보기").click()
    expect(form.locator(".trial b")).to_have_text("초음파 누수 음향 분석")
    form.get_by_role("button", name="표에 넣기").click()
    page.get_by_role("button", name="모두 채우기").click()
    expect(page.locator("thead")).to_contain_text("기술 이름")
    expect(page.locator("tbody")).to_contain_text("초음파 누수 음향 분석")


def test_the_aids_name_likely_duplicates_with_reasons(sheet: Page) -> None:
    sheet.get_by_role("button", name="선정 도움").click()
    pane = sheet.locator("job-aids")
    expect(pane).to_contain_text("특허가 같습니다: 10-2100001")
    expect(pane).to_contain_text("기술성숙도(TRL)가 7~9단계 밖입니다: 5")
    pane.get_by_role("button", name="이 2건만 보기").first.click()
    expect(sheet.locator("data-table tr[data-row]")).to_have_count(2)
    sheet.get_by_role("button", name="고른 행 2").click()
    expect(sheet.locator("data-table tr[data-row]")).to_have_count(4)
    pane.get_by_role("button", name="심의 보고서 만들기").click()
    sheet.locator("draft-part").first.wait_for()


def test_two_thousand_rows_scroll_sort_and_filter_without_a_long_task(people: Visit) -> None:
    page = opened(people, put_long_job(people.site, 2000))
    expect(page.locator("[data-chip=all]")).to_contain_text("2000")
    page.evaluate(WATCH)
    # Other processes may hold up a task: the quickest of three rounds tells what the page takes.
    worst = min(worst_task(page) for _ in range(3))
    assert worst <= LONG_TASK_MS


def worst_task(page: Page) -> float:
    """Scroll through all rows, sort and filter them; return the longest task in ms."""
    page.evaluate("window.slow.length = 0")
    for step in range(20):
        page.evaluate(f"document.querySelector('data-table').scrollTop = {4000 * step}")
        page.wait_for_timeout(30)
    page.get_by_role("button", name="제품 단가(원)").click()
    page.get_by_label("기업, 제품, 값 찾기").fill("감지기 1999")
    expect(page.locator("data-table tr[data-row]")).to_have_count(1)
    page.get_by_label("기업, 제품, 값 찾기").fill("")
    page.locator("[data-chip=doubts]").click()
    expect(page.locator("data-table table")).to_have_attribute("aria-rowcount", "401")
    page.locator("[data-chip=all]").click()
    expect(page.locator("data-table table")).to_have_attribute("aria-rowcount", "2001")
    return float(max(page.evaluate("window.slow"), default=0.0))


def open_cell(page: Page) -> None:
    page.locator(".cell-conflict").first.click()
    page.locator("source-page mark").wait_for()


def open_row(page: Page) -> None:
    page.locator("[data-column='#name']").first.click()
    page.locator(".row-facts").first.wait_for()


def open_doubt(page: Page) -> None:
    page.locator("[data-column='#name']").nth(1).click()
    page.locator("row-pane").get_by_role("button", name="제품 단가").click()
    page.locator("source-page mark").wait_for()


def open_columns(page: Page) -> None:
    page.get_by_role("button", name="열 선택").click()


def open_aids(page: Page) -> None:
    page.get_by_role("button", name="선정 도움").click()
    page.locator(".aid").first.wait_for()


SCREENS: dict[str, Callable[[Page], None]] = {
    "cell": open_cell,
    "row": open_row,
    "columns": open_columns,
    "aids": open_aids,
}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_checker_finds_nothing(
    browser: Browser, plain_site: Site, job: str, theme: Literal["light", "dark"]
) -> None:
    size = ViewportSize(width=1440, height=900)
    context = browser.new_context(
        viewport=size, color_scheme=theme, locale="ko-KR", reduced_motion="reduce"
    )
    with visiting(context, plain_site) as visit:
        visit.go("#/applications").locator(".job-row").first.wait_for()
        found = {"list": violations(visit.page)}
        for name, act in SCREENS.items():
            act(opened(visit, job))
            found[name] = violations(visit.page)
            visit.page.goto("about:blank")
    assert {name: each for name, each in found.items() if each} == {}


def test_nothing_scrolls_sideways_at_320_pixels(
    browser: Browser, plain_site: Site, job: str
) -> None:
    context = browser.new_context(viewport=ViewportSize(width=320, height=640), locale="ko-KR")
    with visiting(context, plain_site) as visit:
        for act in (open_row, open_doubt, open_aids):
            act(opened(visit, job))
            assert visit.page.evaluate("document.documentElement.scrollWidth") == 320
            visit.page.goto("about:blank")
