"""Loading a charter file into the store: all of it, or nothing."""

from dataclasses import dataclass

from sqlmodel import Session, col, delete, select, update

from charter import audit
from charter.catalogue.fields import first_day, precision
from charter.catalogue.reading import CatalogueError, Mistake
from charter.catalogue.schema import CharterFile
from charter.catalogue.versions import document_title, load_commitments, put
from charter.rules.access import Act, Viewer, require
from db.models import Charter, Level, Milestone, Organisation, Statement, Strand, Theme
from db.types import StatementKind


@dataclass(frozen=True)
class Loaded:
    """What a load did: the charter, how many commitments it holds, how many versions are new."""

    charter_ref: str
    commitments: int
    new_versions: int


def load_catalogue(session: Session, *, viewer: Viewer, file: CharterFile, name: str) -> Loaded:
    """Load a charter, or a new version of one. Answers already given keep the version that they answered.

    Args:
        session: a writing session; after an error nothing of it may be committed.
        viewer: who asks.
        file: the charter, as read and checked.
        name: what to call the file in mistakes.

    Raises:
        NotAllowedError: the viewer may not load charters.
        CatalogueError: the file does not fit what the store holds.
    """
    require(viewer, Act.LOAD_CATALOGUE)
    charter = _charter(session, file, name)
    _levels(session, file)
    strands = _themes_and_strands(session, charter, file, name)
    bodies = _bodies(session, file, name)
    new = load_commitments(session, charter=charter, file=file, strands=strands, bodies=bodies, name=name)
    _drop_unused(session, charter)
    _statements(session, charter, file)
    _milestones(session, charter, file)
    session.flush()
    audit.record(
        session,
        viewer,
        act="catalogue_loaded",
        subject=f"charter {charter.ref}",
        detail={"file": name, "new_versions": new},
    )
    return Loaded(charter_ref=charter.ref, commitments=len(file.commitments), new_versions=new)


def _charter(session: Session, file: CharterFile, name: str) -> Charter:
    entry = file.charter
    parent_id = _parent(session, file, name)
    found = session.exec(select(Charter).where(Charter.ref == entry.key)).first()
    return put(
        session,
        Charter,
        found,
        ref=entry.key,
        title=entry.title,
        official_title=entry.official_title,
        state=entry.state,
        kind=entry.kind,
        summary=entry.summary,
        adopted_by="; ".join(entry.adopted_by),
        signed_by="; ".join(entry.signed_by),
        adopted_on=first_day(entry.adopted),
        adopted_precision=precision(entry.adopted),
        adoption_note=entry.adoption_note or "",
        not_held=entry.not_held or "",
        how_it_came_about=entry.how_it_came_about,
        successor_note=entry.successor_note or "",
        follows_id=parent_id,
    )


def _parent(session: Session, file: CharterFile, name: str) -> int | None:
    """Find the charter that this one follows. No charter follows itself, nor one of those that follow it."""
    if file.charter.parent is None:
        return None
    found = session.exec(select(Charter).where(Charter.ref == file.charter.parent)).first()
    if found is None:
        reason = f"The store holds no charter {file.charter.parent}. Load that one first."
        raise CatalogueError([Mistake(name, "charter → parent", reason)])
    before: Charter | None = found
    while before is not None:
        if before.ref == file.charter.key:
            raise CatalogueError([Mistake(name, "charter → parent", f"{found.ref} follows this charter already.")])
        before = session.get(Charter, before.follows_id) if before.follows_id is not None else None
    return found.id


def _levels(session: Session, file: CharterFile) -> None:
    for entry in file.levels:
        session.merge(Level(value=entry.value, label=entry.label, description=entry.description))


def _themes_and_strands(session: Session, charter: Charter, file: CharterFile, name: str) -> dict[str, int]:
    """Bring themes and strands up to date, and give each strand's key in the store by its key in the file."""
    _free_positions(session, charter)
    themes: dict[str, int] = {}
    for entry in file.themes:
        theme = session.exec(select(Theme).where(Theme.charter_id == charter.id, Theme.ref == entry.key)).first()
        if theme is not None and theme.scored is not entry.scored:
            reason = "differs from the store, and published figures rest on it. Load this as a new charter instead."
            raise CatalogueError([Mistake(name, f"themes → {entry.key} → scored", reason)])
        values = entry.model_dump(include={"title", "summary", "position", "scored"})
        themes[entry.key] = put(session, Theme, theme, charter_id=charter.id, ref=entry.key, **values).id or 0
    strands: dict[str, int] = {}
    for part in file.strands:
        theme_id = themes[part.theme]
        strand = session.exec(select(Strand).where(Strand.theme_id == theme_id, Strand.ref == part.key)).first()
        values = part.model_dump(include={"title", "position"})
        strands[part.key] = put(session, Strand, strand, theme_id=theme_id, ref=part.key, **values).id or 0
    return strands


def _free_positions(session: Session, charter: Charter) -> None:
    """Two themes may change places; each place has one theme at a time, so that all leave theirs first."""
    themes = select(Theme.id).where(Theme.charter_id == charter.id)
    session.execute(update(Theme).where(col(Theme.id).in_(themes)).values(position=-col(Theme.position)))
    session.execute(update(Strand).where(col(Strand.theme_id).in_(themes)).values(position=-col(Strand.position)))


def _drop_unused(session: Session, charter: Charter) -> None:
    """Take away strands and themes that the file has no more. No commitment is in them: none was dropped."""
    themes = select(Theme.id).where(Theme.charter_id == charter.id)
    session.execute(delete(Strand).where(col(Strand.theme_id).in_(themes), col(Strand.position) < 0))
    session.execute(delete(Theme).where(col(Theme.charter_id) == charter.id, col(Theme.position) < 0))


def _bodies(session: Session, file: CharterFile, name: str) -> dict[str, int]:
    """Find the bodies that the file names, adding those that the store does not know yet."""
    bodies: dict[str, int] = {}
    for entry in file.bodies:
        ref = entry.org_id or entry.key
        found = session.exec(select(Organisation).where(Organisation.ref == ref)).first()
        if found is None:
            found = Organisation(ref=ref, name=entry.name, kind=entry.kind)
            session.add(found)
            session.flush()
        elif entry.org_id is None and found.name != entry.name:
            reason = f"The store knows {ref} as {found.name}. Give this body its org-id, or another key."
            raise CatalogueError([Mistake(name, f"bodies → {entry.key}", reason)])
        bodies[entry.key] = found.id or 0
    return bodies


def _statements(session: Session, charter: Charter, file: CharterFile) -> None:
    session.exec(delete(Statement).where(col(Statement.charter_id) == charter.id))
    for position, content in enumerate(file.charter.contents, start=1):
        session.add(
            Statement(
                charter_id=charter.id or 0,
                kind=StatementKind.CONTENT,
                position=position,
                text=f"{content.count} {content.what}: {content.detail}",
            )
        )
    for entry in file.statements:
        session.add(
            Statement(
                charter_id=charter.id or 0,
                kind=entry.kind,
                theme_ref=entry.theme,
                strand_ref=entry.strand,
                position=entry.position,
                text=entry.text,
                source_document=document_title(file, entry.source),
                source_section=entry.source.section,
                source_position=entry.source.position,
            )
        )


def _milestones(session: Session, charter: Charter, file: CharterFile) -> None:
    session.exec(delete(Milestone).where(col(Milestone.charter_id) == charter.id))
    for entry in file.milestones:
        session.add(
            Milestone(
                charter_id=charter.id or 0,
                position=entry.position,
                happened_on=first_day(entry.when),
                precision=precision(entry.when),
                title=entry.title,
                sentence=entry.sentence,
                source=f"{document_title(file, entry.source)}, {entry.source.section}",
            )
        )
