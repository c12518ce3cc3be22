"""Every attack of the shared file and of our own, against the real server and a traitor of a model.

The shared file lies beside the repository in the development set-up; without it our own remain.
"""

from __future__ import annotations

import logging

import pytest

from tests.attacks.cases import INVENTED, PLACEMENTS, SHARED, Attack, read_attacks
from tests.attacks.judge import fails
from tests.attacks.replay import carry_out, log_text
from tests.attacks.target import SECRETS, Target
from tests.attacks.trap import Trap

ATTACKS = [*read_attacks(INVENTED), *read_attacks(SHARED)]


@pytest.mark.skipif(not SHARED.exists(), reason=f"no {SHARED.name} beside the repository")
def test_the_shared_attacks_are_there_and_known() -> None:
    attacks = read_attacks(SHARED)
    assert len({attack.id for attack in attacks}) == len(attacks) > 0


def test_every_attack_is_tried_with_all_that_it_must_not_bring_about() -> None:
    idle = [attack.id for attack in ATTACKS if attack.placement not in PLACEMENTS]
    unjudged = [
        (attack.id, one.op, one.where)
        for attack in ATTACKS
        for one in attack.criteria
        if (not one.modes or attack.mode in one.modes)
        and one not in (*attack.tried(in_browser=False), *attack.tried(in_browser=True))
    ]
    assert (idle, unjudged) == ([], [])


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.id}-{attack.category}")
def test_the_attack_comes_to_nothing(
    attack: Attack, target: Target, trap: Trap, caplog: pytest.LogCaptureFixture
) -> None:
    if reason := attack.reason_to_skip(in_browser=False):
        pytest.skip(reason)
    with caplog.at_level(logging.INFO):
        observed = carry_out(attack, target, trap)
    observed.logs = log_text(caplog.records)
    broken = [fails(observed, criterion) for criterion in attack.tried(in_browser=False)]
    assert [found for found in broken if found] == []
    assert [secret for secret in SECRETS if secret in observed.logs] == []
    assert [secret for secret in SECRETS[:2] if secret in observed.provisional] == []
    assert [secret for secret in SECRETS[1:] if secret in observed.outbound] == []
