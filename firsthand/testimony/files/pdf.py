"""PDF: the pages as they look, written anew; nothing that acts, hides, or says who made them.

Source: ISO 32000-2; the keys that carry actions, files and metadata are listed in `pdf_parts`.
"""

from io import BytesIO

import pikepdf
from pikepdf import Name, Pdf

from firsthand.testimony.files import pdf_parts
from firsthand.testimony.files.kinds import CUT_SHORT, LOCKED, TOO_MUCH, UNREADABLE, BadFile

MOST_PAGES = 1000
MOST_OBJECTS = 300_000
MOST_UNFOLDED = 256 * 1024 * 1024  # bytes of one stream
_ROOT_KEPT = {"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/OCProperties"}


def clean(content: bytes, code: str = "pdf") -> bytes:
    """Return the pages of `content`, inert and without metadata. Raises BadFile."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MOST_UNFOLDED,
        run_length_max_memory=MOST_UNFOLDED,
        png_max_memory=MOST_UNFOLDED,
        tiff_max_memory=MOST_UNFOLDED,
        dct_max_memory=MOST_UNFOLDED,
        max_stream_filters=4,
        doc_max_warnings=50,
    )
    with _opened(content) as document:
        _check(document)
        _clean(document)
        return _written(document)


def _opened(content: bytes) -> Pdf:
    try:
        document = Pdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise BadFile(LOCKED) from None
    except pikepdf.PdfError:
        raise BadFile(CUT_SHORT) from None
    if document.is_encrypted:
        document.close()
        raise BadFile(LOCKED)
    return document


def _check(document: Pdf) -> None:
    if len(document.objects) > MOST_OBJECTS or len(document.pages) > MOST_PAGES:
        raise BadFile(TOO_MUCH)
    if not document.pages:
        raise BadFile(UNREADABLE)


def _clean(document: Pdf) -> None:
    notes = [pdf_parts.notes_of(page) for page in document.pages]
    if "/AcroForm" in document.Root:
        document.generate_appearance_streams()
    document.flatten_annotations("screen")
    for page, kept in zip(document.pages, notes, strict=True):
        pdf_parts.put_notes(document, page, kept)
    for key in set(document.Root.keys()) - _ROOT_KEPT:
        del document.Root[key]
    for key in set(document.trailer.keys()) - {"/Root", "/Size"}:
        del document.trailer[key]
    for found in document.objects:
        pdf_parts.strip(found)


def _written(document: Pdf) -> bytes:
    document.Root.Type = Name.Catalog
    written = BytesIO()
    document.save(
        written,
        fix_metadata_version=False,
        compress_streams=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return written.getvalue()
