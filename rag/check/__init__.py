"""Quotations of others checked: is each in the library to the letter, and what differs."""
