"""Holding texts to plain words of our own: their sentences, the jargon that they may not hold, the runs of a source."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

JARGON = re.compile(
    r"vcfse|stakeholder|co-?produc|co-?design|holistic|synerg|robust|leverag|facilitat|utilis|infrastructure|capacity|"
    r"commission|procure|governance|strateg|asset-based|bureaucra|sustainab|implement|interven|underpin|embed|proportion|"
    r"subsidiarity|deliver|initiative|outcome|cohesion|resilien|empower|engagement|enabl|maximis|demograph|maintain|pursu",
    re.IGNORECASE,
)
_SOURCES = Path(__file__).parents[3] / "shared" / "sources"
_RUN = 8


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9£]+(?:['’][a-z]+)?", text.lower().replace("’", "'"))


def too_long(texts: Iterable[tuple[str, str]], most: int = 20) -> list[tuple[str, str]]:
    """Give the sentences that have too many words, each with the name of its text."""
    # A question carries "in the last 12 months", five words that every reader meets each time.
    return [
        (ref, each) for ref, text in texts for each in sentences(text) if len(words(each)) > most + 6 * ("?" in each)
    ]


def jargon(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(ref, match.group()) for ref, text in texts for match in JARGON.finditer(text)]


def reading_age(text: str) -> float:
    """Give the age at which a text can be read, in years."""
    count = len(words(text))
    letters = sum(character.isalnum() for character in text)
    # The automated readability index: a school grade, whose readers are about five years older than its number.
    return 4.71 * letters / count + 0.5 * count / len(sentences(text)) - 21.43 + 5


def copied(paths: Iterable[Path], *, names: Iterable[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """Give the runs of eight words that files of ours share with the source documents.

    What a document or a charter is called is a name and stays as it is: titles of documents are left out, and so are
    the keys that `names` gives with their table.
    """
    if not _SOURCES.is_dir():
        pytest.skip("left out: the source documents are not on this machine, so copied sentences cannot be looked for")
    runs: set[tuple[str, ...]] = set()
    for path in _SOURCES.glob("0*.txt"):
        runs |= _runs(words(path.read_text(encoding="utf-8")))
    assert len(runs) > 10_000
    found = []
    for path in paths:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        assert all(document.pop("title") for document in tables["documents"])
        for table, key in names:
            tables.get(table, {}).pop(key, None)
        found += [(path.name, " ".join(run)) for text in strings(tables) for run in _runs(words(text)) & runs]
    return found


def _runs(of: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(of[start:] for start in range(_RUN)), strict=False))
