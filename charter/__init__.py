"""What the product does: its rules, its reads and writes, and what it makes from them."""
