"""What the tests of the structure look at: modules as syntax trees, and the rules as functions over them.

A rule takes one module and gives what it finds, as lines to be read. That makes it possible to show that each of them
finds something: see `test_layers.py`.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("db", "charter", "pages", "tests")
LONGEST_MODULE = 300
LONGEST_PAGE = 80
LONGEST_FUNCTION = 40
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff", "tools"}
PAGE_FOLDERS = ("pages/public/", "pages/partner/", "pages/review/", "pages/coordinate/")
OPTION_LISTS = {"selectbox", "multiselect"}
SQL_CALLS = {"text", "execute", "exec_driver_sql", "executemany", "executescript"}


@dataclass(frozen=True)
class Module:
    """A Python file.

    Attributes:
        path: its path in the repository, with slashes, such as `charter/rules/scoring.py`.
        source: its text.
    """

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """Give the module as a syntax tree."""
        return ast.parse(self.source)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Give everything in the tree, gone through once for all rules."""
        return tuple(ast.walk(self.tree))

    @property
    def lines(self) -> int:
        """Give the number of its lines."""
        return len(self.source.splitlines())

    @property
    def is_page(self) -> bool:
        """Tell whether this is a script that draws one page."""
        return self.path.startswith(PAGE_FOLDERS) and not self.path.endswith("__init__.py")

    @cached_property
    def imports(self) -> list[tuple[int, str]]:
        """Give every import with its line: the module, and with `from` each name in it too."""
        found: list[tuple[int, str]] = []
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found += [(node.lineno, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                module = self._absolute(node)
                found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names]
        return found

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = Path(self.path).parts[: -node.level]
        return ".".join([*package, *filter(None, [node.module])])


def modules() -> Iterator[Module]:
    """Read every module of the repository. Nobody keeps them: the trees of all would fill this process's memory."""
    paths = [ROOT / "app.py", *(path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))]
    for path in paths:
        if path.is_file():
            yield Module(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))


def is_of(name: str, packages: tuple[str, ...] | frozenset[str]) -> bool:
    """Tell whether a module or a name is one of some packages, or in one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def sizes(module: Module) -> list[str]:
    """Find a module, a page or a function that is too long. Lines of a function's docstring are not counted."""
    if module.path.startswith("db/migrations/versions/"):
        return []  # a migration is written by Alembic, and never changes once it is published
    found = []
    if module.lines >= LONGEST_MODULE:
        found.append(f"{module.path} has {module.lines} lines; split it by subject")
    if module.is_page and module.lines >= LONGEST_PAGE:
        found.append(f"{module.path} is a page of {module.lines} lines; pages only arrange")
    functions = [node for node in module.nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [(node, _length(node)) for node in functions if _length(node) >= LONGEST_FUNCTION]
    return found + [f"{module.path}:{node.lineno} {node.name} has {length} lines" for node, length in long]


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def names(module: Module) -> list[str]:
    """Find a module whose name says nothing of its subject."""
    parts = Path(module.path).with_suffix("").parts
    return [f"{module.path}: name {part} by its subject" for part in parts if part in VAGUE]


def annotations(module: Module) -> list[str]:
    """Find postponed annotations in the models: they break SQLModel's relationships between lists of rows."""
    if not module.path.startswith("db/models/"):
        return []
    return [f"{module.path}:{line}" for line, name in module.imports if name == "__future__.annotations"]


def bare_excepts(module: Module) -> list[str]:
    """Find an `except` that catches everything, an interrupt and a rerun of Streamlit's included."""
    handlers = [node for node in module.nodes if isinstance(node, ast.ExceptHandler)]
    return [f"{module.path}:{handler.lineno}" for handler in handlers if _catches_all(handler)]


def _catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or (isinstance(handler.type, ast.Name) and handler.type.id == "BaseException")


def built_sql(module: Module) -> list[str]:
    """Find SQL that is put together from parts. What people typed is only ever handed over as a parameter."""
    if module.path.startswith(("db/migrations/versions/", "tests/")):
        return []  # these put together names of their own
    calls = [node for node in module.nodes if isinstance(node, ast.Call) and _called(node) in SQL_CALLS]
    return [f"{module.path}:{call.lineno}" for call in calls if call.args and _is_built(call.args[0])]


def _called(call: ast.Call) -> str:
    """Give the last part of what is called: `execute` of `session.execute(…)`."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _is_built(sql: ast.expr) -> bool:
    match sql:
        case ast.JoinedStr(values=parts):
            holes = [part.value for part in parts if isinstance(part, ast.FormattedValue)]
            # A constant of the module is not what anybody typed; PRAGMA takes no parameters.
            return any(not (isinstance(hole, ast.Name) and hole.id.isupper()) for hole in holes)
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace")):
            return True
        case _:
            return False


def drawing_in_a_scope(module: Module) -> list[str]:
    """Find a Streamlit call while the store is open: `st.rerun` and `st.stop` would roll the scope back."""
    found = []
    for node in module.nodes:
        if isinstance(node, ast.With) and any(_opens_the_store(item.context_expr) for item in node.items):
            inside = [part for statement in node.body for part in ast.walk(statement)]
            found += [f"{module.path}:{part.lineno}" for part in inside if isinstance(part, ast.Call) and _draws(part)]
    return found


def _draws(call: ast.Call) -> bool:
    """Tell a call such as `st.rerun()`; what the person typed, in `st.session_state`, may be read anywhere."""
    return isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == "st"


def _opens_the_store(expression: ast.expr) -> bool:
    return isinstance(expression, ast.Call) and _called(expression) in {"reading", "writing"}


def escaped_options(module: Module) -> list[str]:
    """Find options of a list to choose from whose marks are escaped: they are shown as they are, backslashes too."""
    calls = [node for node in module.nodes if isinstance(node, ast.Call) and _called(node) in OPTION_LISTS]
    formats = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "format_func"]
    inside = [node for each in formats for node in ast.walk(each)]
    return [
        f"{module.path}:{node.lineno}" for node in inside if isinstance(node, ast.Call) and _called(node) == "plain"
    ]


def calculating_in_a_page(module: Module) -> list[str]:
    """Find figures that are made in `pages/`, in place of asked for."""
    if not module.path.startswith("pages/"):
        return []
    calls = [node for node in module.nodes if isinstance(node, ast.Call)]
    shapers = {"groupby", "pivot", "pivot_table", "merge", "agg", "aggregate", "mean"}
    return [
        f"{module.path}:{call.lineno} {_called(call)}"
        for call in calls
        if isinstance(call.func, ast.Attribute) and _called(call) in shapers
    ]


def dangers(module: Module) -> list[str]:
    """Find what no module may use: HTML from text, tables made past the migrations, pickled data, evaluation."""
    if module.path.startswith("tests/"):
        return []
    used = _uses(module, {"unsafe_allow_html", "create_all", "eval", "exec_module"})
    pickled = [line for line, name in module.imports if is_of(name, ("pickle", "marshal", "shelve", "joblib"))]
    return [f"{module.path}:{line}" for line in (*used, *pickled)]


def public_files(module: Module) -> list[str]:
    """Find what Streamlit gives out under addresses that ask nobody who they are: files go by routes of ours."""
    if not module.path.startswith("pages/"):
        return []
    by_streamlit = {"download_button", "image", "audio", "video", "pdf", "logo"}
    calls = [node for node in module.nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    return [f"{module.path}:{call.lineno}" for call in calls if _called(call) in by_streamlit]


def built_html(module: Module) -> list[str]:
    """Find HTML into which something is put as it came."""
    found = []
    for call in module.nodes:
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and _called(call) == "html":
            made = [node for each in call.args for node in ast.walk(each)]
            put = [node.value for node in made if isinstance(node, ast.FormattedValue)]
            joined = [node for node in made if _joins(node)]
            bare = [each for each in put if not (isinstance(each, ast.Call) and _called(each) == "escape")]
            found += [f"{module.path}:{call.lineno}"] if bare or joined else []
    return found


def _joins(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Add | ast.Mod)
    return isinstance(node, ast.Call) and _called(node) in {"format", "join"}


def javascript(module: Module) -> list[str]:
    """Find where scripts of ours are allowed into a page; one place in the whole application may."""
    if module.path.startswith("tests/"):
        return []
    return [f"{module.path}:{line}" for line in _uses(module, {"unsafe_allow_javascript"})]


def _uses(module: Module, words: set[str]) -> Iterator[int]:
    """Give the lines in which one of some words stands as a name, an attribute or a keyword."""
    for node in module.nodes:
        match node:
            case ast.keyword(arg=str(word)) | ast.Attribute(attr=word) | ast.Name(id=word) if word in words:
                yield node.lineno
            case _:
                pass
