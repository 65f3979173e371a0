"""Reading a file of the ground truth: all of it is right, or every mistake in it is reported and nothing is used."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from charter.catalogue.checks import in_a_wrong_order, in_another_theme, pointing_nowhere, twice, unfit_for_state
from charter.catalogue.findings import Finding
from charter.catalogue.places import in_words, lines_of, nearest_line
from charter.catalogue.promises import wrong_promises
from charter.catalogue.reasons import findings_of
from charter.catalogue.schema import CharterFile, Entry

#: A charter of a thousand promises is under 1 MB. What is larger is another kind of file.
LARGEST_FILE = 2_000_000
#: The TOML reader's time grows with the square of the parts of a dotted key, so that such lines could stall it.
MOST_DOTS = 50
#: A section with more rows than this is not reported row by row: a broken file could have a million mistakes.
MOST_ROWS = 2_000

F = TypeVar("F", bound=Entry)
#: Finds what is wrong between a file's tables, beyond the shape of each.
Check = Callable[[Mapping[str, object]], Iterable[Finding]]

_CHECKS: tuple[Check, ...] = (
    twice,
    pointing_nowhere,
    in_another_theme,
    unfit_for_state,
    in_a_wrong_order,
    wrong_promises,
)
_WHERE = re.compile(r"\s*\(at (line \d+|end of document)(?:, column \d+)?\)$")


@dataclass(frozen=True)
class Mistake:
    """One mistake in a file, in words for the person who wrote the file.

    Attributes:
        file: The file's name, without its folder.
        place: Where in it, such as `commitments → ENG-DIA-1 → core (line 41)`.
        reason: What is wrong, and where it helps what to do. Reads on after the place.
    """

    file: str
    place: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.reason}"


class CatalogueError(Exception):
    """A file of the ground truth has mistakes, and nothing of it was used. `mistakes` holds all, at least one."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        more = f" (and {len(mistakes) - 1} more)" if len(mistakes) > 1 else ""
        super().__init__(f"{mistakes[0]}{more}")


def read_catalogue(path: Path) -> CharterFile:
    """Read and check one charter file.

    Args:
        path: A TOML file in UTF-8, of at most `LARGEST_FILE` bytes.

    Returns:
        The charter with everything in it.

    Raises:
        CatalogueError: The file cannot be read, is not TOML, or has mistakes: all of them are in the error.
    """
    return read_file(path, model=CharterFile, checks=_CHECKS)


def parse_catalogue(data: bytes, *, name: str) -> CharterFile:
    """Check the bytes of a charter file.

    Args:
        data: The file's content, in UTF-8, of at most `LARGEST_FILE` bytes.
        name: What to call the file in mistakes.

    Returns:
        The charter with everything in it.

    Raises:
        CatalogueError: As for `read_catalogue`.
    """
    return parse_file(data, name=name, model=CharterFile, checks=_CHECKS)


def read_file(path: Path, *, model: type[F], checks: Sequence[Check]) -> F:
    """Read and check one file of any kind.

    Args:
        path: A TOML file in UTF-8, of at most `LARGEST_FILE` bytes.
        model: The shape of such a file.
        checks: What its tables must be together.

    Returns:
        Everything that is in the file.

    Raises:
        CatalogueError: The file cannot be read, is not TOML, or has mistakes: all of them are in the error.
    """
    try:
        if not path.is_file():
            raise _whole(path.name, "There is no such file. Check its name and folder.")
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError):
        raise _whole(path.name, "The file cannot be opened. Check its name and who may read it.") from None
    return parse_file(data, name=path.name, model=model, checks=checks)


def parse_file(data: bytes, *, name: str, model: type[F], checks: Sequence[Check]) -> F:
    """Check the bytes of a file of any kind.

    Args:
        data: The file's content, in UTF-8, of at most `LARGEST_FILE` bytes.
        name: What to call the file in mistakes.
        model: The shape of such a file.
        checks: What its tables must be together.

    Returns:
        Everything that is in the file.

    Raises:
        CatalogueError: As for `read_file`.
    """
    text = _text(data, name)
    raw = _tables(text, name)
    file, found = _checked(raw, model, checks)
    if file is not None and not found:
        return file
    lines = lines_of(text)
    found.sort(key=lambda each: nearest_line(each.path, lines))
    raise CatalogueError([Mistake(name, in_words(each.path, raw, lines), each.reason) for each in found])


def _whole(name: str, reason: str) -> CatalogueError:
    return CatalogueError([Mistake(name, "the whole file", reason)])


def _text(data: bytes, name: str) -> str:
    if len(data) > LARGEST_FILE:
        raise _whole(name, "The file is larger than 2 MB, so it was not read.")
    try:
        # Some editors put a mark of their own before the first letter; it means nothing.
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = "This is not text in UTF-8. Save the file as plain text in UTF-8."
        raise CatalogueError([Mistake(name, f"line {line}", reason)]) from None
    for number, line_text in enumerate(text.split("\n"), start=1):
        if line_text.count(".") > MOST_DOTS:
            reason = f"The line has more than {MOST_DOTS} dots. Break it up."
            raise CatalogueError([Mistake(name, f"line {number}", reason)])
    return text


def _tables(text: str, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _whole(name, "Lists or tables stand inside each other too deeply.") from None
    except tomllib.TOMLDecodeError as error:
        said, place = _said(str(error))
        reason = (
            "This is not TOML. Look for a missing quotation mark, bracket or equals sign, or for a key or table that "
            f"is written twice. The reader says: {said}."
        )
        raise CatalogueError([Mistake(name, place, reason)]) from None
    except ValueError:
        raise _whole(name, "A number in it is too long to be read.") from None


def _said(error: str) -> tuple[str, str]:
    found = _WHERE.search(error)
    return (error[: found.start()], found.group(1)) if found else (error, "the whole file")


def _too_long(raw: dict[str, object]) -> list[Finding]:
    reason = f"has more than {MOST_ROWS} rows, the most that it may have"
    return [Finding((key,), reason) for key, value in raw.items() if isinstance(value, list) and len(value) > MOST_ROWS]


def _checked(raw: dict[str, object], model: type[F], checks: Sequence[Check]) -> tuple[F | None, list[Finding]]:
    if too_long := _too_long(raw):
        return None, too_long
    file, found = None, []
    try:
        file = model.model_validate(raw)
    except ValidationError as error:
        found += findings_of(error)
    for check in checks:
        found += check(raw)
    return file, found
