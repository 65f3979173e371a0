"""Templates: the look of slides that organisations brought, kept to be chosen when slides are made."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from charter import audit, clock
from charter.kept_files import require_whole
from charter.rules.access import Act, Viewer, require
from charter.rules.refusals import FieldError, NotFoundError
from charter.typed import clean_text
from db.models import SlideTemplate

TEMPLATES_LIMIT = 20  # each may have 5 MB, and all are in every backup
NAME_LIMIT = 120  # letters
_DAMAGED = "This template was damaged where it is kept. Remove it, and bring it again."
_NONE = "There is no such template. It may have been removed. Nothing was changed."


@dataclass(frozen=True)
class TemplateFound:
    """A template, without its bytes."""

    id: int
    name: str
    size: int
    added_at: datetime


def add_template(session: Session, *, viewer: Viewer, name: str, content: bytes) -> TemplateFound:
    """Keep an organisation's own look for slides.

    Args:
        session: a writing session.
        viewer: who asks.
        name: what it is to be called; no two have one name.
        content: a presentation, `.pptx`, of 5 MB at most. The slides in it are not shown, only its look.

    Raises:
        NotAllowedError: the viewer may not keep templates.
        FieldError: the name is missing, too long or taken, the file is none that slides can be made with (see
            `charter.reports.deck.template_files.check_template`), or there are too many.
    """
    # What reads presentations takes long to load, and nobody who only reads pages should wait for it.
    from charter.reports.deck.template_files import check_template  # noqa: PLC0415

    require(viewer, Act.KEEP_TEMPLATES)
    called = _name(session, name)
    check_template(content)
    if session.exec(select(func.count()).select_from(SlideTemplate)).one() >= TEMPLATES_LIMIT:
        raise FieldError("file", f"There is room for {TEMPLATES_LIMIT} templates. Remove one first. Nothing was lost.")
    row = SlideTemplate(
        name=called,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        account_id=viewer.account_id,
        added_at=clock.now(),
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        viewer,
        act="template_added",
        subject=f"template {row.id}",
        detail={"name": called, "sha256": row.sha256},
    )
    return _found(row)


def list_templates(session: Session, *, viewer: Viewer) -> tuple[TemplateFound, ...]:
    """Read every template, by name.

    Raises:
        NotAllowedError: the viewer may not keep templates.
    """
    require(viewer, Act.KEEP_TEMPLATES)
    columns = (col(SlideTemplate.id), col(SlideTemplate.name), col(SlideTemplate.size), col(SlideTemplate.added_at))
    # Their bytes are left where they are.
    return tuple(TemplateFound(*row) for row in session.execute(sa.select(*columns).order_by(col(SlideTemplate.name))))


def template_content(session: Session, *, viewer: Viewer, template_id: int) -> bytes:
    """Give a template's bytes, to make slides with.

    Raises:
        NotAllowedError: the viewer may not keep templates.
        NotFoundError: there is no such template.
        DamagedError: its bytes are not those that were taken in. The log says so.
    """
    row = _row(session, viewer, template_id)
    require_whole(row.content, sha256=row.sha256, what=f"look {template_id} for slides", words=_DAMAGED)
    return row.content


def remove_template(session: Session, *, viewer: Viewer, template_id: int) -> None:
    """Remove a template. Slides that were made with it stay as they are.

    Raises:
        NotAllowedError: the viewer may not keep templates.
        NotFoundError: there is no such template.
    """
    row = _row(session, viewer, template_id)
    detail = audit.changes({"name": row.name, "sha256": row.sha256}, {"name": None, "sha256": None})
    session.delete(row)
    audit.record(session, viewer, act="template_removed", subject=f"template {template_id}", detail=detail)


def _row(session: Session, viewer: Viewer, template_id: int) -> SlideTemplate:
    require(viewer, Act.KEEP_TEMPLATES)
    row = session.get(SlideTemplate, template_id)
    if row is None:
        raise NotFoundError(_NONE)
    return row


def _name(session: Session, typed: str) -> str:
    name = " ".join(clean_text(typed).split())
    if not name:
        raise FieldError("name", "Please give the template a name. Nothing was lost.")
    if len(name) > NAME_LIMIT:
        raise FieldError(
            "name", f"A name has {NAME_LIMIT} letters at most, and this has {len(name):,}. Nothing was lost."
        )
    if session.exec(select(SlideTemplate.id).where(SlideTemplate.name == name)).first() is not None:
        raise FieldError("name", "Another template has this name. Choose another name. Nothing was lost.")
    return name


def _found(row: SlideTemplate) -> TemplateFound:
    return TemplateFound(row.id or 0, row.name, row.size, row.added_at)
