"""Which room may import which: the one direction that data flows in, as a table."""

import sys
from dataclasses import dataclass

from tests.rules.structure import Module, is_of

STREAMLIT = ("streamlit", "streamlit_authenticator")
DATABASE = ("sqlmodel", "sqlalchemy", "alembic", "psycopg", "sqlite3")
WEB = ("starlette", "uvicorn", "anyio")


@dataclass(frozen=True)
class Room:
    """What a folder or a file never imports; or, with `only`, all that it may import beside the standard library."""

    place: tuple[str, ...]
    never: tuple[str, ...] = ()
    only: tuple[str, ...] | None = None
    but: tuple[str, ...] = ()
    """Places inside that this rule does not speak of."""

    def holds(self, module: Module) -> bool:
        """Tell whether this rule speaks of a module."""
        return module.path.startswith(self.place) and not (self.but and module.path.startswith(self.but))

    def refuses(self, name: str) -> bool:
        """Tell whether a module in this room may not import a name."""
        if self.only is not None and name.partition(".")[0] not in sys.stdlib_module_names:
            return not is_of(name, self.only)
        return is_of(name, self.never)


ROOMS = (
    Room(("db/",), never=("charter", "pages", "app", *STREAMLIT, *WEB)),
    Room(("db/types.py",), only=("db.outcome_types", "db.report_types")),
    Room(("db/outcome_types.py", "db/report_types.py"), only=()),
    Room(("db/models/",), only=("sqlmodel", "sqlalchemy", "db.types", "db.columns", "db.models")),
    Room(("charter/",), never=("pages", "app", *STREAMLIT, *WEB)),
    Room(("charter/rules/",), only=("numpy", "scipy", "db.types", "charter.rules")),
    Room(
        ("charter/",),
        never=("charter.charts", "charter.reports"),
        but=("charter/charts/", "charter/reports/", "charter/commands/", "charter/jobs.py"),
    ),
    Room(("charter/",), never=("charter.commands",), but=("charter/commands/", "charter/__main__.py")),
    Room(("charter/",), never=("typer",), but=("charter/commands/", "charter/__main__.py")),
    Room(("charter/",), never=("altair", "vl_convert"), but=("charter/charts/", "charter/reports/")),
    Room(("charter/charts/",), never=(*DATABASE, "db.models", "db.engine", "charter.store")),
    Room(("pages/",), never=(*DATABASE, "db.models", "db.engine", "db.errors", "db.migrations", "app")),
    Room(("pages/",), never=("starlette",), but=("pages/routes/",)),
    Room(("pages/routes/",), never=(*STREAMLIT, "pages.ui", "pages.public", "pages.partner", "pages.review")),
    Room(("pages/",), never=("streamlit_authenticator",), but=("pages/ui/",)),
    Room(("pages/ui/",), never=("pages.public", "pages.partner", "pages.review", "pages.coordinate", "pages.routes")),
    Room(
        ("pages/public/", "pages/partner/", "pages/review/", "pages/coordinate/", "pages/site.py"),
        never=("pages.public", "pages.partner", "pages.review", "pages.coordinate", "pages.routes"),
    ),
    Room(("app.py",), never=(*DATABASE, "db.models", "db.engine")),
)


def imports(module: Module) -> list[str]:
    """Find an import against the direction in which data flows."""
    rooms = [room for room in ROOMS if room.holds(module)]
    return [
        f"{module.path}:{line} may not import {name}"
        for line, name in module.imports
        if any(room.refuses(name) for room in rooms)
    ]
