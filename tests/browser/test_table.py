"""The table of many rows, alone on a page: what is drawn, keys, picking, sorting, speed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, violations

pytestmark = pytest.mark.browser
LONG_TASK_MS = 200
MAKE = """async (count) => {
  const { h } = await import("/lib/dom.js");
  await import("/components/data-table.js");
  const { sorted } = await import("/lib/table.js");
  const table = h("data-table", { id: "many", class: "pinned", tabindex: "-1" });
  table.style.setProperty("height", "500px");
  const columns = [
    { key: "name", label: "이름", width: "20rem", sortable: true, cell: (row) => row.name },
    { key: "price", label: "단가", align: "end", sortable: true, cell: (row) => String(row.price) },
    { key: "state", label: "상태", cell: (row) => (row.fails ? "-" : "읽음") },
  ];
  const rows = Array.from({ length: count }, (_, i) => ({
    id: `r${i}`, name: `제품 ${i}`, price: (i * 7919) % count, fails: i === 3,
  }));
  window.heard = [];
  window.slow = [];
  new PerformanceObserver((list) => window.slow.push(...list.getEntries().map((e) => e.duration)))
    .observe({ type: "longtask" });
  for (const name of ["cell-open", "cell-move", "cell-edit", "sort", "pick"])
    table.addEventListener(name, (e) => window.heard.push([name, e.detail]));
  table.setting = {
    label: "제품", columns, picks: true, name: (row) => row.name,
    wide: (row) => row.fails && { from: "price", nodes: "읽지 못했습니다" },
  };
  table.addEventListener("sort", (e) => {
    const inOrder = sorted(rows, (row) => row[e.detail.key], e.detail.direction);
    table.content = { rows: inOrder, sort: e.detail };
  });
  const main = h("main", {}, h("h1", {}, "제품"), table);
  document.body.replaceChildren(main);
  table.content = { rows, sort: { key: "name", direction: "ascending" } };
}"""


@pytest.fixture
def many(visit: Visit) -> Page:
    page = visit.go()
    page.evaluate(MAKE, 2000)
    return page


def heard(page: Page, name: str) -> list[dict[str, object]]:
    return [detail for one, detail in page.evaluate("window.heard") if one == name]


def test_on_paper_all_rows_are_there(visit: Visit) -> None:
    page = visit.go()
    page.evaluate(MAKE, 200)
    page.emulate_media(media="print")
    expect(page.locator("#many tr[data-row]")).to_have_count(200)
    page.emulate_media(media="screen")
    expect(page.locator("#many tr[data-row=r199]")).to_have_count(0)


def test_only_the_rows_in_view_are_drawn_wherever_one_scrolls(many: Page) -> None:
    assert many.locator("#many tr[data-row]").count() < 50
    many.evaluate("document.getElementById('many').scrollTop = 48 * 1500")
    many.locator("#many tr[data-row=r1500]").wait_for()
    assert many.locator("#many tr[data-row]").count() < 60
    assert many.locator("#many table").get_attribute("aria-rowcount") == "2001"


def test_arrows_home_and_end_move_one_focused_cell(many: Page) -> None:
    many.locator("[data-row=r0] [data-column=name]").focus()
    for key in ("ArrowDown", "ArrowRight", "PageDown", "End"):
        many.keyboard.press(key)
    assert many.evaluate("document.activeElement.dataset.column") == "state"
    many.keyboard.press("Control+End")
    assert heard(many, "cell-move")[-1] == {"id": "r1999", "key": "state"}
    assert many.evaluate("document.activeElement.closest('tr').dataset.row") == "r1999"


def test_enter_opens_a_cell_and_f2_edits_it(many: Page) -> None:
    many.locator("[data-row=r1] [data-column=price]").click()
    many.keyboard.press("Enter")
    many.keyboard.press("F2")
    assert [one["id"] for one in heard(many, "cell-open")] == ["r1", "r1"]
    assert heard(many, "cell-edit") == [{"id": "r1", "key": "price"}]


def test_space_picks_a_row_and_shift_a_range(many: Page) -> None:
    many.locator("[data-row=r0] [data-column=name]").focus()
    keys = ["ArrowDown"] * 3 + ["Space"] + ["ArrowDown"] * 2 + ["Shift+Space"]
    for key in keys:
        many.keyboard.press(key)
    assert heard(many, "pick")[-1] == {"ids": ["r3", "r4", "r5"]}
    assert many.locator("thead input").evaluate("box => box.indeterminate") is True


def test_a_head_sorts_and_says_so(many: Page) -> None:
    many.get_by_role("button", name="단가").click()
    many.get_by_role("button", name="단가").click()
    assert many.locator("th.of-price").get_attribute("aria-sort") == "descending"
    assert many.locator("tr[data-row] .of-price").first.inner_text() == "1999"


def test_one_text_may_run_across_the_columns(many: Page) -> None:
    assert many.locator("[data-row=r3] .across").inner_text() == "읽지 못했습니다"
    assert many.locator("[data-row=r3] > *").count() == 3


def test_scrolling_and_sorting_two_thousand_rows_stays_quick(many: Page) -> None:
    many.evaluate("window.slow.length = 0")
    for step in range(20):
        many.evaluate(f"document.getElementById('many').scrollTop = {4000 * step}")
        many.wait_for_timeout(30)
    many.get_by_role("button", name="단가").click()
    many.wait_for_timeout(100)
    assert [ms for ms in many.evaluate("window.slow") if ms > LONG_TASK_MS] == []


def test_an_accessibility_checker_finds_nothing(many: Page) -> None:
    assert violations(many) == []
