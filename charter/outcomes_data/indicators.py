"""Reading the file of indicators: all of it is right, or every mistake in it is reported and nothing is used."""

from functools import cache, partial

from charter.catalogue import ASSESSED
from charter.catalogue.reading import parse_file, read_catalogue
from charter.catalogue.schema import CharterFile
from charter.outcomes_data import INDICATORS
from charter.outcomes_data.checks import CHECKS, speaking_of_nothing
from charter.outcomes_data.schema import IndicatorsFile


def parse_indicators(data: bytes, *, name: str, charter: CharterFile) -> IndicatorsFile:
    """Check the bytes of a file of indicators.

    Args:
        data: The file's content, in UTF-8.
        name: What to call the file in mistakes.
        charter: The charter whose themes and commitments the indicators speak to.

    Returns:
        Everything that is in the file.

    Raises:
        CatalogueError: The file is not TOML in UTF-8, or has mistakes: all of them are in the error.
    """
    checks = (*CHECKS, partial(speaking_of_nothing, charter=charter))
    return parse_file(data, name=name, model=IndicatorsFile, checks=checks)


@cache
def shipped_indicators() -> IndicatorsFile:
    """Read the shipped figures of the sources, the national context and the agenda of indicators without data."""
    return parse_indicators(INDICATORS.read_bytes(), name=INDICATORS.name, charter=read_catalogue(ASSESSED))
