"""The structure of the code: which room may import which, how large a module may be, and what none may do.

Each rule is run over the whole repository, and over a snippet that breaks it: a rule that never finds anything holds
nothing.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from tests.rules import structure, who_asks
from tests.rules.imports import imports
from tests.rules.structure import ROOT, Module, modules

Rule = Callable[[Module], list[str]]
RULES: tuple[Rule, ...] = (
    imports,
    structure.sizes,
    structure.names,
    structure.annotations,
    structure.bare_excepts,
    structure.built_sql,
    structure.drawing_in_a_scope,
    structure.escaped_options,
    structure.calculating_in_a_page,
    structure.dangers,
    structure.public_files,
    structure.built_html,
    who_asks.unnamed,
    who_asks.unasked,
    who_asks.not_the_operator,
)
MOST_SCRIPTS = 1  # the one place that puts our own script files in a page
LONG_MODULE = "x = 1\n" * 300
LONG_FUNCTION = "def long() -> None:\n" + "    x = 1\n" * 39
DOCUMENTED_FUNCTION = 'def long() -> None:\n    """Say.\n' + "\n    More.\n" * 20 + '    """\n' + "    x = 1\n" * 20

BREAKS: list[tuple[Rule, str, str]] = [
    (imports, "db/engine.py", "from charter import clock"),
    (imports, "db/types.py", "import sqlmodel"),
    (imports, "db/types.py", "from db.columns import word"),
    (imports, "db/outcome_types.py", "from db.types import Role"),
    (imports, "db/models/accounts.py", "from db.engine import Store"),
    (imports, "charter/accounts.py", "import streamlit as st"),
    (imports, "charter/accounts.py", "from pages.ui import keys"),
    (imports, "charter/accounts.py", "from streamlit_authenticator import Authenticate"),
    (imports, "charter/accounts.py", "from charter.charts import ranked"),
    (imports, "charter/accounts.py", "def f():\n    import typer"),
    (imports, "charter/rules/scoring.py", "import pandas as pd"),
    (imports, "charter/rules/scoring.py", "from db.models import Answer"),
    (imports, "charter/rules/scoring.py", "from charter.store import reading"),
    (imports, "charter/rules/scoring.py", "from ..store import reading"),
    (imports, "charter/charts/ranked.py", "from charter.store import reading"),
    (imports, "charter/charts/ranked.py", "import pages.ui"),
    (imports, "pages/public/gap.py", "from db.models import Answer"),
    (imports, "pages/public/gap.py", "from db import models"),
    (imports, "pages/public/gap.py", "from sqlalchemy import select"),
    (imports, "pages/public/gap.py", "from streamlit_authenticator import Authenticate"),
    (imports, "pages/public/gap.py", "from pages.partner import self_assessment"),
    (imports, "pages/ui/guard.py", "from pages.routes import cookies"),
    (imports, "pages/routes/health.py", "import streamlit"),
    (imports, "app.py", "from db.models import Answer"),
    (structure.sizes, "charter/periods.py", LONG_MODULE),
    (structure.sizes, "charter/periods.py", LONG_FUNCTION),
    (structure.sizes, "charter/periods.py", LONG_FUNCTION.replace("def", "async def")),
    (structure.sizes, "pages/public/gap.py", "x = 1\n" * 80),
    (structure.names, "charter/utils.py", ""),
    (structure.names, "pages/ui/helpers/fields.py", ""),
    (structure.annotations, "db/models/accounts.py", "from __future__ import annotations"),
    (structure.bare_excepts, "charter/periods.py", "try:\n    x = 1\nexcept:\n    pass"),
    (structure.bare_excepts, "charter/periods.py", "try:\n    x = 1\nexcept BaseException:\n    raise"),
    (structure.built_sql, "charter/periods.py", "session.execute(text(f'SELECT {name}'))"),
    (structure.built_sql, "charter/periods.py", "session.execute('SELECT ' + name)"),
    (structure.built_sql, "charter/periods.py", "sa.text('SELECT %s' % name)"),
    (structure.built_sql, "charter/periods.py", "connection.exec_driver_sql('SELECT {}'.format(name))"),
    (structure.drawing_in_a_scope, "pages/public/gap.py", "with reading() as session:\n    st.write('x')"),
    (structure.drawing_in_a_scope, "pages/public/gap.py", "with store.writing() as s:\n    if s:\n        st.rerun()"),
    (
        structure.escaped_options,
        "pages/ui/keeping/a.py",
        "st.selectbox('Which', refs, format_func=lambda ref: plain(names[ref]))",
    ),
    (structure.calculating_in_a_page, "pages/public/gap.py", "frame.groupby('theme').mean()"),
    (structure.dangers, "pages/public/gap.py", "st.markdown(text, unsafe_allow_html=True)"),
    (structure.dangers, "charter/store.py", "SQLModel.metadata.create_all(engine)"),
    (structure.dangers, "charter/store.py", "import pickle"),
    (structure.public_files, "pages/ui/own/copies.py", "st.download_button('Save', data)"),
    (structure.public_files, "pages/ui/own/copies.py", "left.image(picture)"),
    (structure.built_html, "pages/ui/own/copies.py", "st.html(f'<b>{name}</b>')"),
    (structure.built_html, "pages/ui/own/copies.py", "st.html('<b>' + name)"),
    (structure.built_html, "pages/ui/own/copies.py", "st.html('<b>{}'.format(name))"),
    (who_asks.unnamed, "pages/public/gap.py", "read_figures(session, release_id=1)"),
    (who_asks.unnamed, "charter/commands/report.py", "def f():\n    charter.reads.read_figures(session, 1)"),
    (who_asks.unasked, "charter/periods.py", "def find(session: Session, *, viewer: Viewer) -> int:\n    return 1"),
    (who_asks.not_the_operator, "charter/commands/report.py", "read_figures(session, viewer=somebody)"),
    (structure.javascript, "pages/ui/ticket.py", "st.html('x.js', unsafe_allow_javascript=True)"),
]

KEEPS: list[tuple[Rule, str, str]] = [
    (imports, "charter/rules/scoring.py", "from math import sqrt\nimport numpy as np\nfrom db.types import Side"),
    (imports, "charter/accounts.py", "import bcrypt\nfrom db.models import Account\nfrom sqlmodel import Session"),
    (imports, "charter/commands/report.py", "import typer\nfrom charter.reports import slides"),
    (imports, "pages/ui/sign_in.py", "from streamlit_authenticator import Authenticate"),
    (imports, "pages/public/gap.py", "import streamlit as st\nfrom db.types import Side\nfrom pages.ui import opening"),
    (imports, "pages/routes/health.py", "from starlette.responses import Response\nfrom charter import clock"),
    (structure.sizes, "charter/periods.py", "x = 1\n" * 299),
    (structure.sizes, "charter/periods.py", DOCUMENTED_FUNCTION),
    (structure.annotations, "charter/periods.py", "from __future__ import annotations"),
    (structure.bare_excepts, "charter/periods.py", "try:\n    x = 1\nexcept ValueError:\n    raise"),
    (structure.built_sql, "charter/periods.py", "session.execute(text('SELECT :name'), {'name': name})"),
    (structure.built_sql, "db/engine.py", "connection.execute(f'PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}')"),
    (
        structure.drawing_in_a_scope,
        "pages/public/gap.py",
        "with writing() as s:\n    s.add(st.session_state.get('x'))",
    ),
    (structure.drawing_in_a_scope, "pages/public/gap.py", "with st.container():\n    st.write('x')"),
    (structure.calculating_in_a_page, "charter/figures/scores.py", "frame.groupby('theme')"),
    (structure.built_html, "pages/ui/own/copies.py", "st.html(f'<b>{escape(name)}</b>')"),
    (who_asks.unnamed, "pages/public/gap.py", "read_figures(session, viewer=here)\nfind_link(session, token=token)"),
    (who_asks.not_the_operator, "charter/commands/report.py", "read_figures(session, viewer=OPERATOR)"),
    (who_asks.unasked, "charter/periods.py", "def find(session, *, viewer):\n    require(viewer, Act.RUN_PERIODS)"),
    (who_asks.unasked, "charter/periods.py", "def find(session, *, viewer):\n    return other(session, viewer=viewer)"),
]


@dataclass(frozen=True)
class Repository:
    """What stands in the whole repository.

    Attributes:
        paths: every module that was looked at.
        found: what each rule finds in them.
    """

    paths: frozenset[str]
    found: Mapping[Rule, list[str]]


@pytest.fixture(scope="module")
def repository() -> Repository:
    """Hold every module against every rule, one module after the other, so that each is read and taken apart once."""
    paths: set[str] = set()
    found: dict[Rule, list[str]] = {rule: [] for rule in (*RULES, structure.javascript)}
    for module in modules():
        paths.add(module.path)
        for rule, findings in found.items():
            findings.extend(rule(module))
    return Repository(frozenset(paths), found)


def shown(case: object) -> str:
    return str(getattr(case, "__name__", ""))


@pytest.mark.parametrize("rule", RULES, ids=shown)
def test_the_code_keeps_the_rule(rule: Rule, repository: Repository) -> None:
    findings = repository.found[rule]
    assert not findings, "\n".join(findings)


def test_one_place_at_most_lets_a_script_into_a_page(repository: Repository) -> None:
    places = repository.found[structure.javascript]
    assert len(places) <= MOST_SCRIPTS, places


@pytest.mark.parametrize(("rule", "path", "source"), BREAKS, ids=shown)
def test_the_rule_finds_what_breaks_it(rule: Rule, path: str, source: str) -> None:
    assert rule(Module(path, source)) != []


@pytest.mark.parametrize(("rule", "path", "source"), KEEPS, ids=shown)
def test_the_rule_lets_pass_what_keeps_it(rule: Rule, path: str, source: str) -> None:
    assert rule(Module(path, source)) == []


@pytest.mark.parametrize("rule", [*RULES, structure.javascript], ids=shown)
def test_every_rule_is_shown_to_find_something(rule: Rule) -> None:
    assert any(broken is rule for broken, _, _ in BREAKS)


def test_the_whole_repository_is_looked_at(repository: Repository) -> None:
    somewhere = {"app.py", "charter/rules/scoring.py", "db/engine.py", "pages/site.py", "tests/conftest.py"}
    assert somewhere <= repository.paths


def test_nothing_beside_the_site_is_a_script_that_streamlit_finds_by_itself() -> None:
    """Streamlit once ran a page from this folder without the script that guards it."""
    assert sorted(path.name for path in (ROOT / "pages").glob("*.py")) == ["site.py"]


def test_nothing_in_pages_hides_a_module_of_another_name() -> None:
    """The folder comes first where Python looks for modules; `site` itself is loaded long before."""
    names = {path.stem for path in (ROOT / "pages").iterdir() if not path.name.startswith(("_", "."))} - {"site"}
    assert names & set(sys.stdlib_module_names) == set()


def test_the_top_level_is_as_it_was_fixed() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert folders - {"var", "test-results"} == {"charter", "db", "pages", "tests"}
