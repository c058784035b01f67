"""Holds the commands of `firsthand`, one a file: HELP, add_arguments(parser) and run(args)."""
