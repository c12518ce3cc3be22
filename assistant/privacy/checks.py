"""Check digits: evidence for a number, never a reason to pass one over.

Resident numbers issued since October 2020 are random and need not satisfy the sum
(주민등록법 시행규칙 제2조, as amended in 2020).
"""

from __future__ import annotations

from collections.abc import Sequence


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def is_resident_number(digits: str) -> bool:
    """Return whether 13 digits satisfy the sum used until 2020.

    >>> is_resident_number("0408171468929")
    True
    """
    total = _weighted(digits[:12], (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5))
    return len(digits) == 13 and (11 - total % 11) % 10 == int(digits[12])


def is_foreigner_number(digits: str) -> bool:
    """Return whether 13 digits satisfy the sum of foreigner registration numbers."""
    total = _weighted(digits[:12], (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5))
    return len(digits) == 13 and (13 - total % 11) % 10 == int(digits[12])


def is_corporation_number(digits: str) -> bool:
    """Return whether 13 digits satisfy the sum of corporation registration numbers.

    >>> is_corporation_number("1101116912318")
    True
    """
    total = _weighted(digits[:12], (1, 2) * 6)
    return len(digits) == 13 and (10 - total % 10) % 10 == int(digits[12])


def is_card_number(digits: str) -> bool:
    """Return whether the digits satisfy the Luhn sum.

    >>> is_card_number("4111111111111111")
    True
    """
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
