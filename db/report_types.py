"""The vocabulary of what is published: a part of `db/types.py`, from which its words are imported."""

from enum import StrEnum


class ReleaseTextKind(StrEnum):
    """Texts that are published with the figures of a release."""

    WHAT_IT_MEANS = "what_it_means"
    DECISIONS_ASKED = "decisions_asked"
    RIGHT_OF_REPLY = "right_of_reply"


class SlideKey(StrEnum):
    """The slides of a release. The order here is the order of a deck that nobody has arranged."""

    TITLE = "title"
    THEMES = "themes"
    CHANGED = "changed"
    GAP = "gap"
    ANSWERED = "answered"
    OUTCOMES = "outcomes"
    YOU_SAID = "you_said"
    ASK = "ask"
    SOURCES = "sources"
    CLOSING = "closing"
