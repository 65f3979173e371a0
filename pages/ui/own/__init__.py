"""The parts of the page about one's own organisation."""
