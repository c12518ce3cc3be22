"""The fonts that files are set in: found inside openly licensed packages, never on the machine.

Noto Serif KR (OFL-1.1) comes from `pylopdf-fonts-ko`, NanumGothic (OFL-1.1) from
`koreanize-matplotlib`, DejaVu Sans (Bitstream Vera licence) with `matplotlib`. None of the packages
is imported: two of them would start matplotlib.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from assistant.errors import ConfigurationError

SERIF_FAMILY = "Noto Serif KR"
SANS_FAMILY = "NanumGothic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fonts:
    """Font files by their use.

    `serif` has every Hangul syllable, old Hangul and Hanja; `sans` and `sans_bold` have every
    character of KS X 1001; `symbols` lends what those lack: Latin, Cyrillic, dingbats.
    """

    serif: Path
    sans: Path
    sans_bold: Path
    symbols: Path


@cache
def fonts() -> Fonts:
    """Return the font files; `sans` and `sans_bold` are also the ones for charts.

    Raises:
        ConfigurationError: A font package is not installed, or lacks its font.
    """
    return Fonts(
        serif=_font("pylopdf_fonts_ko", "NotoSerifKR-Regular.otf"),
        sans=_font("koreanize_matplotlib", "fonts/NanumGothic.ttf"),
        sans_bold=_font("koreanize_matplotlib", "fonts/NanumGothicBold.ttf"),
        symbols=_font("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf"),
    )


def _font(package: str, name: str) -> Path:
    spec = find_spec(package)
    folders = (spec.submodule_search_locations if spec else None) or []
    for folder in folders:
        path = Path(folder) / name
        if path.is_file():
            return path
    raise ConfigurationError(f"font {name} is missing: install the package {package}")
