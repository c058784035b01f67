"""Holds the sub-commands of `firsthand review`, one a file: HELP, add_arguments, run."""
