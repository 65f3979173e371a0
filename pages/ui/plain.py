"""Text that people typed, made safe to stand among Markdown."""

import re

from charter.typed import JOINER

# Every ASCII mark: each may begin or end something in Markdown, in Streamlit's additions to it, or in HTML.
_MARK = re.compile(r"([!-/:-@\[-`{-~])")
_SPACES = re.compile(r"\s+")
# What becomes a link, an arrow, a dash or a picture even when its marks are escaped, as that is looked for in the
# finished text: addresses (`://`, `www.`, `@`), `:streamlit:`, and pairs such as `->`, `--` and `>=`.
_SEAM = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?<=@)(?=\S)|(?<=:)(?=streamlit:)|(?<=[<>~-])(?=[>=-])", re.IGNORECASE)
_ENDS = (".", "!", "?", "…", ".”", ".)")  # of a sentence


def plain(text: str) -> str:
    """Escape every mark, so that the text is shown as it was typed and means nothing to Markdown.

    Line breaks become spaces: a new line may begin a list or a heading. An invisible joiner is put where an address
    or an arrow would be made in spite of the escapes.
    """
    return _MARK.sub(r"\\\1", _SEAM.sub(JOINER, _SPACES.sub(" ", text).strip()))


def plain_sentence(text: str) -> str:
    """Escape every mark, and end the text with a full stop where it has none: something is said after it."""
    ended = text.strip()
    return plain(ended if not ended or ended.endswith(_ENDS) else f"{ended}.")
