"""Reads and writes files of references as databases and reference managers make them."""
