"""What can be found in a text, how sure a finding is, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Morpheme: TypeAlias = tuple[int, int, str]
"""Start and end in the text given, and a tag of the Sejong set; `?` for a word not in a
dictionary."""

Tagger: TypeAlias = Callable[[str], Sequence[Morpheme]]


class Kind(StrEnum):
    """A kind of personal data."""

    PERSON = "person"
    RESIDENT_NUMBER = "resident_number"
    FOREIGNER_NUMBER = "foreigner_number"
    MOBILE_PHONE = "mobile_phone"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    CARD = "card"
    PASSPORT = "passport"
    DRIVER_LICENCE = "driver_licence"
    VEHICLE = "vehicle"
    ADDRESS = "address"
    BIRTH_DATE = "birth_date"
    IP_ADDRESS = "ip_address"
    BUSINESS_NUMBER = "business_number"
    OTHER_ID = "other_id"
    MARKER = "marker"


class Reason(StrEnum):
    """The evidence on which something was taken for personal data."""

    FORM = "form"
    CHECKSUM = "checksum"
    LABEL = "label"
    TITLE = "title"
    GREETING = "greeting"
    SIGNATURE = "signature"
    TABLE = "table"
    LIST = "list"
    BESIDE = "beside"
    PROPER_NOUN = "proper_noun"
    REPEATED = "repeated"
    KNOWN = "known"
    ADDED = "added"


LABELS: Mapping[Kind, str] = {
    Kind.PERSON: "이름",
    Kind.RESIDENT_NUMBER: "주민번호",
    Kind.FOREIGNER_NUMBER: "외국인번호",
    Kind.MOBILE_PHONE: "전화",
    Kind.PHONE: "전화",
    Kind.EMAIL: "이메일",
    Kind.ACCOUNT: "계좌",
    Kind.CARD: "카드",
    Kind.PASSPORT: "여권",
    Kind.DRIVER_LICENCE: "면허",
    Kind.VEHICLE: "차량",
    Kind.ADDRESS: "주소",
    Kind.BIRTH_DATE: "생년월일",
    Kind.IP_ADDRESS: "접속주소",
    Kind.BUSINESS_NUMBER: "사업자번호",
    Kind.OTHER_ID: "식별부호",
    Kind.MARKER: "표식",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A stretch of a folded text that is taken for personal data."""

    kind: Kind
    start: int
    end: int
    reason: Reason
    confidence: float
