"""Which group on the list each grant went to: by org-id, else by name, which a person confirms."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from charter.imports.known import KnownGroup, KnownGroups
from charter.organisations.names import alike, normal_name
from charter.sources.grants import Grant
from charter.sources.row_findings import Finding, quoted


@dataclass(frozen=True)
class Suggestion:
    """A recipient with the name of a group on the list, or nearly: only a person can tell whether it is the same.

    Attributes:
        recipient: the recipient as the file names it.
        recipient_ref: the first org-id that the file gives for it, or empty.
        group: the group on the list.
        grants: how many grants of the file it has.
    """

    recipient: str
    recipient_ref: str
    group: KnownGroup
    grants: int

    @property
    def key(self) -> str:
        """By what a person's word for it is known."""
        return f"{recipient_key(self.recipient_ref, self.recipient)} = {self.group.ref}"


@dataclass(frozen=True)
class Matched:
    """The grants with the group that each went to, what a person is asked, and why the others are left out."""

    grants: tuple[tuple[Grant, KnownGroup], ...]
    suggestions: tuple[Suggestion, ...]
    left: tuple[Finding, ...]


def recipient_key(ref: str, name: str) -> str:
    """Give by what a recipient is known from file to file: its name as names are compared, and its org-id."""
    return f"{normal_name(name)} {ref}".strip()


def match(
    grants: Sequence[Grant], groups: KnownGroups, *, before: Mapping[str, KnownGroup], confirmed: Collection[str]
) -> Matched:
    """Find the group that each grant went to.

    Args:
        grants: those of a file.
        groups: the groups on the list.
        before: the groups of recipients that grants in the store went to, by `recipient_key`: what a person said once.
        confirmed: the keys of the suggestions that a person said yes to.
    """
    found: list[tuple[Grant, KnownGroup]] = []
    others: list[Grant] = []
    for grant in grants:
        group = next((groups.by_ref[ref] for ref in grant.recipients if ref in groups.by_ref), None)
        group = group or before.get(_key(grant))
        if group is None:
            others.append(grant)
        else:
            found.append((grant, group))
    suggestions = {_key_of(each): each for each in _suggestions(others, groups)}
    left: list[Finding] = []
    for grant in others:
        suggestion = suggestions.get(_key(grant))
        if suggestion is not None and suggestion.key in confirmed:
            found.append((grant, suggestion.group))
        else:
            left.append(Finding(grant.place, _why_left(grant, suggestion), left=True))
    return Matched(tuple(found), tuple(suggestions.values()), tuple(left))


def _key(grant: Grant) -> str:
    return recipient_key(next(iter(grant.recipients), ""), grant.recipient_name)


def _key_of(suggestion: Suggestion) -> str:
    return recipient_key(suggestion.recipient_ref, suggestion.recipient)


def _suggestions(grants: Sequence[Grant], groups: KnownGroups) -> list[Suggestion]:
    """Suggest for each recipient the group of its name, else the first whose name is nearly the same."""
    counted = Counter(_key(grant) for grant in grants if normal_name(grant.recipient_name))
    first = {_key(grant): grant for grant in reversed(grants) if _key(grant) in counted}
    recipients = list(first.values())
    names, listed = [normal_name(each.recipient_name) for each in recipients], list(groups.by_name)
    nearly: dict[int, str] = {}
    for here, there in alike(names, listed):
        nearly.setdefault(here, listed[there])
    found = []
    for number, grant in enumerate(recipients):
        name = names[number] if names[number] in groups.by_name else nearly.get(number)
        if name is not None:
            ref = next(iter(grant.recipients), "")
            found.append(Suggestion(grant.recipient_name, ref, groups.by_name[name], counted[_key(grant)]))
    return sorted(found, key=lambda each: each.recipient.casefold())


def _why_left(grant: Grant, suggestion: Suggestion | None) -> str:
    who = quoted(grant.recipient_name or next(iter(grant.recipients), "nobody"))
    if suggestion is not None:
        return f"{who} may be {suggestion.group.name} on the list. Nobody has said yet that it is."
    return f"{who} is not on the list of groups."
