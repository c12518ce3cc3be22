"""How a question is put to the indexes: with its legal terms, and with the question before it."""

from __future__ import annotations

import re

from assistant.law.question import QuestionShape
from assistant.lexical import nouns
from assistant.text import normalise

LEGAL_TERM_WEIGHT = 0.3
CONTEXT_WEIGHT = 0.5
_FOLLOW_UP = re.compile(
    r"^(?:그럼|그러면|그렇다면|그런데|그건|그게|그거|그때|그 ?경우|이 ?경우|거기|여기|위|아까|앞)"
    r"|^(?:만약 그|또|그리고|반대로|그중|해당)|^\S{1,12}(?:은|는|도)\s*요?\s*\?*$"
    r"|같은가요|마찬가지|도 같|그 (?:규정|조항|기간|금액|기관|사람)"
)


def context_weight(question: str) -> float:
    """Return how much of the earlier question to mix in: more where this one leans on it.

    >>> context_weight("1년을 넘는 임차도 같은가요?") > context_weight("관인 색은 무슨 색인가요?")
    True
    >>> context_weight("늦게 내면 어떻게 되나요?") == context_weight("그럼 늦으면요?")
    True
    """
    leans = _FOLLOW_UP.search(question) or len(question) < 14 or not nouns(question)
    return CONTEXT_WEIGHT if leans else 0.15


def wordings(
    text: str, context: str | None, weight: float, asked: QuestionShape, *, inside: bool
) -> tuple[list[str], list[tuple[str, float]]]:
    """Return the wordings to embed, and what to add to the words with its weight.

    `inside` says that the embedder does not leave the institution.
    """
    legal = " ".join(asked.legal_terms)
    extra = [(legal, LEGAL_TERM_WEIGHT)] if legal else []
    texts = [text]
    if legal:
        texts.append(f"{text} {legal}")
    if context and weight:
        extra.append((normalise(context), weight))
        # An earlier question may have been asked in a higher grade: it does not go outside.
        if inside:
            texts.append(f"{normalise(context)} {text}")
    return texts, extra
