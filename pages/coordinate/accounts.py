import streamlit as st

from pages.ui.keeping import drafting_part, invite_form, one_person, people_rows
from pages.ui.running import acting, choosing

PARTS = {"people": "People", "invite": "Invite somebody", "drafting": "Who drafts what"}

st.title("Accounts", anchor=False)
acting.draw_message()
invite_form.draw_link()
person = st.query_params.get("person")
if person:
    one_person.draw(person)
else:
    part = choosing.chosen_part(PARTS)
    if part == "people":
        people_rows.draw()
    elif part == "invite":
        invite_form.draw_new()
    elif part == "drafting":
        drafting_part.draw()
