"""What files bring into the store: shown before it is done, done whole or not at all, and taken back if need be."""
