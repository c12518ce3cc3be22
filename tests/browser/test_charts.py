"""Charts and scores alone on a page: what they say in words, their tables, and missing data."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, violations

pytestmark = pytest.mark.browser
MAKE = """async () => {
  const { h } = await import("/lib/dom.js");
  const names = ["step-line", "target-bar", "score-card", "line-chart", "bar-chart"];
  for (const name of names) await import(`/components/${name}.js`);
  const steps = h("step-line");
  steps.steps = [
    { id: "a", label: "협약", state: "done", when: "2. 12." },
    { id: "b", label: "완료보고서", state: "late", when: "11. 30.까지", note: "3일 지남" },
  ];
  window.opened = [];
  steps.addEventListener("open-step", (event) => window.opened.push(event.detail.id));
  const bars = [1.37, 0.925, null].map((ratio) =>
    h("target-bar", { ".result": { ratio, met: ratio === null ? null : ratio >= 1 } }));
  const parts = [
    { label: "항목 충족률", text: "34.3", share: 0.86, most: 40 },
    { label: "안전성", text: null, share: null, most: 10 },
  ];
  const score = h("score-card", { ".score": { title: "만족도", total: null, most: 100, parts } });
  const points = [{ label: "4월", value: 31 }, { label: "5월", value: 20 }];
  const before = { label: "도입 전", value: 34 };
  const line = h("line-chart", { ".chart": { title: "작성 시간", unit: "분", points, before } });
  const growth = [{ label: "수출", value: null, text: "", before: 0, beforeText: "0" }];
  const bar = h("bar-chart", { ".chart": { title: "기업 성장", bars: growth } });
  document.body.replaceChildren(h("main", {}, h("h1", {}, "현황"), steps, bars, score, line, bar));
}"""


@pytest.fixture
def charts(visit: Visit) -> Page:
    page = visit.go()
    page.evaluate(MAKE)
    return page


def test_a_step_says_its_state_and_can_be_opened(charts: Page) -> None:
    step = charts.get_by_role("button", name="완료보고서, 기한 지남, 11. 30.까지, 3일 지남")
    step.click()
    assert charts.evaluate("window.opened") == ["b"]


def test_a_bar_tells_the_share_of_the_target_and_missing_data_are_no_zero(charts: Page) -> None:
    expect(charts.get_by_role("img", name="목표의 137%")).to_be_visible()
    expect(charts.get_by_role("img", name="목표의 92.5%")).to_be_visible()
    expect(charts.locator("target-bar").nth(2)).to_have_text("자료 없음")
    expect(charts.locator(".score-total")).to_have_text("자료 없음")
    expect(charts.locator("score-card li").nth(1)).to_contain_text("자료 없음")


def test_a_chart_gives_the_same_numbers_as_a_table(charts: Page) -> None:
    chart = charts.locator("line-chart")
    expect(chart.get_by_role("img", name="작성 시간: 4월 31에서 5월 20까지")).to_be_visible()
    chart.get_by_role("button", name="표로 보기").click()
    assert chart.locator("tbody tr").all_inner_texts() == ["도입 전\t34", "4월\t31", "5월\t20"]
    expect(chart.locator("svg")).to_be_hidden()


def test_a_pair_of_bars_says_what_is_missing(charts: Page) -> None:
    expect(charts.locator("bar-chart svg")).to_contain_text("자료 없음")
    assert violations(charts) == []
