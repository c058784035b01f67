"""Owns reviews: formats, references, de-duplication, screening, full text, charting, flow."""
