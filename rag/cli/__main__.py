"""`python -m rag.cli`: the same as `clauses`."""

from rag.cli import main

main()
