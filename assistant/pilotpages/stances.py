"""What a sentence of minutes or a survey does: praise, find fault, or plan to mend.

Told by verbs and adjectives that opinions are made of; what a contrast leads up to counts
("정확하나 글자가 작다" finds fault). Where words of both kinds stand, or none, nothing is told.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.text import squeeze


class Stance(StrEnum):
    """What a sentence does; sections of a report want one of these."""

    PRAISE = "praise"
    FAULT = "fault"
    PLAN = "plan"


_CONTRAST = re.compile(r"(?:으나|지만|는데|하나|[았었였했렸쳤]으나|반면)(?=[\s,])")
# Said without spaces.
_PLAN = re.compile(
    r"겠다|겠음|겠습니다|할계획|할예정|기로했|기로하|기로함|(?:할|넣을|달|바꿀|고칠|늘릴|줄일)것|"
    r"나아질|개선의견은|(?:[하으]면|한다면).{0,12}수있|필요가?있|해야한다|해야함|바람직|(?:건의|제안|권고)(?:했|하였|함)"
)
_FAULT = re.compile(
    r"못|낮[아은다았]|느[리려렸]|불편|어렵|어려[워웠움운]|부족|작[아다은]|흐[려리렸]|고장|오류|문제가|문제는|"
    r"지연|늦[어게은었]|부담|우려|미흡|아쉽|아쉬|끊[기겨긴]|꺼[져지짐졌진]|잘못|놓[치친쳤쳐]|누락|틀[리린려렸]|"
    r"침수|파손|떨어[지져졌진]|미달|미충족|부적절|불만|헷갈|복잡|무겁|시끄|너무|오경보가|오작동|민원이"
)
_PRAISE = re.compile(
    r"줄었|줄어|줄[인였]|감소|빨라|빠르|쉬워|쉽|편하|편해|편리|간편|좋[다았아음]|만족|안전하|도움|효과|향상|"
    r"올랐|올라|늘었|넘[겼어긴]|채웠|충족했|달성|새롭|새로운|우수|개선되|개선됐|나아졌|없었|없어|않았|않아|적절하|알렸|다르다고|와다른|과다른"
)


def stance_of(text: str) -> Stance | None:
    """Return what a sentence does, None where its words do not say.

    >>> stance_of("글자가 작아 어르신이 읽기 어렵다."), stance_of("야간 순찰이 줄었다고 보고했다.")
    (<Stance.FAULT: 'fault'>, <Stance.PRAISE: 'praise'>)
    >>> stance_of("정확도는 좋으나 글자가 작다."), stance_of("기업은 화면을 고치겠다고 했다.")
    (<Stance.FAULT: 'fault'>, <Stance.PLAN: 'plan'>)
    >>> stance_of("두 건의 화재를 알려 사고로 번지지 않았다.")
    <Stance.PRAISE: 'praise'>
    >>> stance_of("개인정보가 밖으로 나가지 못해 안전하다."), stance_of("회의를 열었다.")
    (None, None)
    """
    last = squeeze(_CONTRAST.split(text)[-1])
    if _PLAN.search(last):
        return Stance.PLAN
    is_fault, is_praise = bool(_FAULT.search(last)), bool(_PRAISE.search(last))
    if is_fault == is_praise:
        return None
    return Stance.FAULT if is_fault else Stance.PRAISE
