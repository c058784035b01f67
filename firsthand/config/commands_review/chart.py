"""Charts studies by table: a form from a file, your own charts, double charting, what settled it.

    firsthand review chart "Harm in care" --as Ada --form form.yaml        an owner publishes a form
    firsthand review chart "Harm in care" --as Ada --draw 25               a share charted by two
    firsthand review chart "Harm in care" --as Ada --out ada.csv           what Ada has to chart
    firsthand review chart "Harm in care" --as Ada --charts ada.csv        Ada's charts
    firsthand review chart "Harm in care" --as Ben --settle 1 "How many" 13 --reason "Table 1"

In the table a study is a row and a field a column. Write "not reported" where you looked and the
study does not say; leave open what you have not charted. Several choices, and the entries of a
group, are parted by " | ". Charted by two, neither is shown the other's before both have finished.
"""

import argparse
from pathlib import Path

from firsthand.config.reviewing import acting

HELP = "Chart studies: the form, your charts by table, what two people differ on"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be given."""
    acting.review_argument(parser)
    parser.add_argument(
        "--form",
        type=Path,
        metavar="YAML",
        help="publish a form: a list of fields, each with label, kind (text, number, choice, many, "
        "date, group), and help, unit, required, choices or parts",
    )
    parser.add_argument("--draw", type=int, metavar="PERCENT", help="draw a share for two people")
    parser.add_argument("--seed", type=int, help="draw the same share again")
    parser.add_argument(
        "--charts", type=Path, metavar="CHARTS.csv", help="your charts; - is what is piped in"
    )
    parser.add_argument("--out", type=Path, metavar="CSV", help="write what you have to chart here")
    parser.add_argument(
        "--settle", nargs=3, metavar=("STUDY", "FIELD", "VALUE"), help="settle what two differ on"
    )
    parser.add_argument("--reason", default="", help="why this value: asked for with --settle")
    acting.json_argument(parser)


def run(args: argparse.Namespace) -> int:
    """Do what was asked, then tell how far it is; return 0, or 1 when a row was not kept."""
    from firsthand.config.reviewing import charting

    return charting.run(args)
