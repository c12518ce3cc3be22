"""A citation of any kind of place opens at the words it names, which are marked and in view."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.citing import PLACES, put_cited
from tests.browser.conftest import Site, Visit, visiting

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESK, TABLET, PHONE = (1440, 900), (1000, 800), (390, 844)
CASES = [
    *((kind, DESK) for kind in PLACES),
    *((kind, size) for kind in ("row of a table", "page of a PDF") for size in (TABLET, PHONE)),
]
FIRST_MARK = """body => {
  const mark = body.querySelector('mark');
  if (!mark) return null;
  const frame = (mark.closest('.table-frame') ?? body).getBoundingClientRect();
  const [seen, all] = [body.getBoundingClientRect(), mark.getBoundingClientRect()];
  const words = [...body.querySelectorAll('mark')].map((one) => one.textContent).join('');
  const down = all.top >= seen.top - 1 && Math.min(all.bottom, all.top + 30) <= seen.bottom + 1;
  const [left, right] = [Math.max(seen.left, frame.left), Math.min(seen.right, frame.right)];
  const across = all.left >= left - 1 && all.left < right;
  return {words, inView: seen.height > 0 && down && across};
}"""


def folded(text: str) -> str:
    """Return the signs of a quote; the bars of a table are its borders on the page."""
    return re.sub(r"[\s|]", "", text)


def marked(page: Page) -> Any:
    """Return the marked words and whether the first of them can be seen."""
    page.locator("evidence-pane .pane-title").wait_for()
    return page.locator("evidence-pane .pane-body").evaluate(FIRST_MARK)


@pytest.mark.parametrize(("kind", "size"), CASES)
def test_a_citation_opens_at_its_words(
    browser: Browser, site: Site, kind: str, size: tuple[int, int]
) -> None:
    width, height = size
    paper_id, quotes = put_cited(site, kind)
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=height), reduced_motion="reduce"
    )
    with visiting(context, site) as visit:
        page = visit.go(f"#/drafts/{paper_id}")
        for number, quote in enumerate(quotes, 1):
            page.locator(f"draft-sheet .cite[data-cite='{number}']").click()
            page.wait_for_url(f"**ev=n*{number}**")
            found = marked(page)
            assert found is not None, f"nothing is marked for: {quote}"
            assert folded(found["words"]) == folded(quote)
            assert found["inView"], f"not in view: {quote}"
            page.keyboard.press("Escape")
            page.locator("evidence-pane").wait_for(state="hidden")
        assert visit.complaints == []


def test_a_citation_opened_again_or_by_its_address_stands_at_its_words_too(visit: Visit) -> None:
    paper_id, quotes = put_cited(visit.site, "row of a table")
    page = visit.go(f"#/drafts/{paper_id}")
    for _ in range(2):
        page.locator(f"draft-sheet .cite[data-cite='{len(quotes)}']").click()
        assert marked(page)["inView"]
        page.keyboard.press("Escape")
        page.locator("evidence-pane").wait_for(state="hidden")
    page.goto(f"{visit.site.address}/#/drafts/{paper_id}?ev=n:{len(quotes)}")
    assert marked(page)["inView"]
    page.reload()
    assert marked(page)["inView"]


QUOTED_ROW = """async (blocks) => {
  const { BlockWriter } = await import('/lib/blocks.js');
  const { blocksAround, markQuote } = await import('/lib/quote-search.js');
  const read = async () => ({ blocks, next_offset: null });
  const quote = '| 장비 | 30억원 |  | 40억원 |';
  const { at } = await blocksAround({ key: 'quoted row', read }, { quote });
  const node = new BlockWriter().write(blocks[at]).at(-1);
  markQuote(node, quote);
  return [at, [...node.querySelectorAll('mark')].map((one) => one.textContent)];
}"""


def test_a_quoted_row_is_found_in_its_table_and_every_cell_of_it_marked(visit: Visit) -> None:
    def cell(text: str, rows: int = 1) -> dict[str, Any]:
        return {"text": text, "row_span": rows, "col_span": 1}

    rows = [
        [cell("구분"), cell("국비"), cell("비고"), cell("지방비")],
        [cell("장비", 2), cell("10억원"), cell(""), cell("20억원")],
        [cell("30억원"), cell(""), cell("40억원")],
    ]
    table = {"kind": "table", "ordinal": 1, "rows": rows, "header_rows": 1, "caption": ""}
    before = {"kind": "paragraph", "ordinal": 0, "text": "장비에 30억원과 40억원을 쓴다."}
    visit.go()
    found = visit.page.evaluate(QUOTED_ROW, [before, table])
    assert found == [1, ["장비", "30억원", "40억원"]]
