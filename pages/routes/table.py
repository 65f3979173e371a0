"""All routes, in one list."""

from pages.routes import assets, health, link, signing

ROUTES = [*health.ROUTES, *signing.ROUTES, *link.ROUTES, *assets.ROUTES]
