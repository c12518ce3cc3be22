"""Earlier complaints that resemble one, with the reasons; groups that one reply may answer.

Complaints are compared by pairs of letters in their words, the rare ones weighing most, which
forgives spelling and endings. An index of ten thousand complaints answers in milliseconds.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.complaints.likeness import Features, features_of, reasons_between
from assistant.domain import (
    EarlierComplaint,
    Likeness,
    LikenessReason,
    SimilarComplaint,
    SimilarGroup,
)

ALIKE = 0.3  # from here an earlier complaint is worth showing
SAME = 0.55  # from here two complaints may have one reply
_COMMON = 0.3  # a pair of letters in more than this share of the complaints tells nothing
_FEW = 20  # with so few complaints nothing is common
_CANDIDATES = 40  # so many are looked at closely
_GROUP_REASONS = 3
_BONUS = {Likeness.ARTICLE: 0.08, Likeness.PLACE: 0.06, Likeness.TITLE: 0.06}
_SHARE_OF_WORDS = 0.86  # the rest is for what the bonus tells


class SimilarityIndex:
    """Earlier complaints of one institution, ready to be compared with.

    Args:
        earlier: masked complaints; those of another institution do not belong here.
    """

    def __init__(self, earlier: Iterable[EarlierComplaint]) -> None:
        self._complaints = tuple(earlier)
        self._features = tuple(features_of(each) for each in self._complaints)
        self._postings = _postings(self._features)
        self._rarity = _rarities(self._postings, len(self._complaints))
        self._norms = tuple(self._norm(each) for each in self._features)
        self._words = _word_rarities(self._features)

    def similar(
        self, complaint: EarlierComplaint, *, limit: int = 10, least: float = ALIKE
    ) -> tuple[SimilarComplaint, ...]:
        """Return the earlier complaints that resemble `complaint`, the most alike first.

        The complaint itself is left out where it is in the index.
        """
        wanted = features_of(complaint)
        candidates = self._candidates(wanted)
        found = [
            self._compared(complaint, wanted, at, cosine)
            for at, cosine in candidates
            if self._complaints[at].complaint_id != complaint.complaint_id
        ]
        alike = [each for each in found if each.score >= least]
        alike.sort(key=lambda each: (-each.score, each.received_on, each.complaint_id))
        return tuple(alike[:limit])

    def groups(self, *, least: float = SAME) -> tuple[SimilarGroup, ...]:
        """Return the complaints of the index that one reviewed reply may answer, largest first."""
        links: dict[str, dict[str, SimilarComplaint]] = defaultdict(dict)
        for complaint in self._complaints:
            for other in self.similar(complaint, limit=_CANDIDATES, least=least):
                links[complaint.complaint_id][other.complaint_id] = other
        groups = [
            _group(members, links)
            for members in _joined([each.complaint_id for each in self._complaints], links)
            if len(members) > 1
        ]
        return tuple(sorted(groups, key=lambda group: (-len(group.complaint_ids), group.lead_id)))

    def _candidates(self, wanted: Features) -> Sequence[tuple[int, float]]:
        scores: dict[int, float] = defaultdict(float)
        for pair, count in wanted.pairs.items():
            weight = self._rarity.get(pair, 0.0)
            if weight:
                gain = weight * weight * _damped(count)
                for at, held in self._postings[pair]:
                    scores[at] += gain * _damped(held)
        norm = self._norm(wanted)
        if not norm:
            return ()
        cosines = [(at, score / (norm * self._norms[at])) for at, score in scores.items()]
        cosines.sort(key=lambda pair: (-pair[1], pair[0]))
        return cosines[:_CANDIDATES]

    def _norm(self, features: Features) -> float:
        """Return the length of the weighted vector; words that nobody else has count as well."""
        most = math.log(1 + max(1, len(self._complaints)))
        return math.sqrt(
            sum(
                (self._rarity.get(pair, most) * _damped(count)) ** 2
                for pair, count in features.pairs.items()
            )
        )

    def _compared(
        self, complaint: EarlierComplaint, wanted: Features, at: int, cosine: float
    ) -> SimilarComplaint:
        other = self._complaints[at]
        key = complaint.applicant_key
        reasons = tuple(
            reasons_between(
                wanted,
                self._features[at],
                rarity=self._words,
                same_applicant=bool(key) and key == other.applicant_key,
            )
        )
        kinds = {reason.kind for reason in reasons}
        bonus = sum(gain for kind, gain in _BONUS.items() if kind in kinds)
        score = min(1.0, cosine * _SHARE_OF_WORDS + bonus)
        return SimilarComplaint(
            complaint_id=other.complaint_id,
            score=round(score if cosine < 1 - 1e-9 else 1.0, 3),
            reasons=reasons,
            received_on=other.received_on,
            answered_on=other.answered_on,
        )


_Postings = Mapping[str, "_Posting"]


class _Posting:
    """Which complaints hold a pair of letters, and how often; two numbers each."""

    __slots__ = ("_places",)

    def __init__(self) -> None:
        self._places = array("I")

    def add(self, at: int, count: int) -> None:
        self._places.extend((at, count))

    def __len__(self) -> int:
        return len(self._places) // 2

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._places[::2], self._places[1::2], strict=True)


def _damped(count: int) -> float:
    return 1.0 + math.log(count)


def _postings(features: Sequence[Features]) -> _Postings:
    postings: dict[str, _Posting] = defaultdict(_Posting)
    for at, each in enumerate(features):
        for pair, count in each.pairs.items():
            postings[pair].add(at, count)
    return dict(postings)


def _rarities(postings: _Postings, total: int) -> dict[str, float]:
    most = total if total <= _FEW else total * _COMMON
    return {
        pair: math.log(1 + total / len(places)) if len(places) <= most else 0.0
        for pair, places in postings.items()
    }


def _word_rarities(features: Sequence[Features]) -> dict[str, float]:
    counts = Counter(word for each in features for word in set(each.stems))
    return {word: 1.0 / count for word, count in counts.items()}


def _joined(
    ids: Sequence[str], links: Mapping[str, Mapping[str, SimilarComplaint]]
) -> Iterable[list[str]]:
    """Yield the complaints that hang together, each with what resembles it directly.

    A chain of likeness does not join: every member resembles the first that is taken, the one with
    the most links.
    """
    left = set(ids)
    for lead in sorted(ids, key=lambda each: (-len(links.get(each, {})), each)):
        if lead in left:
            members = [lead, *(other for other in links.get(lead, {}) if other in left)]
            left.difference_update(members)
            yield members


def _group(
    members: Sequence[str], links: Mapping[str, Mapping[str, SimilarComplaint]]
) -> SimilarGroup:
    lead = members[0]
    counts: Counter[tuple[Likeness, str]] = Counter()
    held: dict[tuple[Likeness, str], LikenessReason] = {}
    for other in members[1:]:
        for reason in links[lead][other].reasons:
            counts[reason.kind, reason.text] += 1
            held[reason.kind, reason.text] = reason
    reasons = tuple(held[key] for key, _ in counts.most_common(_GROUP_REASONS))
    return SimilarGroup(lead_id=lead, complaint_ids=tuple(members), reasons=reasons)
