"""What was charted as files: CSV (RFC 4180), XLSX, JSON, Word. No cell is run by a spreadsheet."""

import io
import itertools
import json
from collections.abc import Sequence
from dataclasses import replace

from firsthand.evidence import charts
from firsthand.evidence.formats.xlsx_writing import workbook
from firsthand.evidence.models import Record, Review
from firsthand.evidence.word import plain, table
from firsthand.methods.charting import tabular
from firsthand.methods.charting.choosing import Question
from firsthand.methods.charting.gaps import Counted
from firsthand.methods.charting.mapping import Map
from firsthand.methods.charting.plain import told_answers, told_form
from firsthand.methods.charting.values import Charted, Form, asked, words
from firsthand.methods.spreadsheets import as_csv as table_csv


def as_csv(rows: Sequence[Sequence[object]]) -> bytes:
    """Write rows; a byte order mark says that it is UTF-8."""
    return table_csv([str(cell) for cell in row] for row in rows).encode()


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


def counts(found: Sequence[Counted]) -> list[list[object]]:
    """Return the gaps page as rows: a field, then each of its choices."""
    head = ["field", "choice", "studies", "which", "not_reported", "not_charted_yet", "differs"]
    rows: list[list[object]] = [list(head)]
    for each in found:
        rest = [len(each.not_reported), len(each.not_charted), len(each.differs)]
        rows.append([each.name, "", len(each.reported), _numbers(each.reported), *rest])
        rows += [
            [each.name, line.label, len(line.studies), _numbers(line.studies), "", "", ""]
            for line in each.lines
        ]
    return rows


def cells(asks: Sequence[Question], found: Map) -> list[list[object]]:
    """Return a map as rows, a cell each, the empty ones too: those are the gaps."""
    head = [*(field.label for field, _ in asks), "studies", "which"]
    rows: list[list[object]] = [list(head)]
    for place in itertools.product(*found.axes):
        studies = found.studies(*(each.key for each in place))
        rows.append([*(each.label for each in place), len(studies), _numbers(studies)])
    return rows


def _numbers(studies: Sequence[int]) -> str:
    return ", ".join(map(str, studies))


def characteristics(review: Review) -> list[list[str]]:
    """Return the table of included studies: name, reports, and every field; a group as words."""
    form = charts.published(review)
    fields = asked(charts.fields(form)) if form else ()
    heads = (f"{each.label} ({each.unit})" if each.unit else each.label for each in fields)
    rows = [["Study", "Reports", *heads]]
    for each in charts.charted(review, form):
        said = (words(replace(field, unit=""), each.charted[field.key]) for field in fields)
        rows.append([each.row.name, _reports(each), *said])
    return rows


def _reports(each: charts.ChartedLine) -> str:
    return "; ".join(_cited(report.record) for report in each.line.reports)


def _cited(record: Record) -> str:
    authors = ", ".join(map(str, record.authors[:3])) + (" and others" * (len(record.authors) > 3))
    parts = (authors, str(record.year or ""), record.title, record.container)
    return ". ".join(each.rstrip(".") for each in parts if each)


def as_docx(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Write a table as a Word document, on its side, with a heading row on each page."""
    from docx import Document
    from docx.enum.section import WD_ORIENT

    document = Document()
    document.core_properties.title, document.core_properties.author = plain(title), ""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    document.add_heading(plain(title), 1)
    table(document, rows[0], rows[1:])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
