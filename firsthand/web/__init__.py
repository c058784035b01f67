"""Owns the page shell: layout, components, front page, exit, errors and headers."""
