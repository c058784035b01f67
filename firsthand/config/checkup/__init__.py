"""Looks a deployment over: what is unsafe in it, and how to mend that."""
