"""A question before it is searched with: what it leans on, names and merely asks."""
