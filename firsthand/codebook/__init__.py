"""Owns coding: sources, codes, passages, coders, their agreement, themes and interchange."""
