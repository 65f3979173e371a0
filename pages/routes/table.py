"""All routes, in one list."""

from pages.routes import (
    assets,
    call_list,
    files,
    health,
    link,
    new_link,
    outbox,
    own_files,
    preview,
    printed_form,
    signing,
    stop,
    templates,
)

ROUTES = [
    *health.ROUTES,
    *signing.ROUTES,
    *link.ROUTES,
    *assets.ROUTES,
    *stop.ROUTES,
    *new_link.ROUTES,
    *outbox.ROUTES,
    *call_list.ROUTES,
    *printed_form.ROUTES,
    *own_files.ROUTES,
    *preview.ROUTES,
    *files.ROUTES,
    *templates.ROUTES,
]
