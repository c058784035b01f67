"""Holds what `firsthand model` can do, one a file: HELP, add_arguments(parser) and run(args)."""
