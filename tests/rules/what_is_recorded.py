"""A rule over the code: whatever is written by somebody is in the audit log, and so is who looks at others' answers.

A verb is followed through all that it calls, by the names that its module defines and imports.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.rules.structure import Module

RECORDS = "charter.audit.record"
SIGHT = "charter.answers_seen.note_sight"
# What is called in a writing scope, or changes rows, and reaches no entry of the log; each for its reason. Saving an
# answer in a draft reaches one where the draft begins, and says no more of the answers: see `charter/audit.py`.
UNRECORDED = {
    # Who called them has an entry made.
    "charter.actions.held.keep_before": "changing an action",
    "charter.concerns.steps.take_step": "each step of a concern",
    "charter.demonstration.promising.promise": "making the demonstration",
    "charter.imports.ledger.opened": "each import",
    "charter.imports.values.keep_values": "importing measurements",
    "charter.backup.filling.replace_all": "restoring, and moving",
    # Nothing that anybody sees or may do is changed.
    "charter.openid.journeys.begin_journey": "a browser that goes out; the sign-in that follows is in the log",
    "charter.openid.journeys.end_journey": "one that comes back; the sign-in that follows is in the log",
    "charter.attempts.begin_attempt": "counts a try; a lock, or the sign-in that follows, is in the log",
    "charter.sessions.end_session": "makes room for the session of a link that is opened, which is in the log",
    "charter.sign_in.use_ticket": "hands over the cookie of a sign-in that is in the log",
    "charter.worker._wait_by_itself": "the server's own work, which is in the log by what it does",
    # They only read, in a scope in which others write.
    "charter.audit_newest.newest_entry": "",
    "charter.backup.guards.take_store": "",
    "charter.commands.periods._is_planned": "",
    "charter.links.invitation_of": "",
    "charter.periods.find_period": "",
    "charter.startup._wants_demonstration": "",
    "charter.retention.audit_log._checkpoint": "",
    "charter.retention.audit_log._left_over": "",
}
# What asks for the right to see somebody's answers, and shows none; each for its reason.
WITHOUT_ANSWERS = {
    "charter.audit_reading.sees_answers": "tells what else of the log is shown",
    "charter.drafters.read_drafting": "who drafts which strand",
    "charter.evidence.citations.answers_citing": "which promises an item of evidence speaks for, and no level",
    "charter.evidence.for_answers.list_evidence": "evidence, by its own rules",
    "charter.own.copies.hand_out_copy": "has an entry of its own each time",
    "charter.own.references.list_references": "when something was sent",
    "charter.retyping.find_held_groups": "names of groups",
    "charter.review_queue.review_queue": "which bodies have sent",
}
# The acts whose entries need not say what was before, by the reason.
WITHOUT_BEFORE: Mapping[str, frozenset[str]] = {
    "something is added, and nothing was there": frozenset({
        "directory_bound",
        "action_made", "break_marked", "concern_answered", "deck_made", "evidence_added",
        "indicator_defined", "invitation_added", "link_issued", "mail_posted", "organisation_added", "pack_made",
        "past_actions_loaded", "period_planned", "preview_shared", "promises_adopted", "recommendation_recorded",
        "return_replied_to", "self_assessment_started", "sources_loaded", "template_added", "ward_added",
    }),
    "it says what was before, under names of its own": frozenset({
        "adoption_taken_back", "break_taken_away", "release_corrected", "store_moved", "store_restored", "target_set",
        "target_taken_away", "ward_renamed",
    }),
    "rows are changed by the hundred, and each is kept as it was": frozenset({
        "catalogue_loaded", "grants_imported", "import_taken_back", "measurements_imported", "organisations_imported",
        "register_imported",
    }),
    "it is taken away so that nobody can read it any more": frozenset({
        "demonstration_removed", "drafts_expired", "outbox_deleted", "personal_data_erased",
    }),
    "what was before is a secret": frozenset({"password_set"}),
    "it tells that somebody came, looked, or took something out": frozenset({
        "answers_assisted", "audit_exported", "backup_made", "call_list_made", "copy_handed_out", "data_requested",
        "evidence_handed_out", "link_asked_for", "link_opened", "outbox_downloaded", "own_figures_seen",
        "preview_opened", "signed_out",
    }),
    "work is begun": frozenset({"demonstration_made", "job_started"}),
}  # fmt: skip
_ANSWERS = {"READ_GROUP_ANSWERS", "READ_BODY_ANSWERS", "READ_COPY"}
_TELLS_BEFORE = {"audit.changes", "_changes", "take_step"}
_WRITERS = {"add", "add_all", "delete", "merge"}
_STATEMENTS = {"insert", "update", "delete"}


@dataclass
class Verb:
    """A function at the top of a module.

    Attributes:
        name: the module and its own name, with dots.
        calls: the names of what it calls, as `name` is written.
        writes: whether it changes rows itself.
        viewer: whether it is told who asks.
        acts: the rights that it speaks of, such as `ANSWER`.
    """

    name: str
    calls: set[str] = field(default_factory=set)
    writes: bool = False
    viewer: bool = False
    acts: set[str] = field(default_factory=set)


def verbs_of(modules: Iterable[Module]) -> Mapping[str, Verb]:
    """Read every function of some modules."""
    return {verb.name: verb for module in modules for verb in _verbs(module)}


def begun_in_writing(module: Module) -> set[str]:
    """Give what a module calls with the session of a writing scope."""
    known = _known(module)
    scopes = [node for node in module.nodes if isinstance(node, ast.With) and _is_writing(node)]
    calls = [call for scope in scopes for call in ast.walk(scope) if isinstance(call, ast.Call)]
    return {_resolved(call, known) for call in calls if _takes_session(call)} - {""}


def reaches(verbs: Mapping[str, Verb], start: str, goal: str) -> bool:
    """Tell whether a verb calls something, itself or through others."""
    seen, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(verbs[name].calls if name in verbs else ())
    return False


def changes(verbs: Mapping[str, Verb], start: str) -> bool:
    """Tell whether a verb changes rows, itself or through others."""
    seen, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name in verbs and name not in seen:
            seen.add(name)
            if verbs[name].writes:
                return True
            waiting.extend(verbs[name].calls)
    return False


def without_before(module: Module) -> set[str]:
    """Give the acts that a module records in functions that do not tell what was before and after."""
    functions = [node for node in module.nodes if isinstance(node, ast.FunctionDef)]
    calls = [[each for each in ast.walk(node) if isinstance(each, ast.Call)] for node in functions]
    silent = [own for own in calls if not any(ast.unparse(each.func) in _TELLS_BEFORE for each in own)]
    return {
        str(keyword.value.value)
        for own in silent
        for each in own
        if ast.unparse(each.func) == "audit.record"
        for keyword in each.keywords
        if keyword.arg == "act" and isinstance(keyword.value, ast.Constant)
    }


def shows_answers(verb: Verb) -> bool:
    """Tell whether a verb asks for the right to see an organisation's answers."""
    return bool(verb.acts & _ANSWERS)


def _verbs(module: Module) -> Iterator[Verb]:
    known = _known(module)
    place = module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        calls = [each for each in ast.walk(node) if isinstance(each, ast.Call)]
        # A verb may be handed over by its name too, to be called further on.
        names = {known.get(each.id, "") for each in ast.walk(node) if isinstance(each, ast.Name)}
        yield Verb(
            name=f"{place}.{node.name}",
            calls=(names | {_resolved(call, known) for call in calls}) - {"", f"{place}.{node.name}"},
            writes=any(_writes(call) for call in calls),
            viewer="viewer" in {each.arg for each in (*node.args.args, *node.args.kwonlyargs)},
            acts={each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)},
        )


def _known(module: Module) -> dict[str, str]:
    """Give what each name of a module stands for: its own functions, and what it imports."""
    place = module.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    found = {node.name: f"{place}.{node.name}" for node in module.tree.body if isinstance(node, ast.FunctionDef)}
    for node in module.nodes:
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _resolved(call: ast.Call, known: Mapping[str, str]) -> str:
    match call.func:
        case ast.Name(id=name):
            return known.get(name, "")
        case ast.Attribute(value=ast.Name(id=module), attr=name) if module in known:
            return f"{known[module]}.{name}"
        case _:
            return ""


def _writes(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id="session"), attr=name):
            return name in _WRITERS
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="sa"), attr=name):
            return name in _STATEMENTS
        case _:
            return False


def _is_writing(scope: ast.With) -> bool:
    opened = [item.context_expr for item in scope.items if isinstance(item.context_expr, ast.Call)]
    return any(isinstance(call.func, ast.Name) and call.func.id == "writing" for call in opened)


def _takes_session(call: ast.Call) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "session" for each in call.args)
