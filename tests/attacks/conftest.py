"""The target, once for all attacks, and the trap around it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attacks.target import Target, under_attack
from tests.attacks.trap import Trap, no_way_out
from tests.fakes import fake_endpoint


@pytest.fixture(scope="package")
def trap() -> Iterator[Trap]:
    """Return a trap that catches every way out of this process."""
    with no_way_out() as setting:
        yield setting


@pytest.fixture(scope="package")
def shared_target(trap: Trap) -> Iterator[Target]:
    """Return the server, its trap set from before its start."""
    assert trap.is_set
    with fake_endpoint() as endpoint, under_attack(endpoint) as running:
        yield running


@pytest.fixture
def target(shared_target: Target, trap: Trap) -> Iterator[Target]:
    """Return the server; the test fails when anything reached for another host."""
    trap.caught.clear()
    shared_target.endpoint.mode = "ok"
    shared_target.endpoint.requests.clear()
    shared_target.endpoint.disconnected.clear()
    yield shared_target
    assert trap.caught == []
