"""The parts of the page that shows who has answered and who has not."""
