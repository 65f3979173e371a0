"""The public pages of the demonstration, each opened once by this process for all tests that only read it."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from streamlit.runtime.caching import cache_data_api
from streamlit.testing.v1 import AppTest

from charter import store as store_module
from tests.screens.site_under_test import ran, standing_at

Kept = dict[str | None, dict[str, cache_data_api.DataCache[Any]]]
_Address = tuple[str, tuple[tuple[str, str], ...]]


@contextmanager
def memory(kept: Kept) -> Iterator[None]:
    """Let the pages keep in memory what belongs to one store, and no more of any other than there was."""
    caches = cache_data_api._data_caches  # noqa: SLF001 - Streamlit has one memory for all, and can only forget it
    before, caches._function_caches = caches._function_caches, kept  # noqa: SLF001
    try:
        yield
    finally:
        caches._function_caches = before  # noqa: SLF001


@dataclass
class Reader:
    """Somebody who has not signed in, and reads the demonstration that nobody changes.

    Attributes:
        kept: what the site keeps in memory, for each page by itself: so a page's first run is that of a site which has
            just been started, and its later ones are not.
        read: the pages that were opened, by their addresses, and what their first run asked of the store.
    """

    kept: defaultdict[str, Kept] = field(default_factory=lambda: defaultdict(dict))
    read: dict[_Address, tuple[AppTest, list[str]]] = field(default_factory=dict)

    def page(self, name: str, **query: str) -> AppTest:
        """Give a page, only to be read: it is the same for all tests. Nothing on it may have failed."""
        return self._opened(name, query)[0]

    def first_queries(self, name: str, **query: str) -> list[str]:
        """Give what a page's first run asked of the store, for the site around it too."""
        return self._opened(name, query)[1]

    def anew(self, name: str, **query: str) -> AppTest:
        """Stand at a page that is a test's own, before its first run."""
        return standing_at(f"public/{name}.py", query)

    def _opened(self, name: str, query: dict[str, str]) -> tuple[AppTest, list[str]]:
        address = (name, tuple(sorted(query.items())))
        if address not in self.read:
            site = self.anew(name, **query)
            with memory(self.kept[name]):
                self.read[address] = (site, queries_of(site))
        return self.read[address]


def queries_of(site: AppTest) -> list[str]:
    """Run a page, and give what it asked of the store. Nothing on it may have failed."""
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    engine = store_module.store().engine
    event.listen(engine, "before_cursor_execute", hear)
    ran(site)
    event.remove(engine, "before_cursor_execute", hear)
    return asked
