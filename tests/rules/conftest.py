"""Settings of the property tests: no time limit for one example, as several workers may share the machine."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
