"""Does the steps of coding texts with a codebook, on files and on the projects of this site.

What is done on this site is done in the name of someone (--as).

    firsthand coding sources add "Harms" talk.docx --as Ada   bring documents in
    firsthand coding agree FILE.csv --json                    how far coders agree on each code
    firsthand coding agree "Harms" --as Ada                   the same of a project on this site
    firsthand coding check study.qdpx                         say what is in another program's file
    firsthand coding import study.qdpx --as Ada               make a project of it
    firsthand coding import book.qdc --into "Harms" --as Ada  add its codes to a project
    firsthand coding export "Harms" harms.qdpx --as Ada       write a project
    firsthand coding export "Harms" harms.qdc --as Ada        write its codebook
"""

import argparse

from firsthand.config import commands_coding, steps

HELP = "Do the steps of coding texts"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what to do."""
    steps.add_arguments(parser, commands_coding)


run = steps.run
