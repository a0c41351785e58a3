"""Figures made by commands: how well clauses are found, sentences chosen, and questions refused."""
