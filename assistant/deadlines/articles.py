"""Where a rule stands: law, article, paragraph, subparagraph; written as Korean statutes cite."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.errors import ConfigurationError

_PLACE = re.compile(
    r"(?P<law>\S.*?) (?P<article>제\d+조(?:의\d+)?)(?P<paragraph>제\d+항)?"
    r"(?P<subparagraph>제\d+호(?:의\d+)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A place in a law, by the law's official name, so that the assistant can open it."""

    law: str
    article: str
    paragraph: str = ""
    subparagraph: str = ""

    @property
    def label(self) -> str:
        """The place without the law: `제19조제2항`."""
        return f"{self.article}{self.paragraph}{self.subparagraph}"

    def __str__(self) -> str:
        return f"「{self.law}」 {self.label}"


def parse_article(text: str) -> Article:
    """Return the place that `text` names.

    Raises:
        ConfigurationError: `text` is no law's name followed by an article.

    >>> str(parse_article("민원 처리에 관한 법률 제19조제2항"))
    '「민원 처리에 관한 법률」 제19조제2항'
    >>> parse_article("혁신제품 구매 운영 규정 제22조의2제1항").article
    '제22조의2'
    """
    match = _PLACE.fullmatch(text)
    if match is None:
        raise ConfigurationError(f"no article of a law: {text!r}")
    return Article(**{name: value or "" for name, value in match.groupdict().items()})
