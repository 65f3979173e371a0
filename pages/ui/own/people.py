"""An organisation's people and its personal data: who can sign in, what is held, and taking it away."""

from functools import partial
from urllib.parse import quote

import streamlit as st

from charter.own.erasing import erase_personal_data, reviews_that_hold_still
from charter.own.organisations import OwnOrganisation
from charter.own.people import Person, list_people, remove_person
from charter.rules.access import Viewer
from charter.store import Session, reading
from charter.words import listed
from db.types import Side
from pages.ui import how_long, viewer
from pages.ui.plain import plain
from pages.ui.running import acting

_FORGOTTEN = (
    "Their name, e-mail address and password go, they are signed out everywhere, and what the audit log says of them "
    "is erased. The answers that your organisation sent, and everything that is published, stay. This cannot be undone."
)
_ELSEWHERE = (
    "They cannot sign in for your organisation any more. Their account is used for something else on this site too, so "
    "it stays, with their name and e-mail address. Everything that is published stays."
)


def draw(who: Viewer, own: OwnOrganisation) -> None:
    """Draw the people, the data on request, and the button that takes personal data away."""
    with reading() as session:
        people = list_people(session, viewer=who, organisation_id=own.id)
        still = reviews_that_hold_still(session, viewer=who, organisation_id=own.id)
    st.header("Your people", anchor=False)
    st.markdown("These people can sign in for your organisation. To add somebody, ask the coordinator.")
    for person in people:
        _draw_person(person)
        if own.leads or person.account_id == who.account_id:
            _draw_removal(person, own, who)
    st.header("Your data", anchor=False)
    how_long.draw()
    if not own.leads:
        st.markdown("The lead of your organisation can ask for its data, and have personal data taken away.")
        return
    st.markdown(
        "You can have everything that is held about your organisation and its people, as one file. That you asked is "
        "written in the audit log."
    )
    st.link_button("Download our data", f"/files/my-data?org={quote(own.ref)}")
    _draw_erasing(own, still)


def _draw_person(person: Person) -> None:
    """Name a person in lines, and not in a table: an address is one long word, which a phone's columns cannot hold."""
    part = person.directorate or ("cannot sign in" if person.shut else "speaks for all of it")
    st.markdown(f"**{plain(person.name)}**: {plain(part)}  \n{plain(person.email)}")


def _draw_removal(person: Person, own: OwnOrganisation, who: Viewer) -> None:
    name = plain(person.name)
    self_too = " You will be signed out." if person.account_id == who.account_id and not person.elsewhere else ""
    acting.confirmed(
        f"Remove {name}",
        name=f"remove_{own.id}_{person.account_id}",
        warning=f"Remove {name}? {_ELSEWHERE if person.elsewhere else _FORGOTTEN}{self_too}",
        yes=f"Yes, remove {name}",
        act=partial(acting.do, partial(_remove, own.id, person)),
    )


def _remove(organisation_id: int, person: Person, session: Session) -> str:
    forgotten = remove_person(
        session, viewer=viewer.current(), organisation_id=organisation_id, account_id=person.account_id
    )
    if forgotten:
        return "The person was removed, and their personal data is gone. What was published stays."
    return "The person was removed from your organisation. What was published stays."


def _draw_erasing(own: OwnOrganisation, still: tuple[str, ...]) -> None:
    held = [plain(each) for each in (own.email, own.phone) if each]
    st.markdown(
        f"The contact that is held: {listed(held)}." if held else "No e-mail address or telephone number is held."
    )
    acting.confirmed(
        "Remove our organisation’s personal data",
        name=f"erase_{own.id}",
        warning=_warning(own, still),
        yes="Yes, remove it",
        act=partial(acting.do, partial(_erase, own.id)),
    )


def _warning(own: OwnOrganisation, still: tuple[str, ...]) -> str:
    goes = "the e-mail address, the telephone number and the names under what you sent"
    said = [
        f"This takes away {goes}."
        if own.side is Side.PUBLIC
        else f"This takes away {goes}, your comments and your evidence."
    ]
    if own.side is Side.VCFSE:
        said.append("Your words go out of the concerns that you raised, and a concern that is open is withdrawn.")
    if own.side is Side.PUBLIC:
        said.append("Your comments and evidence stay: a public body answers by name, and they are what was reviewed.")
    if still:
        said.append(
            f"Comments in {listed([plain(each) for each in still])} stay until it is published: its figures were shown "
            "to people already, and from then on no group’s answer changes."
        )
    said.append(
        "Your answers from “not at all” to “fully” and everything that is published stay. Without an e-mail address "
        "you get no invitation and no reminder. Your people can still sign in. This cannot be undone."
    )
    return " ".join(said)


def _erase(organisation_id: int, session: Session) -> str:
    done = erase_personal_data(session, viewer=viewer.current(), organisation_id=organisation_id)
    if done.kept:
        return f"The personal data is gone, but for comments in {listed(done.kept)}. What was published stays."
    return "The personal data is gone. What was published stays."
