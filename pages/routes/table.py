"""All routes, in one list."""

from pages.routes import (
    assets,
    audit_file,
    call_list,
    health,
    link,
    new_link,
    outbox,
    own_files,
    preview,
    printed_form,
    signing,
    stop,
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
    *audit_file.ROUTES,
]
