"""Owns keys, sealing, unlocking, sittings and receipts: the only code that touches a key."""
