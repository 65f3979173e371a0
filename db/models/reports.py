"""What is made from a release and kept: decks that people arranged, templates for slides, and review packs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from db.columns import Table, word
from db.types import SlideKey

TEMPLATE_LIMIT = 5 * 1024 * 1024  # bytes: what a page takes
CLOSING_LIMIT = 600  # letters: a slide holds no more in letters that a hall can read
NOTES_LIMIT = 4_000  # letters


class Deck(Table, table=True):
    """The slides of a release as somebody arranged them, under an address that they can hand on."""

    __table_args__ = (
        CheckConstraint(f"length(closing) <= {CLOSING_LIMIT}", name="closing_is_bounded"),
        CheckConstraint("title <> ''", name="deck_has_title"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=40, unique=True)
    release_id: int = Field(foreign_key="release.id", index=True)
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    title: str = Field(max_length=200)
    closing: str = ""
    revision: int = 1
    made_at: datetime
    changed_at: datetime


class DeckSlide(Table, table=True):
    """A slide of a deck, in its place, with the speaker's own notes. A slide that is left out has no row."""

    __table_args__ = (
        UniqueConstraint("deck_id", "key"),
        UniqueConstraint("deck_id", "position"),
        CheckConstraint("position > 0", name="position_counts_from_one"),
        CheckConstraint(f"length(notes) <= {NOTES_LIMIT}", name="notes_are_bounded"),
    )

    id: int | None = Field(default=None, primary_key=True)
    deck_id: int = Field(foreign_key="deck.id", index=True)
    position: int
    key: SlideKey = Field(sa_column=word(SlideKey, "key"))
    notes: str = ""


class SlideTemplate(Table, table=True):
    """An organisation's own look for slides: a PPTX file without anything of ours in it."""

    __table_args__ = (
        CheckConstraint(f"size > 0 AND size <= {TEMPLATE_LIMIT}", name="size_within_limit"),
        CheckConstraint("length(sha256) = 64", name="digest_is_whole"),
        CheckConstraint("name <> ''", name="template_has_name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120, unique=True)
    size: int
    sha256: str = Field(max_length=64)
    content: bytes
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    added_at: datetime


class ReleasePack(Table, table=True):
    """The review pack of a release: every form of it in one ZIP, kept as it was made."""

    __table_args__ = (
        CheckConstraint("size > 0", name="size_is_positive"),
        CheckConstraint("length(sha256) = 64", name="digest_is_whole"),
    )

    id: int | None = Field(default=None, primary_key=True)
    release_id: int = Field(foreign_key="release.id", unique=True)
    size: int
    sha256: str = Field(max_length=64)
    content: bytes
    made_at: datetime
