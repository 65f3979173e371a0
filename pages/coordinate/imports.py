from charter.rules.access import Act, may
from pages.ui import viewer
from pages.ui.imports import grants, measurements, register, taken
from pages.ui.running import heading
from pages.ui.running.choosing import chosen_part

OWN = {"measurements": "Measurements", "taken": "What came in"}
ALL = {"grants": "Grants", "register": "Charity register", **OWN}

here = viewer.current()
heading.draw("Bring in a file")
part = chosen_part(ALL if may(here, Act.BRING_FILES) else OWN)
if part == "grants":
    grants.draw(here)
elif part == "register":
    register.draw(here)
elif part == "measurements":
    measurements.draw(here)
else:
    taken.draw(here)
