"""What every show has in it besides its slides: one script, one style with our fonts, and the policy for both."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from charter.reports.fonts import FAMILY, GURMUKHI_FAMILY, Weight, font_file, gurmukhi_file

FOLDER = Path(__file__).parent / "show"
_WEIGHTS: tuple[Weight, ...] = (400, 600)


@cache
def content_policy() -> str:
    """Give the policy under which every show runs: our one script and our style by their digests, and nothing else."""
    styles = " ".join(_digest(style(gurmukhi=gurmukhi)) for gurmukhi in (False, True))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_digest(script())}",
            f"style-src {styles}",
            "font-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@cache
def script() -> str:
    """Give the one script."""
    return (FOLDER / "show.js").read_text(encoding="utf-8")


@cache
def style(*, gurmukhi: bool) -> str:
    """Give the one style, with the fonts in it.

    Args:
        gurmukhi: whether the show has letters in which Punjabi is written, and so needs their font.
    """
    faces = [_face(FAMILY, weight, font_file(weight)) for weight in _WEIGHTS]
    if gurmukhi:
        faces += [_face(GURMUKHI_FAMILY, weight, gurmukhi_file(weight)) for weight in _WEIGHTS]
    return "\n".join([*faces, (FOLDER / "show.css").read_text(encoding="utf-8")])


def _face(family: str, weight: Weight, file: Path) -> str:
    font = base64.b64encode(file.read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
        f'src: url("data:font/ttf;base64,{font}") format("truetype"); }}'
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
