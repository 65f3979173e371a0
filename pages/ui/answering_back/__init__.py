"""What a public body writes after a review has closed: its reply, and what it will do about its lowest promises."""
