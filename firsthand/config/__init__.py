"""Owns settings, URLs, the WSGI entry and the commands."""
