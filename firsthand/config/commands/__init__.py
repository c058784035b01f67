"""One module a command of `firsthand`: HELP, add_arguments, run."""
