"""What was charted as files: CSV (RFC 4180), XLSX, JSON. No cell is run by a spreadsheet."""

import csv
import io
import json
from collections.abc import Sequence

from firsthand.evidence import charts
from firsthand.evidence.formats.xlsx_writing import workbook
from firsthand.evidence.models import Review
from firsthand.harms.exports.table import safe
from firsthand.methods.charting import tabular
from firsthand.methods.charting.plain import told_answers, told_form
from firsthand.methods.charting.values import Charted, Form, asked


def as_csv(rows: Sequence[Sequence[object]]) -> bytes:
    """Write rows; a byte order mark says that it is UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([safe(str(cell)) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def as_xlsx(form: Form, studies: Sequence[Charted]) -> bytes:
    """Write one sheet of studies, and one for each group that repeats."""
    sheets = [("Studies", tabular.wide(asked(form), studies))]
    sheets += [(each.label, tabular.long(each, studies)) for each in tabular.groups(form)]
    return workbook(sheets)


def as_json(review: Review) -> bytes:
    """Write the form, and every study with its answers, passages and reports, without loss."""
    form = charts.published(review)
    said = {
        "version": form.version if form else None,
        "fields": told_form(charts.fields(form)) if form else [],
        "studies": [_study(each) for each in charts.charted(review, form)],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def _study(each: charts.ChartedLine) -> dict[str, object]:
    main = each.line.main
    return {
        "number": each.row.number, "name": each.row.name, "charted": each.opened is not None,
        "charted_by": each.row.needed, "main_report": main.record.number if main else None,
        "reports": [report.record.number for report in each.line.reports],
        "answers": told_answers(each.charted.answers),
    }  # fmt: skip
