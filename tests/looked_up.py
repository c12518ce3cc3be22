"""What rules hold whose texts do not stand beside the repository, to check the digests by."""

from __future__ import annotations

# Rules that are not among the texts beside the repository: articles, titles and paragraphs as read
# in the public mirror of law.go.kr (legalize-kr): 행정소송법 law no. 14839 of 2017-07-26,
# 질서위반행위규제법 law no. 21490 of 2026-03-24.
LOOKED_UP: dict[str, tuple[str, tuple[str, ...]]] = {
    "행정소송법": (
        "2017-07-26",
        (
            "제4조|항고소송|",
            "제9조|재판관할|①②③",
            "제12조|원고적격|",
            "제13조|피고적격|①②",
            "제18조|행정심판과의 관계|①②③④",
            "제19조|취소소송의 대상|",
            "제20조|제소기간|①②③",
            "제23조|집행정지|①②③④⑤⑥",
        ),
    ),
    "질서위반행위규제법": (
        "2026-10-02",
        (
            "제7조|고의 또는 과실|",
            "제15조|과태료의 시효|①②",
            "제16조|사전통지 및 의견 제출 등|①②③",
            "제17조|과태료의 부과|①②",
            "제17조의2|신용카드 등에 의한 과태료의 납부|①②③④",
            "제18조|자진납부자에 대한 과태료 감경|①②",
            "제19조|과태료 부과의 제척기간|①②",
            "제20조|이의제기|①②③",
            "제21조|법원에의 통보|①②③",
            "제24조|가산금 징수 및 체납처분 등|①②③",
            "제24조의3|과태료의 징수유예 등|①②③④⑤⑥",
        ),
    ),
}
