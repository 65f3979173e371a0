"""Charters as data files: the shipped ones, and the reading that refuses a mistaken file whole."""

from pathlib import Path

_HERE = Path(__file__).parent

#: The shipped charter that is assessed: themes and commitments are its own.
ASSESSED = _HERE / "framework-2021.toml"
#: The shipped charters in the order of their lineage, so that a parent is loaded before its child.
SHIPPED: tuple[Path, ...] = (
    _HERE / "compact-2006.toml",
    ASSESSED,
    _HERE / "resilience-charter-2025.toml",
)
#: What the first of them holds part by part, and where each part lives on in the second.
LINEAGE = _HERE / "compact-2006-lineage.toml"
