"""Owns evidence reviews: protocol, searches, records, screening and the counts of their flow."""
