"""A council and a group that keep evidence, and everybody who may or may not see it."""

from dataclasses import dataclass

from charter.evidence.fields import EvidenceFields
from charter.evidence.files import GivenFile
from charter.evidence.items import add_evidence
from charter.evidence.reading import EvidenceFound, EvidenceWanted, find_evidence, search_evidence
from charter.rules.access import OPERATOR, PUBLIC, Viewer
from db.engine import Store
from db.types import EvidenceSeenBy, Role
from tests.small_files import pdf
from tests.store import reviewing
from tests.store.asked_forms import AskedForm, ask

REPORT = GivenFile("Report.pdf", pdf("The report"))


@dataclass(frozen=True)
class Portfolio:
    """The store, and the small period whose council and group keep evidence."""

    store: Store
    form: AskedForm

    @property
    def council(self) -> Viewer:
        """Somebody of the council."""
        return self.form.partner_of(self.form.council_id)

    @property
    def group(self) -> Viewer:
        """Somebody of the group."""
        return self.form.partner

    def others(self) -> dict[str, Viewer]:
        """Give everybody who does not answer for the council, by who they are."""
        return {
            "anyone": PUBLIC,
            "group": self.group,
            "link": self.form.by_link,
            "reviewer": reviewing.reviewer(self.form),
            "coordinator": reviewing.holding(self.form, Role.COORDINATOR),
            "administrator": reviewing.holding(self.form, Role.ADMINISTRATOR),
            "operator": OPERATOR,
        }

    def add(
        self, title: str = "A report", *, of: int | None = None, file: GivenFile | None = None, **more: object
    ) -> int:
        """Add an item, the council's unless another organisation is named, and give its key."""
        whose = of or self.form.council_id
        fields = EvidenceFields(title, **more)  # type: ignore[arg-type]
        with self.store.writing() as session:
            viewer = self.form.partner_of(whose)
            return add_evidence(session, viewer=viewer, organisation_id=whose, fields=fields, file=file)

    def add_for(self, seen_by: EvidenceSeenBy, *, file: GivenFile | None = None) -> int:
        """Add an item of the council that these may see."""
        return self.add(seen_by.value, seen_by=seen_by, file=file)

    def seen(self, viewer: Viewer, wanted: EvidenceWanted | None = None) -> tuple[EvidenceFound, ...]:
        """Give what somebody sees of the portfolio."""
        with self.store.reading() as session:
            return search_evidence(session, viewer=viewer, wanted=wanted or EvidenceWanted()).rows

    def item(self, key: int, viewer: Viewer | None = None) -> EvidenceFound:
        """Read one item, as the council unless as somebody else."""
        with self.store.reading() as session:
            return find_evidence(session, viewer=viewer or self.council, ref=f"EV-{key}")

    def titles(self, viewer: Viewer, **wanted: object) -> set[str]:
        """Give the titles of what somebody finds."""
        return {item.title for item in self.seen(viewer, EvidenceWanted(**wanted))}  # type: ignore[arg-type]


def portfolio(store: Store) -> Portfolio:
    """Make the council and the group."""
    return Portfolio(store, ask(store))
