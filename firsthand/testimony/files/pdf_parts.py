"""What of a PDF's structure may stay, and what must go wherever it hangs. Source: ISO 32000-2."""

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

_ROOT = {"/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/OCProperties"}
_TRAILER = {"/Root", "/Size"}
_PAGE = {
    "/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox",
    "/Contents", "/Rotate", "/Group", "/StructParents", "/Tabs", "/UserUnit", "/Annots",
}  # fmt: skip
_PAGE_TREE = {
    "/Type",
    "/Parent",
    "/Kids",
    "/Count",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/Rotate",
}
# Long names only: a short one may be someone's name for a font, a letter or a colour.
_GONE = {
    "/OpenAction", "/JavaScript", "/EmbeddedFiles", "/EmbeddedFile", "/Collection", "/RichMedia",
    "/RichMediaContent", "/XFA", "/Metadata", "/PieceInfo", "/LastModified", "/Thumb",
    "/CreatorInfo", "/UserProperties", "/SpiderInfo", "/PtData", "/Measure", "/DPartRoot",
    "/PronunciationLexicon", "/Alternates",
}  # fmt: skip
# Short names that are taken out only where they can mean nothing else.
_ACTS = {"/AA", "/A", "/PA", "/JS"}
_FILES = {"/AF", "/EF", "/RF"}
_OF_STREAM = {"/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI"}  # bytes kept in another file
NOTE = {"/Type", "/Subtype", "/Rect", "/Contents"}
_OUTSIDE = (Name.Filespec, Name.F, Name.Action, Name.OBJR)
_DEEPEST = 100


def keep_only_pages(document: Pdf) -> None:
    """Cut from the document all that is not its pages, their language and their layers."""
    _keep(document.Root, _ROOT)
    for key in set(document.trailer.keys()) - _TRAILER:
        del document.trailer[key]
    for page in document.pages:
        _keep(page.obj, _PAGE)
    _keep_tree(document.Root.Pages)


def _keep_tree(node: Object, depth: int = 0) -> None:
    if depth > _DEEPEST:
        raise RecursionError
    _keep(node, _PAGE_TREE)
    for kid in node.get("/Kids", Array()):
        if isinstance(kid, Dictionary) and "/Kids" in kid:
            _keep_tree(kid, depth + 1)


def _keep(found: Object, kept: set[str]) -> None:
    for key in set(found.keys()) - kept:
        del found[key]


def strip(found: Object, depth: int = 0) -> None:
    """Take out of one object, and of what hangs in it directly, all that must not stay."""
    if depth > _DEEPEST:
        raise RecursionError
    inner: list[Object] = []
    if isinstance(found, Dictionary | Stream):
        for key in _doomed(found):
            del found[key]
        inner = [found[key] for key in set(found.keys())]
    elif isinstance(found, Array):
        inner = list(found)
    for each in inner:
        if isinstance(each, Dictionary | Array) and not each.is_indirect:
            strip(each, depth + 1)


def _doomed(found: Object) -> set[str]:
    keys = set(found.keys())
    kind = found.get("/Type")
    if kind in _OUTSIDE:
        return keys
    if kind == Name.Annot:  # the notes put back, or marks that only the structure still knows
        return keys - NOTE
    doomed = keys & _GONE | {key for key in keys if key.startswith("/PTEX")}
    doomed |= {key for key in keys & _ACTS if _acts(found[key])}
    doomed |= {key for key in keys & _FILES if isinstance(found[key], Dictionary | Array)}
    return doomed | (keys & _OF_STREAM if isinstance(found, Stream) else set())


def _acts(value: Object) -> bool:
    """Return whether `value` is an action, or a table of actions by what sets them off."""
    if not isinstance(value, Dictionary):
        return not isinstance(value, Array | Stream)
    if "/S" in value:
        return True
    return any(
        isinstance(value[key], Dictionary) and "/S" in value[key] for key in set(value.keys())
    )
