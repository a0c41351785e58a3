"""Quotations as files: notebooks and conversations."""
