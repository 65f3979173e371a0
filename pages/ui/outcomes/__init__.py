"""The parts of the page of outcomes."""
