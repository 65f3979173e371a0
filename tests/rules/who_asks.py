"""Rules over the code: whoever reads or writes says who is asking, and the verb asks whether they may."""

import ast

from tests.rules.structure import Module

# What pages, addresses and commands may call without saying who asks, each for its reason.
WITHOUT_VIEWER = {
    # A secret that only the right person holds decides, before anybody is known.
    "ask_for_link": "an e-mail address, to which the link is sent and nowhere else",
    "begin_attempt": "counts a sign-in before it is known who it is",
    "complete_sign_in": "a password that was right",
    "begin_journey": "tells nothing, and leads out of the site",
    "end_journey": "the token of the browser that began it, with what the directory handed back",
    "end_own_session": "the cookie’s token",
    "end_session": "the cookie’s token",
    "note_failure": "tells of a sign-in that failed, by nobody who is known",
    "find_link": "the link's token",
    "find_preview": "the preview's token",
    "find_stop": "the letter's token",
    "hash_to_check": "is compared with a password, and shown to nobody",
    "make_preview": "what the preview's token opened",
    "name_of_password_link": "the link's token",
    "open_link": "the link's token",
    "open_preview": "the preview's token",
    "set_password": "the link's token",
    "sign_in_by_directory": "who somebody is, as their directory has signed it",
    "stop_reminders": "the letter's token",
    "use_ticket": "the ticket",
    # What everybody may know.
    "find_period": "which reviews there are",
    "free_ref": "whether a name is taken",
    "holds_made_up": "whether the demonstration is there",
    "read_levels": "the scale",
    "read_records": "what a release holds, by the release that the viewer was shown",
    # It tells nobody anything.
    "remember_newest": "writes the newest digest of the log beside the store",
    # The caller hands over a verb of its own, with its viewer in it.
    "act": "",
    "begin": "",
    "change": "",
    "verb": "",
}
# Verbs that reach only what is the viewer's own, or write down what a verb that has asked does.
OWN_OR_INNER = {"is_made_up", "is_own", "keep_before", "own_bodies", "own_forms", "take_step", "tell"}


def unnamed(module: Module) -> list[str]:
    """Find where a page, an address or a command reads or writes without saying who asks."""
    if not module.path.startswith(("pages/", "charter/commands/")):
        return []
    calls = [node for node in module.nodes if isinstance(node, ast.Call) and _takes_the_store(node)]
    return [f"{module.path}:{call.lineno} {_name(call)}" for call in calls if not _says_who(call)]


def not_the_operator(module: Module) -> list[str]:
    """Find a command that acts as somebody else than the operator, who is what nobody is on the site."""
    if not module.path.startswith("charter/commands/"):
        return []
    named = [node for node in module.nodes if isinstance(node, ast.keyword) and node.arg == "viewer"]
    return [f"{module.path}:{each.value.lineno}" for each in named if not _is_operator(each.value)]


def unasked(module: Module) -> list[str]:
    """Find a verb that is told who asks, and neither asks whether they may nor hands it on to one that does."""
    if not module.path.startswith("charter/") or module.path.startswith("charter/rules/"):
        return []
    functions = [node for node in module.nodes if isinstance(node, ast.FunctionDef) and _is_told(node)]
    return [f"{module.path}:{function.lineno} {function.name}" for function in functions if not _asks(function)]


def _is_operator(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "OPERATOR"


def _takes_the_store(call: ast.Call) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "session" for each in call.args)


def _says_who(call: ast.Call) -> bool:
    name = _name(call)
    return name.startswith("_") or name in WITHOUT_VIEWER or any(each.arg == "viewer" for each in call.keywords)


def _is_told(function: ast.FunctionDef) -> bool:
    named = {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}
    return "viewer" in named and not function.name.startswith("_") and function.name not in OWN_OR_INNER


def _asks(function: ast.FunctionDef) -> bool:
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    return any(_name(call) in {"require", "may"} or _hands_on(call) for call in calls)


def _hands_on(call: ast.Call) -> bool:
    given = (*call.args, *(keyword.value for keyword in call.keywords))
    return any(isinstance(each, ast.Name) and each.id == "viewer" for each in given)


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
