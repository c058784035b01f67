"""Drafts the next version of the model of harm, and publishes it.

What is done to a draft is done in the name of one of its editors (--as).

    firsthand model draft 2027 --as Ada                         begin one from the newest version
    firsthand model draft 2027 --as Ada --changes changes.yaml  change it; each change has a reason
    firsthand model grounds 2027 --as Ada --from grounds.csv    put what was found beneath its lines
    firsthand model show 2027 --as Ada                          what changed, what is still missing
    firsthand model publish 2027 --as Ada                       publish it: it never changes then
    firsthand model export 2027 --form pdf --output model.pdf   write a published version to a file
"""

import argparse

from firsthand.config import commands_model, steps

HELP = "Draft and publish the next version of the model"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to do."""
    steps.add_arguments(parser, commands_model)


run = steps.run
