"""All routes, in one list."""

from pages.routes import assets, files, health, link, new_link, outbox, own_files, preview, printing, signing, stop

ROUTES = [
    *health.ROUTES,
    *signing.ROUTES,
    *link.ROUTES,
    *assets.ROUTES,
    *stop.ROUTES,
    *new_link.ROUTES,
    *outbox.ROUTES,
    *printing.ROUTES,
    *own_files.ROUTES,
    *preview.ROUTES,
    *files.ROUTES,
]
