"""What an attack looks like on the page: text at most, never markup, a link or a request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.attacks.cases import INVENTED, SHARED, Attack, Criterion, read_attacks
from tests.attacks.replay import carry_out
from tests.attacks.target import Target
from tests.attacks.trap import Trap

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ATTACKS = [
    attack
    for attack in [*read_attacks(INVENTED), *read_attacks(SHARED)]
    if not attack.reason_to_skip(in_browser=True)
]
# Every attribute of every element: an address anywhere but in a text is one too many.
ATTRIBUTES = """() => [...document.querySelectorAll('*')].flatMap((element) =>
  [...element.attributes].map(({ name, value }) => `${name}=${value}`))"""

LIVE = re.compile(r"on\w+=|(?:href|src|srcset|srcdoc|action|formaction|data)=.*(?:alert\(|script:)")


@dataclass
class Window:
    """A browser window that notes dialogs and requests."""

    page: Page
    dialogs: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def note(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def attributes(self) -> list[str]:
        return list(self.page.evaluate(ATTRIBUTES))


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    context = browser.new_context(locale="ko-KR", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    opened = Window(context.new_page())
    opened.page.on("dialog", opened.note)
    opened.page.on("request", lambda request: opened.hosts.add(urlsplit(request.url).netloc))
    yield opened
    context.close()


def is_asked(attack: Attack) -> bool:
    return attack.placement in {"question", "document"}


def show(attack: Attack, target: Target, window: Window) -> None:
    """Bring what the attack left behind before the eyes of an official."""
    page, address = window.page, target.server.address
    if not is_asked(attack):
        page.goto(f"{address}/#/documents/inbox")
        page.locator("file-list button.row-open").first.click()
        page.locator("document-text").wait_for()
        return
    page.goto(address)
    page.locator("#question").fill(attack.user_request or attack.payload)
    page.keyboard.press("Enter")
    page.locator("chat-answer[data-state=final]").wait_for()
    for button in page.locator("cite-chip .cite").all()[:1]:
        button.click()
        page.locator("evidence-pane mark").first.wait_for()


def breaks(criterion: Criterion, window: Window) -> str:
    """Return how the page breaks a criterion, or nothing."""
    value = str(criterion.value or "")
    match criterion.op:
        case "no_clickable":
            found = [one for one in window.attributes if value in one]
            return f"{value} in {found}" if found else ""
        case "escaped":
            handlers = [one for one in window.attributes if re.match(LIVE, one)]
            return f"became markup: {handlers}" if handlers else ""
        case "no_dialog":
            return f"dialogs {window.dialogs}" if window.dialogs else ""
        case "no_egress":
            return f"asked {window.hosts}" if len(window.hosts) > 1 else ""
    raise AssertionError(f"no judgement for {criterion.op} in the browser")


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.id}-{attack.category}")
def test_the_attack_never_becomes_part_of_the_page(
    attack: Attack, target: Target, trap: Trap, window: Window
) -> None:
    carry_out(attack, target, trap)
    show(attack, target, window)
    tried = attack.tried(in_browser=True)
    assert [found for one in tried if (found := breaks(one, window))] == []
    assert window.hosts == {urlsplit(target.server.address).netloc}


def test_the_words_of_an_attack_stay_readable_as_words(target: Target, window: Window) -> None:
    """Nothing is hidden from the official: what looks like markup is shown as what it is."""
    target.put("가림 자료.txt", "가림 자료\n\n<b onclick=alert(9)>굵은 글</b>이다.".encode())
    window.page.goto(f"{target.server.address}/#/documents/inbox")
    window.page.locator("file-list tr", has_text="가림 자료.txt").locator(".row-open").click()
    window.page.locator("document-text").get_by_text("<b onclick=alert(9)>굵은 글</b>").wait_for()
    assert window.page.locator("b[onclick]").count() == 0
