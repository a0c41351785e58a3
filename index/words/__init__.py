"""Words: tokens of a text, their weights in a library, and the lexicon that translates them."""
