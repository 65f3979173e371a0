"""What is typed of an item of evidence, made fit to be stored. What cannot be taken is said, by field."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlsplit

from charter import clock
from charter.rules.refusals import FieldError
from charter.typed import clean_text
from db.types import Characteristic, EvidenceKind, EvidenceSeenBy

TITLE_LIMIT, LINK_LIMIT, NAMED_LIMIT = 200, 500, 120  # letters
COMMITMENTS_LIMIT, NAMED_MOST = 40, 10


@dataclass(frozen=True)
class Tags:
    """What an item speaks of.

    Attributes:
        commitments: the references of promises.
        characteristics: of whom, from the closed list; groups by their names are in `groups`.
        groups: groups that are not in the list, by name.
    """

    commitments: frozenset[str] = frozenset()
    characteristics: frozenset[Characteristic] = frozenset()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvidenceFields:
    """What an organisation says of an item.

    Attributes:
        title: what it is, up to 200 letters.
        link: where it can be read, as an `http://` or `https://` address of up to 500 letters; empty for none.
        dated_on: the day it is of; not one that is still to come.
        kind: what it is.
        seen_by: who may see it beside the organisation.
        tags: what it speaks of.
    """

    title: str
    link: str = ""
    dated_on: date | None = None
    kind: EvidenceKind = EvidenceKind.OTHER
    seen_by: EvidenceSeenBy = EvidenceSeenBy.MONITORING_GROUP
    tags: Tags = field(default_factory=Tags)


def checked(typed: EvidenceFields) -> EvidenceFields:
    """Give fields that can be stored.

    Raises:
        FieldError: the title, the link, the date or a tag cannot be taken.
    """
    return replace(
        typed,
        title=_title(typed.title),
        link=_link(typed.link),
        dated_on=_day(typed.dated_on),
        tags=replace(_bounded(typed.tags), groups=_named(typed.tags.groups)),
    )


def read_names(typed: str) -> tuple[str, ...]:
    """Read groups' names as people type them: with commas, semicolons or line breaks between."""
    return tuple(part for part in typed.replace(";", ",").replace("\n", ",").split(",") if part.strip())


def _title(typed: str) -> str:
    title = " ".join(clean_text(typed).split())
    if not title:
        raise FieldError("title", "Please type what the item is. Nothing was lost.")
    if len(title) > TITLE_LIMIT:
        raise FieldError("title", f"A title can have up to {TITLE_LIMIT} letters. Nothing was lost.")
    return title


def _link(typed: str) -> str:
    """Check an address: only what a browser opens as a page, so that no link can run a script."""
    link = clean_text(typed)
    if not link:
        return ""
    if len(link) > LINK_LIMIT:
        raise FieldError("link", f"A link can have up to {LINK_LIMIT} letters. Nothing was lost.")
    if not _is_web_address(link):
        raise FieldError("link", "A link begins with https:// or http:// and has no spaces in it. Nothing was lost.")
    return link


def _is_web_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and not any(sign.isspace() for sign in link)


def _day(day: date | None) -> date | None:
    if day is not None and day > clock.today():
        raise FieldError("dated_on", "This day is still to come. Please check the date. Nothing was lost.")
    return day


def _bounded(tags: Tags) -> Tags:
    if len(tags.commitments) > COMMITMENTS_LIMIT:
        raise FieldError("commitments", f"Choose up to {COMMITMENTS_LIMIT} promises. Nothing was lost.")
    # A group by its name is one of `groups`, so the bare word for one says nothing.
    return replace(tags, characteristics=tags.characteristics - {Characteristic.NAMED_GROUP})


def _named(typed: Collection[str]) -> tuple[str, ...]:
    """Give groups' names once each, in the order of the alphabet."""
    names = {name.casefold(): name for name in (" ".join(clean_text(each).split()) for each in typed) if name}
    if len(names) > NAMED_MOST:
        raise FieldError("groups", f"Name up to {NAMED_MOST} groups. Nothing was lost.")
    if any(len(name) > NAMED_LIMIT for name in names.values()):
        raise FieldError("groups", f"A group’s name can have up to {NAMED_LIMIT} letters. Nothing was lost.")
    return tuple(names[key] for key in sorted(names))
