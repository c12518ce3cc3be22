"""Read a model's reply: plain sentences with the passage keys that stand at each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.grounding.sentences import split_sentences
from assistant.text import clean

MAX_REPLY_CHARS = 20_000
MAX_SENTENCES = 200

_KEY = r"[SsＳｓ]?\s?\d{1,3}"
_LABEL = r"(?:출처|근거|자료|참고|참조|문서|[Ss]ources?|[Pp]assages?|[Cc]ite)?\s*[:#：]?\s*\^?"
_KEYS = rf"{_KEY}(?:\s*(?:,|、|·|ㆍ|및|와|과|and|&|;|-|–|~|∼|/)\s*{_LABEL}{_KEY})*"
_MARKER = re.compile(
    rf"\[\[?\s*{_LABEL}{_KEYS}\s*\]?\]|[【〔]\s*{_LABEL}{_KEYS}[^】〕\n]{{0,12}}[】〕]"
    rf"|[(（]\s*(?:(?:출처|근거|자료|참고|참조)\s*[:：]?\s*{_KEYS}|[SsＳｓ]\s?\d{{1,3}}"
    rf"(?:\s*(?:,|·|및|-|~)\s*[SsＳｓ]?\s?\d{{1,3}})*)\s*[)）]"
)
_NAMED = re.compile(
    r"(?<![A-Za-z0-9\-_])[Ss]\s?(\d{1,3})(?![A-Za-z0-9\-_])"
    r"\s?(?:에 따르면|에 의하면|에서는|에 따라|에 근거하여|을 보면|를 보면)?,?"
)
_HELD = re.compile(r"[\ue000-\uf8ff]")
_TRAILING = re.compile(r"^[\s]*((?:[\ue000-\uf8ff]\s*)+)([.!?。]?)")
_FENCE = re.compile(r"^[^\S\n]{0,40}(?:```|~~~).*$", re.M)
_HIDDEN = re.compile(r"<(script|style|svg|iframe)\b.{0,4000}?</\1\s*>", re.I | re.S)
_TAG = re.compile(r"</?[A-Za-z!?][^<>\n]{0,400}>?")
_ADDRESS = r"\((?:[^()\n]|\([^()\n]{0,200}\)){0,600}\)"
_IMAGE = re.compile(rf"!\[[^\[\]\n]{{0,300}}\](?:{_ADDRESS}|\[[^\[\]\n]{{0,100}}\])?")
_LINK = re.compile(rf"(\[[^\[\]\n]{{1,300}}\]){_ADDRESS}")
_DEFINITION = re.compile(r"^\s{0,3}\[[^\[\]\n]{1,80}\]:\s*\S.*$", re.M)
URL = re.compile(
    r"(?:[a-z][a-z0-9+.\-]{1,11}://|\bwww\.|\b(?:javascript|data|mailto):)[^\s<>()\[\]]*", re.I
)
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~|`{1,5})(?=\S)(.{1,400}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,200}?)(?<=\S)\*(?![\w*])")
_LIST = re.compile(
    r"^\s*(?:[-*+•○●▪◦※–□■◆▶]|\(?\d{1,2}[.)]|[가나다라마바사아자차카타파하][.)]|[①-⑳])\s+(?!\d+\.\s)"
)
_HEADING = re.compile(r"^\s*#{1,6}\s+")
_RULE = re.compile(r"^[\s|:\-=_*]{3,}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySentence:
    """A sentence of a reply: plain text, the keys named at it, and where it stands."""

    text: str
    keys: tuple[str, ...]
    paragraph_start: bool = False
    is_heading: bool = False
    is_item: bool = False


@dataclass(slots=True)
class _Block:
    text: str
    is_heading: bool = False
    is_item: bool = False
    paragraph_start: bool = True


def _strip_markup(reply: str) -> str:
    text = clean(reply.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"[\x00-\x08\x0b-\x1f\ue000-\uf8ff]", "", text)
    text = _FENCE.sub("", text)
    text = _IMAGE.sub("", _HIDDEN.sub("", text))
    text = _DEFINITION.sub("", _LINK.sub(_unlink, text))
    return _TAG.sub("", text)


def _unlink(match: re.Match[str]) -> str:
    """Keep the text of a link; a marker that was written as a link stays a marker."""
    return match[1] if _MARKER.fullmatch(match[1]) else match[1][1:-1]


def _hold_markers(text: str) -> tuple[str, list[tuple[str, ...]]]:
    """Replace each marker by one private character, so that splitting sees an atom."""
    held: list[tuple[str, ...]] = []

    def hold(match: re.Match[str]) -> str:
        if len(held) > 6000:
            return ""
        numbers = re.findall(r"\d{1,3}", match[0])
        held.append(tuple(dict.fromkeys(f"S{int(number)}" for number in numbers)))
        return chr(0xE000 + len(held) - 1)

    return _NAMED.sub(hold, _MARKER.sub(hold, text)), held


def _blocks(text: str) -> list[_Block]:
    """Join soft-wrapped lines; list items, headings and table rows stand alone."""
    blocks: list[_Block] = []
    fresh = True
    for raw in text.split("\n"):
        line = re.sub(r"^\s*>+\s?", "", raw)
        if not line.strip() or _RULE.match(line):
            if "|" in line and blocks:
                blocks[-1].is_heading = True
            fresh = True
            continue
        heading, item = bool(_HEADING.match(line)), bool(_LIST.match(line))
        bold = re.fullmatch(r"\s*\*\*[^*]{1,60}\*\*:?\s*", line) is not None
        body = _plain_line(_LIST.sub("", _HEADING.sub("", line)))
        if not body:
            continue
        only_markers = not _HELD.sub("", body).strip(" .,")
        alone = heading or item or bold or "|" in line
        if blocks and not blocks[-1].is_heading and (only_markers or not (fresh or alone)):
            blocks[-1].text += f" {body}"
        else:
            blocks.append(_Block(body, is_heading=heading or bold, is_item=item))
        fresh = heading or bold
    return blocks


def _plain_line(line: str) -> str:
    text = line
    for _ in range(3):
        text = _EMPHASIS.sub(r"\2", text)
    text = _ITALIC.sub(r"\1", text)
    text = re.sub(r"\*\*|__|`", "", text.replace("|", " "))
    return re.sub(r"\s+", " ", text).strip()


def _cut(block: str) -> list[str]:
    """Cut a block into sentences, each with the markers that stand at it."""
    prefix_style = bool(_HELD.match(block)) and not _HELD.search(block[-3:])
    pieces = [block[span.start : span.end] for span in split_sentences(block)]
    out: list[str] = []
    for piece in pieces:
        rest = piece
        match = _TRAILING.match(rest)
        if match and out and not prefix_style:
            out[-1] += match[1]
            rest = rest[match.end() :].strip()
        out += _cut_after_markers(rest) if rest else []
    return out


def _cut_after_markers(piece: str) -> list[str]:
    """Cut `…한다.[S1] 또한 …` and `…한다[S1] 또한 …` where no white space shows the end."""
    parts = re.split(r"(?<=[다요까음함임됨][.!?])(?=[\ue000-\uf8ff])", piece)
    out: list[str] = []
    for part in parts:
        match = _TRAILING.match(part)
        if match and out:
            out[-1] += match[1]
            part = part[match.end() :].strip()
        if part:
            out.append(part)
    return out


def _finish(text: str) -> str:
    plain = _HELD.sub("", text)
    plain = re.sub(r"\s+([.,!?)\]」』])", r"\1", plain)
    plain = re.sub(r"\(\s*\)|\[\s*\]", "", plain)
    return re.sub(r"\s+", " ", plain).strip(" ,;")


def read_reply(reply: str) -> list[ReplySentence]:
    """Return the sentences of a reply in order, free of markup, each with its keys.

    >>> [(s.text, s.keys) for s in read_reply("**가능**합니다 [S1]. 7일입니다. [출처 2][S3]")]
    [('가능합니다.', ('S1',)), ('7일입니다.', ('S2', 'S3'))]
    """
    text, held = _hold_markers(_strip_markup(reply[:MAX_REPLY_CHARS]))
    sentences: list[ReplySentence] = []
    for block in _blocks(text):
        for index, piece in enumerate(_cut(block.text)):
            keys = [key for mark in _HELD.findall(piece) for key in held[ord(mark) - 0xE000]]
            body = _finish(piece)
            if not re.search(r"\w", body):
                if keys and sentences and not sentences[-1].keys:
                    last = sentences.pop()
                    sentences.append(_with_keys(last, keys))
                continue
            sentences.append(
                ReplySentence(
                    text=body,
                    keys=tuple(dict.fromkeys(keys)),
                    paragraph_start=index == 0,
                    is_heading=block.is_heading,
                    is_item=block.is_item,
                )
            )
    return sentences[:MAX_SENTENCES]


def _with_keys(sentence: ReplySentence, keys: list[str]) -> ReplySentence:
    return ReplySentence(
        text=sentence.text,
        keys=tuple(dict.fromkeys(keys)),
        paragraph_start=sentence.paragraph_start,
        is_heading=sentence.is_heading,
        is_item=sentence.is_item,
    )
