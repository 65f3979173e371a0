"""Our own look for slides: white paper, black ink, one blue; one layout to open with, and one for the rest.

The master and the two layouts are files in the folder `look`. They take the place of those in the empty presentation
that the library brings, which is narrow, American, and has nine layouts more.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import pptx
from pptx.presentation import Presentation
from pptx.util import Pt

from charter.charts.theme import LIGHT

WIDTH, HEIGHT = 960, 540  # points: 16:9, as programs for slides make it
FONT = "Arial"  # on every machine that opens slides; ours is not, and whatever took its place would fit less well
_OURS: Mapping[str, str] = MappingProxyType(
    {
        "ppt/slideMasters/slideMaster1.xml": "slideMaster1.xml",
        "ppt/slideLayouts/slideLayout1.xml": "slideLayout1.xml",
        "ppt/slideLayouts/slideLayout2.xml": "slideLayout2.xml",
    }
)
_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "dk1": LIGHT.text,
        "lt1": LIGHT.paper,
        "dk2": LIGHT.muted,
        "lt2": LIGHT.rest,
        "accent1": LIGHT.practice,
        "accent2": LIGHT.experience,
        "accent3": LIGHT.solid,
        "accent4": LIGHT.high,
        "accent5": LIGHT.low,
        "accent6": LIGHT.middle,
        "hlink": LIGHT.practice,
        "folHlink": LIGHT.muted,
    }
)
# What is left out: the other layouts, the picture of another first slide, and somebody's printer.
_LEFT_OUT = re.compile(
    r'<Relationship [^>]*Target="(?:\.\./slideLayouts/slideLayout(?:[3-9]|1\d)\.xml|docProps/thumbnail\.jpeg'
    r'|printerSettings/[^"]*)"[^>]*/>'
)


def own_look() -> Presentation:
    """Give an empty presentation in our own look."""
    made = pptx.Presentation(io.BytesIO(_package()))
    made.slide_width, made.slide_height = Pt(WIDTH), Pt(HEIGHT)
    return made


@cache
def _package() -> bytes:
    """Give the library's empty presentation with our layouts, colours and font, in British English."""
    original, ours = io.BytesIO((files("pptx") / "templates" / "default.pptx").read_bytes()), io.BytesIO()
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(ours, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, _part(name, source.read(name)))
    return ours.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name in _OURS:
        return (Path(__file__).parent / "look" / _OURS[name]).read_bytes()
    if name.endswith(".rels"):
        return _LEFT_OUT.sub("", content.decode()).encode()
    if name.startswith("ppt/theme/"):
        return _themed(content.decode()).encode()
    if name == "ppt/presentation.xml":
        return content.replace(b'lang="en-US"', b'lang="en-GB"').replace(b' type="screen4x3"', b"")
    return content


def _themed(theme: str) -> str:
    for name, colour in _COLOURS.items():
        ours = f'<a:{name}><a:srgbClr val="{colour.removeprefix("#")}"/></a:{name}>'
        theme = re.sub(f"<a:{name}>.*?</a:{name}>", ours, theme, flags=re.DOTALL)
    return re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=)"[^"]*"', rf'\1"{FONT}"', theme)
