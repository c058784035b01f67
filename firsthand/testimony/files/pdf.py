"""PDF: the pages as they look, written anew; nothing that acts, hides, or says who made them.

Source: ISO 32000-2. `pdf_parts` holds what may stay and what must go, `pdf_notes` the sticky
notes, `pdf_streams` the pictures and colour profiles inside.
"""

from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from firsthand.testimony.files import pdf_notes, pdf_parts, pdf_streams
from firsthand.testimony.files.kinds import CUT_SHORT, FORM, LOCKED, TOO_MUCH, BadFile

MOST_PAGES = 1000
MOST_OBJECTS = 300_000
_END = b"%%EOF"
_TAIL = 1024  # bytes at the end within which a whole PDF says that it ends


def clean(content: bytes, code: str = "pdf") -> bytes:
    """Return the pages of `content`, inert and without metadata. Raises BadFile."""
    _bound()
    with _opened(content) as document:
        _check(document)
        _still(document)
        pdf_parts.keep_only_pages(document)
        left = pdf_streams.MOST_IN_ALL
        for found in document.objects:
            pdf_parts.strip(found)
            if isinstance(found, Stream):
                left = pdf_streams.tidy(found, left)
        return _written(document)


def _bound() -> None:
    """Tell qpdf how much a stranger's file may make it unfold."""
    most = pdf_streams.MOST_IN_ONE
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=most,
        run_length_max_memory=most,
        png_max_memory=most,
        tiff_max_memory=most,
        dct_max_memory=most,
        max_stream_filters=4,
        doc_max_warnings=50,
    )


def _opened(content: bytes) -> Pdf:
    """Open a PDF. One whose index is wrong is mended, but only when its end is there."""
    if _END not in content[-_TAIL:]:
        raise BadFile(CUT_SHORT)
    whole = content.rstrip(b"\0\t\n\f\r ").endswith(_END)
    for mend in (False, True) if whole else (False,):
        try:
            found = Pdf.open(BytesIO(content), attempt_recovery=mend, suppress_warnings=True)
        except pikepdf.PasswordError:
            raise BadFile(LOCKED) from None
        except pikepdf.PdfError:
            continue
        return found
    raise BadFile(CUT_SHORT)


def _check(document: Pdf) -> None:
    if document.is_encrypted:
        raise BadFile(LOCKED)
    if document.Root.get("/NeedsRendering"):
        raise BadFile(FORM)
    if len(document.objects) > MOST_OBJECTS or len(document.pages) > MOST_PAGES:
        raise BadFile(TOO_MUCH)
    if not document.pages:
        raise BadFile(CUT_SHORT)


def _still(document: Pdf) -> None:
    """Draw what forms and marks show onto the pages, and keep of them the notes' words alone."""
    notes = [pdf_notes.taken(page) for page in document.pages]
    if isinstance(document.Root.get("/AcroForm"), Dictionary):
        document.generate_appearance_streams()
    document.flatten_annotations("screen")
    for page, kept in zip(document.pages, notes, strict=True):
        pdf_notes.put(document, page, kept)


def _written(document: Pdf) -> bytes:
    written = BytesIO()
    document.Root.Type = Name.Catalog
    document.save(
        written,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return written.getvalue()
