"""Owns being answered: requests, conversations, answers and promises."""
