"""The parts of a PDF that act, carry files, or tell of the maker: found wherever they hang."""

import zlib
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from firsthand.testimony.files.picture_notes import jp2_bare, jpeg_bare

_GONE = {
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/URI", "/Launch", "/Next",  # acting
    "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/AF", "/RF", "/Collection", "/RichMedia",
    "/RichMediaContent", "/XFA", "/3DD", "/Sound", "/Movie", "/Rendition", "/OPI", "/Ref",
    "/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/CreatorInfo", "/Perms", "/DSS",
    "/SpiderInfo", "/IDS", "/Threads", "/B", "/PresSteps", "/Dur", "/Trans", "/UserProperties",
    "/DPart", "/DPartRoot", "/FontFauxing", "/Measure", "/VP", "/LGIDict", "/PtData",
}  # fmt: skip
_FONT_PARTS = {"/FontFile", "/FontFile2", "/FontFile3"}
_DEEPEST = 60


@dataclass(frozen=True)
class Note:
    """A sticky note someone put on a page: where, and its words."""

    box: tuple[float, ...]
    words: str


def notes_of(page: Page) -> list[Note]:
    """Return the sticky notes of a page. Their writers' names and dates are left behind."""
    found = page.obj.get("/Annots")
    if not isinstance(found, Array):
        return []
    texts = [n for n in found if isinstance(n, Dictionary) and n.get("/Subtype") == Name.Text]
    return [
        Note(tuple(float(x) for x in note.Rect), str(note.Contents))
        for note in texts
        if isinstance(note.get("/Contents"), String) and len(note.get("/Rect", [])) == 4
    ]


def put_notes(document: Pdf, page: Page, notes: list[Note]) -> None:
    """Put `notes` on the page as its only annotations."""
    if "/Annots" in page.obj:
        del page.obj["/Annots"]
    made = [
        document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Text,
                Rect=list(note.box),
                Contents=String(note.words),
            )
        )
        for note in notes
    ]
    if made:
        page.obj["/Annots"] = Array(made)


def strip(found: Object, depth: int = 0) -> None:
    """Take out of one object, and of what hangs in it directly, all that must not stay."""
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(found, Stream):
        _strip_stream(found)
    if isinstance(found, Dictionary | Stream):
        _strip_keys(found)
        inner = [found[key] for key in found.keys()]  # noqa: SIM118 - iterating yields values
    elif isinstance(found, Array):
        inner = list(found)
    else:
        return
    for each in inner:
        if isinstance(each, Object) and not each.is_indirect:
            strip(each, depth + 1)


def _strip_keys(found: Object) -> None:
    keys = set(found.keys())
    doomed = keys & _GONE | {key for key in keys if key.startswith("/PTEX")}
    if found.get("/Type") in (Name.Filespec, Name.F, Name.Action):
        doomed = keys
    if isinstance(found, Stream):
        doomed |= keys & {"/F", "/FFilter", "/FDecodeParms"}  # bytes kept in another file
    if "/A" in keys and isinstance(found["/A"], Dictionary):
        doomed.add("/A")
    for key in doomed:
        del found[key]


def _strip_stream(stream: Stream) -> None:
    if stream.get("/Type") in (Name.Metadata, Name.EmbeddedFile):
        stream.write(b"")
        return
    filters = stream.get("/Filter")
    names = [filters] if isinstance(filters, Name) else list(filters or [])
    bare = {"/DCTDecode": jpeg_bare, "/DCT": jpeg_bare, "/JPXDecode": jp2_bare}
    if not names or str(names[-1]) not in bare:
        return
    raw = stream.read_raw_bytes()
    for each in names[:-1]:
        raw = _unfolded(raw, str(each))
    parms = stream.get("/DecodeParms")
    last = parms[-1] if isinstance(parms, Array) else parms
    kept = last if isinstance(last, Dictionary) else None
    stream.write(bare[str(names[-1])](raw), filter=Name(str(names[-1])), decode_parms=kept)


def _unfolded(raw: bytes, filter_name: str) -> bytes:
    if filter_name not in ("/FlateDecode", "/Fl"):
        raise ValueError  # pictures packed twice over in any other way are not in real use
    out = zlib.decompressobj()
    return out.decompress(raw, 64 * 1024 * 1024)
