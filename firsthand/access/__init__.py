"""Owns who may do what: the permission table, grants, the access log and refusals."""
