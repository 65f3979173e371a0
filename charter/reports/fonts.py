"""The fonts of everything that goes out, so that it looks the same on every machine, also on one without fonts.

Source Sans comes from a package of its own and has what Welsh and Polish need. No package brings Gurmukhi, in which
Punjabi is written, as a plain TrueType file, and Source Sans lacks some of the shapes that stand before a status, so
`letters/` holds Noto Sans Gurmukhi and ten signs of Noto Sans Symbols2, with their licence beside them.
"""

import shutil
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

Weight = Literal[400, 600, 700]

FAMILY = "Source Sans Pro"
GURMUKHI_FAMILY = "Noto Sans Gurmukhi"
SHAPES_FAMILY = "Noto Sans Symbols2"
SHAPES = "○●■□▲△▼◆✓✕"
# For a drawing whose reader may have other fonts. A name that ends in a digit must be quoted.
FAMILIES = f"'{FAMILY}', 'Source Sans', Arial, 'Noto Sans', '{GURMUKHI_FAMILY}', '{SHAPES_FAMILY}', sans-serif"
WEIGHTS: tuple[Weight, ...] = (400, 600, 700)
ITALIC = "SourceSansPro-It.ttf"

_LATIN: dict[Weight, str] = {
    400: "SourceSansPro-Regular.ttf",
    600: "SourceSansPro-Semibold.ttf",
    700: "SourceSansPro-Bold.ttf",
}
_GURMUKHI: dict[Weight, str] = {
    400: "NotoSansGurmukhi-Regular.ttf",
    600: "NotoSansGurmukhi-Bold.ttf",
    700: "NotoSansGurmukhi-Bold.ttf",
}
_SHAPES = "NotoSansSymbols2-Shapes.ttf"
_KEPT: list[TemporaryDirectory[str]] = []


def font_file(weight: Weight = 400) -> Path:
    """Give the file of Source Sans in a weight.

    Args:
        weight: 400 is regular, 600 half bold, 700 bold.
    """
    return font_folder() / _LATIN[weight]


def gurmukhi_file(weight: Weight = 400) -> Path:
    """Give the file of the font for Punjabi; it has no half bold, for which the bold one stands."""
    return font_folder() / _GURMUKHI[weight]


def shapes_file() -> Path:
    """Give the file of the font for the shapes that Source Sans lacks."""
    return font_folder() / _SHAPES


@cache
def font_folder() -> Path:
    """Give a folder that holds the fonts and nothing else, for a program that takes a folder.

    The fonts lie in two places, and one of them holds twenty more; they are put together once for as long as the
    process runs, and taken away at its end.
    """
    folder = TemporaryDirectory(prefix="charter-fonts-")
    _KEPT.append(folder)
    package = files("font_source_sans_pro") / "files"
    for name in (*_LATIN.values(), ITALIC):
        (Path(folder.name) / name).write_bytes((package / name).read_bytes())
    for name in {*_GURMUKHI.values(), _SHAPES}:
        shutil.copyfile(Path(__file__).parent / "letters" / name, Path(folder.name) / name)
    return Path(folder.name)
