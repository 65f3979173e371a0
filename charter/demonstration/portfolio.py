"""The demonstration's evidence: items with links and small files, seen by everyone, by some, and by nobody else."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import openpyxl
from PIL import Image, ImageDraw
from sqlmodel import Session, col, select

from charter import clock
from charter.demonstration.people import DOMAIN
from charter.evidence.citations import Citations, citable, speak_for
from charter.evidence.fields import EvidenceFields, Tags
from charter.evidence.files import GivenFile
from charter.evidence.items import add_evidence
from charter.rules.access import Grant, Viewer
from charter.words import MADE_UP_MARK
from db.models import Account, AccountGrant
from db.types import Characteristic, EvidenceKind, EvidenceSeenBy, Role

_PAGE, _MARGIN, _LINE = (620, 300), 40, 34  # dots
_LETTERS = 20


@dataclass(frozen=True)
class _Told:
    """An item of whoever has this account, some days old. `file` makes its file, if it has one."""

    account: str
    days: int
    fields: EvidenceFields
    file: Callable[[str], GivenFile] | None = None


def _pdf(title: str) -> GivenFile:
    return GivenFile(f"{title}.pdf", _drawn(title, "PDF"))


def _picture(title: str) -> GivenFile:
    return GivenFile(f"{title}.png", _drawn(title, "PNG"))


def _workbook(title: str) -> GivenFile:
    book, saved = openpyxl.Workbook(), io.BytesIO()
    for row in (("Ward", "Grants"), ("Riverside", 14), ("Hillside", 9), ("Old Town", 11), (MADE_UP_MARK, "")):
        book.active.append(row)
    book.save(saved)
    return GivenFile(f"{title}.xlsx", saved.getvalue())


def _drawn(title: str, kind: str) -> bytes:
    """Draw a page with a title on it."""
    page, saved = Image.new("RGB", _PAGE, "white"), io.BytesIO()
    pen = ImageDraw.Draw(page)
    for number, words in enumerate((title, MADE_UP_MARK, "A page of the demonstration.")):
        pen.text((_MARGIN, _MARGIN + number * _LINE), words, fill="black", font_size=_LETTERS)
    page.save(saved, kind)
    return saved.getvalue()


_PUBLIC, _PRIVATE = EvidenceSeenBy.PUBLIC, EvidenceSeenBy.PRIVATE
_KIND = EvidenceKind
_WHO = Characteristic
_ITEMS = (
    _Told(
        "council",
        40,
        EvidenceFields(
            "What moving the library means for people",
            kind=_KIND.EQUALITY_IMPACT_ASSESSMENT,
            seen_by=_PUBLIC,
            tags=Tags(frozenset({"EQU-ACC-2"}), frozenset({_WHO.AGE, _WHO.DISABILITY}), ("Young carers",)),
        ),
        _pdf,
    ),
    _Told(
        "council",
        75,
        EvidenceFields(
            "Grants to groups by ward",
            kind=_KIND.STATISTICS,
            seen_by=_PUBLIC,
            tags=Tags(frozenset({"EMP-SEC-1", "EMP-SEC-4"}), frozenset({_WHO.SOCIO_ECONOMIC_STATUS})),
        ),
        _workbook,
    ),
    _Told(
        "council",
        200,
        EvidenceFields(
            "How we pay groups on time",
            f"https://{DOMAIN}/paying-on-time",
            kind=_KIND.POLICY,
            seen_by=_PUBLIC,
            tags=Tags(frozenset({"EMP-RES-4"})),
        ),
    ),
    _Told("council", 12, EvidenceFields("Notes for next year’s plan", kind=_KIND.PLAN, seen_by=_PRIVATE), _pdf),
    _Told(
        "police",
        55,
        EvidenceFields(
            "What faith groups told us about feeling safe",
            kind=_KIND.SURVEY,
            tags=Tags(frozenset({"EQU-COH-3"}), frozenset({_WHO.RELIGION_OR_BELIEF, _WHO.RACE})),
        ),
        _pdf,
    ),
    _Told(
        "group",
        30,
        EvidenceFields(
            "Forty people at our Friday lunch",
            kind=_KIND.CASE_STUDY,
            seen_by=_PUBLIC,
            tags=Tags(characteristics=frozenset({_WHO.AGE})),
        ),
        _picture,
    ),
)


def add_portfolio(session: Session) -> None:
    """Add the items. The demonstration's people, and what they report, must be there."""
    for told in _ITEMS:
        viewer, organisation_id = _person(session, told.account)
        titled, day = f"{told.fields.title} {MADE_UP_MARK}", clock.today() - timedelta(days=told.days)
        key = add_evidence(
            session,
            viewer=viewer,
            organisation_id=organisation_id,
            fields=replace(told.fields, title=titled, dated_on=day),
            file=told.file(told.fields.title) if told.file else None,
        )
        if told.fields.seen_by is not _PRIVATE:
            _speak_for_first(session, viewer, organisation_id, key)


def _person(session: Session, name: str) -> tuple[Viewer, int]:
    account, organisation = session.exec(
        select(AccountGrant.account_id, AccountGrant.organisation_id)
        .join(Account, col(Account.id) == col(AccountGrant.account_id))
        .where(Account.email == f"{name}@{DOMAIN}", col(AccountGrant.role) == Role.PARTNER)
    ).one()
    grant = Grant(Role.PARTNER, organisation)
    return Viewer(account_id=account, grants=frozenset({grant})), organisation or 0


def _speak_for_first(session: Session, viewer: Viewer, organisation_id: int, key: int) -> None:
    """Let an item speak for the first of what its organisation reported, and of what it does."""
    own = citable(session, viewer=viewer, organisation_id=organisation_id)
    speak_for(
        session,
        viewer=viewer,
        evidence_id=key,
        seen=Citations(),
        value_ids=[each.id for each in own.values[:1]],
        action_ids=[each.id for each in own.actions[:1]],
    )
