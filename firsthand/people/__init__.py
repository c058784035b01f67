"""Owns people, organisations, teams and their sign-in."""
