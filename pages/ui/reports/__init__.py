"""What is made of a release: which release, the pack, each form by itself, and looks for slides."""
