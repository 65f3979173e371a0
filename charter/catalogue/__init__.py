"""Charters as data files: the shipped ones, and the reading that refuses a mistaken file whole."""

from pathlib import Path

_HERE = Path(__file__).parent

#: The shipped charters in the order of their lineage, so that a parent is loaded before its child.
SHIPPED: tuple[Path, ...] = (
    _HERE / "compact-2006.toml",
    _HERE / "framework-2021.toml",
    _HERE / "resilience-charter-2025.toml",
)
