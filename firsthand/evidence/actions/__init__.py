"""Doing things in a review. Each is one transaction, has a named doer and leaves its trail."""
