"""The charter files that are shipped, as text, and what is found wrong in one."""

from charter.catalogue import SHIPPED
from charter.catalogue.reading import CatalogueError, Mistake, parse_catalogue

TEXTS = {path.name: path.read_text(encoding="utf-8") for path in SHIPPED}


def mistakes_in(data: str | bytes, name: str = "charter.toml") -> list[Mistake]:
    """Give the mistakes, none for a right file. Any other exception fails the test."""
    found: list[Mistake] = []
    try:
        parse_catalogue(data if isinstance(data, bytes) else data.encode(), name=name)
    except CatalogueError as error:
        found = error.mistakes
        if not found:
            raise
    for mistake in found:
        assert mistake.file == name
        assert mistake.place
        assert mistake.reason
        assert mistake.place.isprintable()
    return found
