from pages.ui import viewer
from pages.ui.own import choosing, copies, history, leaving, outcomes, people
from pages.ui.running import acting
from pages.ui.running.choosing import chosen_part

PARTS = {
    "history": "Our history",
    "outcomes": "Our outcomes",
    "sent": "What we sent",
    "people": "Our people and data",
    "charter": "The charter",
}

here = viewer.current()
own = choosing.choose(here)
acting.draw_message()
if own is not None and here.invited is not None:
    copies.draw(here, own)
elif own is not None:
    part = chosen_part(PARTS)
    if part == "history":
        history.draw(here, own)
    elif part == "outcomes":
        outcomes.draw(here, own)
    elif part == "sent":
        copies.draw(here, own)
    elif part == "people":
        people.draw(here, own)
    elif part == "charter":
        leaving.draw(here, own)
