"""What is known of outcomes before anybody reports one: figures of the sources, an agenda, and actions of the past."""

from pathlib import Path

_HERE = Path(__file__).parent

#: The figures that the sources state, the national context, and the indicators worth having without data yet.
INDICATORS = _HERE / "indicators.toml"
#: The Compact's actions of 2006 to 2008, kept as history.
PAST_ACTIONS = _HERE / "actions-2006.toml"
