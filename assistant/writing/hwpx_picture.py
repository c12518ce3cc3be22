"""Pictures of a HWPX document: what they are, how large, and the element that shows them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from lxml import etree

from assistant.writing.hwpx_xml import add, mm

_PIXEL = 75  # Hangul takes a pixel for 1/96 inch
_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_LONE = frozenset(range(0xD0, 0xD9)) | {0x01}


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture file as the package holds it."""

    name: str
    suffix: str
    data: bytes
    width_px: int
    height_px: int

    @property
    def path(self) -> str:
        """Where the package keeps it."""
        return f"BinData/{self.name}.{self.suffix}"

    @property
    def media_type(self) -> str:
        """The kind of the picture."""
        return "image/png" if self.suffix == "png" else "image/jpeg"


class Album:
    """The pictures of a document, each kept once."""

    def __init__(self) -> None:
        self._images: dict[str, Image] = {}

    @property
    def images(self) -> tuple[Image, ...]:
        """All pictures in the order in which they came."""
        return tuple(self._images.values())

    def take(self, data: bytes) -> Image | None:
        """Keep a picture, or return None where the bytes are neither PNG nor JPEG."""
        digest = hashlib.sha256(data).hexdigest()
        if digest in self._images:
            return self._images[digest]
        found = png_size(data), jpeg_size(data)
        size = found[0] or found[1]
        if size is None:
            return None
        image = Image(
            name=f"image{len(self._images) + 1}",
            suffix="png" if found[0] else "jpg",
            data=data,
            width_px=size[0],
            height_px=size[1],
        )
        self._images[digest] = image
        return image


def png_size(data: bytes) -> tuple[int, int] | None:
    r"""Return width and height of a PNG picture, None for anything else.

    >>> png_size(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x20\x08\x02\0\0\0")
    (16, 32)
    """
    if not data.startswith(b"\x89PNG\r\n\x1a\n") or data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return _positive(int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a JPEG picture, None for anything else."""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker in _SIZES:
            height = int.from_bytes(data[place + 5 : place + 7], "big")
            return _positive(int.from_bytes(data[place + 7 : place + 9], "big"), height)
        if marker == 0xFF or marker in _LONE:
            place += 1 if marker == 0xFF else 2
            continue
        place += 2 + max(int.from_bytes(data[place + 2 : place + 4], "big"), 2)
    return None


def shown_size(image: Image, *, width_mm: float, limits: tuple[int, int]) -> tuple[int, int]:
    """Return the size on the page: as wide as asked, shrunk to `limits` in its proportions."""
    width = min(max(mm(width_mm), 1), limits[0])
    height = max(round(width * image.height_px / image.width_px), 1)
    if height > limits[1]:
        width, height = max(round(width * limits[1] / height), 1), limits[1]
    return width, height


def add_picture(
    run: etree._Element, image: Image, *, size: tuple[int, int], number: int, alt: str
) -> None:
    """Append the picture, set like a letter, with the words for those who do not see it."""
    attributes: dict[str, str | int] = {
        "id": number,
        "zOrder": number,
        "numberingType": "PICTURE",
        "textWrap": "TOP_AND_BOTTOM",
        "textFlow": "BOTH_SIDES",
        "lock": 0,
        "dropcapstyle": "None",
        "href": "",
        "groupLevel": 0,
        "instid": number,
        "reverse": 0,
    }
    picture = add(run, "hp:pic", attributes)
    original = image.width_px * _PIXEL, image.height_px * _PIXEL
    add(picture, "hp:offset", {"x": 0, "y": 0})
    add(picture, "hp:orgSz", {"width": original[0], "height": original[1]})
    add(picture, "hp:curSz", {"width": size[0], "height": size[1]})
    add(picture, "hp:flip", {"horizontal": 0, "vertical": 0})
    centre = {"angle": 0, "centerX": size[0] // 2, "centerY": size[1] // 2, "rotateimage": 1}
    add(picture, "hp:rotationInfo", centre)
    _add_rendering(picture, size[0] / original[0], size[1] / original[1])
    _add_image(picture, image, original)
    add_frame(picture, size=size, is_letter=True)
    add(picture, "hp:shapeComment", text=alt)


def add_frame(
    parent: etree._Element, *, size: tuple[int, int], is_letter: bool, below: int = 0
) -> None:
    """Append size, place and outer margins of a table or picture."""
    absolute: dict[str, str | int] = {"widthRelTo": "ABSOLUTE", "heightRelTo": "ABSOLUTE"}
    add(parent, "hp:sz", {"width": size[0], **absolute, "height": size[1], "protect": 0})
    place: dict[str, str | int] = {
        "treatAsChar": int(is_letter),
        "affectLSpacing": 0,
        "flowWithText": 1,
        "allowOverlap": 0,
        "holdAnchorAndSO": 0,
        "vertRelTo": "PARA",
        "horzRelTo": "COLUMN",
        "vertAlign": "TOP",
        "horzAlign": "LEFT",
        "vertOffset": 0,
        "horzOffset": 0,
    }
    add(parent, "hp:pos", place)
    add(parent, "hp:outMargin", {"left": 0, "right": 0, "top": 0, "bottom": below})


def _add_rendering(picture: etree._Element, across: float, down: float) -> None:
    info = add(picture, "hp:renderingInfo")
    for name, e1, e5 in (
        ("hc:transMatrix", "1", "1"),
        ("hc:scaMatrix", f"{across:.6f}", f"{down:.6f}"),
        ("hc:rotMatrix", "1", "1"),
    ):
        add(info, name, {"e1": e1, "e2": 0, "e3": 0, "e4": 0, "e5": e5, "e6": 0})


def _add_image(picture: etree._Element, image: Image, original: tuple[int, int]) -> None:
    corners = add(picture, "hp:imgRect")
    width, height = original
    for number, (x, y) in enumerate(((0, 0), (width, 0), (width, height), (0, height))):
        add(corners, f"hc:pt{number}", {"x": x, "y": y})
    add(picture, "hp:imgClip", {"left": 0, "right": width, "top": 0, "bottom": height})
    add(picture, "hp:inMargin", dict.fromkeys(("left", "right", "top", "bottom"), 0))
    add(picture, "hp:imgDim", {"dimwidth": width, "dimheight": height})
    look: dict[str, str | int] = {"bright": 0, "contrast": 0, "effect": "REAL_PIC", "alpha": 0}
    add(picture, "hc:img", {"binaryItemIDRef": image.name, **look})
    add(picture, "hp:effects")


def _positive(width: int, height: int) -> tuple[int, int] | None:
    return (width, height) if width > 0 and height > 0 else None
