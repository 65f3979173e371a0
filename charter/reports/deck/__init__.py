"""The slides of a release: what each says, and the same slides as a page of their own and as a file to edit."""
