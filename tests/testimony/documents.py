"""Real pictures and PDFs with all that a phone or an office leaves in them."""

from contextlib import suppress
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

PLANTED = "planted-words"
GRAM = PLANTED.encode()
XMP = b"<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'>" + GRAM + b"</x:xmpmeta>"


def drawing(mode: str = "RGB", size: tuple[int, int] = (320, 200)) -> Image.Image:
    made = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(made).rectangle((10, 10, 60, 40), fill=(200, 40, 40))
    return made.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x010F], made[0x0110], made[0x0131] = f"Maker {PLANTED}", PLANTED, PLANTED
    made[0x0112] = orientation
    made.get_ifd(0x8769)[0x9286] = GRAM
    made.get_ifd(0x8769)[0xA431] = PLANTED  # the camera's serial number
    places = made.get_ifd(0x8825)
    places[1], places[2], places[29] = "N", (51.0, 30.0, 2.5), PLANTED
    return made


def profile() -> bytes:
    """A colour profile named after a device."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    name = PLANTED[:4]
    return srgb.replace("sRGB".encode("utf-16-be"), name.encode("utf-16-be"))


def written(picture: Image.Image, kind: str, **options) -> bytes:
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def jpeg(orientation: int = 1) -> bytes:
    options = {"exif": exif(orientation), "comment": GRAM, "xmp": XMP, "icc_profile": profile()}
    made = written(drawing(), "JPEG", quality=92, **options)
    iptc = b"Photoshop 3.0\08BIM\x04\x04\0\0\0\x10\x1c\x02\x5a" + GRAM
    return made[:2] + b"\xff\xed" + (len(iptc) + 2).to_bytes(2, "big") + iptc + made[2:] + GRAM


def png() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", PLANTED)
    said.add_text("Comment", PLANTED, zip=True)
    said.add_itxt("XML:com.adobe.xmp", XMP.decode())
    said.add(b"prVt", GRAM)
    return written(drawing("RGBA"), "PNG", pnginfo=said, exif=exif(), icc_profile=profile())


def webp(**options) -> bytes:
    return written(drawing(), "WEBP", exif=exif(), xmp=XMP, icc_profile=profile(), **options)


def frames(count: int = 5) -> list[Image.Image]:
    return [drawing().rotate(20 * turn) for turn in range(count)]


def moving(kind: str, **options) -> bytes:
    first, *rest = frames()
    return written(first, kind, save_all=True, append_images=rest, duration=120, loop=0, **options)


def pdf(document: Pdf | None = None, **options) -> bytes:
    made = BytesIO()
    (document or page_with_words()).save(made, **options)
    return made.getvalue()


def page_with_words() -> Pdf:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(300, 300))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(B=document.make_indirect(font)))
    page.Contents = document.make_stream(b"BT /B 20 Tf 20 200 Td (kept on the page) Tj ET")
    return document


def action(document: Pdf, code: str = PLANTED) -> pikepdf.Object:
    return document.make_indirect(
        Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String(f"app.alert('{code}')"))
    )


def pdf_with_everything() -> bytes:
    """A PDF with each way of acting, hiding, and telling who made it."""
    document = page_with_words()
    _tell(document)
    _act(document)
    _picture(document)
    return pdf(document)


def _tell(document: Pdf) -> None:
    document.docinfo["/Author"] = document.docinfo["/Producer"] = PLANTED
    document.docinfo["/CreationDate"] = "D:20240101"
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [PLANTED]
    document.attachments["list.txt"] = GRAM
    page = document.pages[0]
    page.obj.PieceInfo = Dictionary(Word=Dictionary(LastModified="D:2024", Private=PLANTED))
    page.obj.Metadata = document.make_stream(XMP, Type=Name.Metadata, Subtype=Name.XML)
    page.obj.Thumb = document.make_stream(GRAM, Width=1, Height=1)
    document.Root.PieceInfo = Dictionary(Tool=PLANTED)
    document.Root.Collection = Dictionary(D=PLANTED)


def _act(document: Pdf) -> None:
    code = action(document)
    page = document.pages[0]
    document.Root.OpenAction = code
    document.Root.AA = Dictionary(WC=code)
    page.obj.AA = Dictionary(O=code)
    document.Root.Names.JavaScript = Dictionary(Names=[String("x"), code])
    rect = [10, 10, 50, 50]
    launch = Dictionary(S=Name.Launch, F=Dictionary(Type=Name.Filespec, F=PLANTED))
    link = Dictionary(S=Name.URI, URI=f"https://{PLANTED}.example")
    notes = [
        Dictionary(Subtype=Name.Link, Rect=rect, A=launch),
        Dictionary(Subtype=Name.Link, Rect=rect, A=link),
        Dictionary(Subtype=Name.Text, Rect=rect, Contents="my own note", T=PLANTED, M="D:2024"),
        Dictionary(Subtype=Name.Highlight, Rect=rect, Contents="see here", T=PLANTED, A=code),
        Dictionary(Subtype=Name.Widget, Rect=rect, FT=Name.Tx, T=PLANTED, AA=Dictionary(K=code)),
    ]
    made = [document.make_indirect(note) for note in notes]
    page.obj.Annots = Array(made)
    document.Root.AcroForm = Dictionary(Fields=[made[-1]], CO=[made[-1]], XFA=PLANTED)
    document.Root.Outlines = document.make_indirect(Dictionary(Title=PLANTED))


def _picture(document: Pdf) -> None:
    photo = document.make_stream(
        jpeg(), Type=Name.XObject, Subtype=Name.Image, Width=320, Height=200, BitsPerComponent=8,
        ColorSpace=Array([Name.ICCBased, document.make_stream(profile(), N=3)]),
        Filter=Name.DCTDecode,
    )  # fmt: skip
    photo.Metadata = document.make_stream(XMP, Type=Name.Metadata)
    photo.Alternates = Array([Dictionary(Image=document.make_stream(GRAM))])
    form = document.make_stream(b"/I Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form["/PTEX.FileName"] = String(f"/home/{PLANTED}/letter.pdf")
    form.Ref = Dictionary(F=Dictionary(Type=Name.Filespec, F=PLANTED), Page=0)
    form.Resources = Dictionary(XObject=Dictionary(I=photo))
    document.pages[0].Resources.XObject = Dictionary(I=photo, Form=form)


def unfolded(content: bytes) -> bytes:
    """Everything in a PDF that can be read, its streams decompressed."""
    with Pdf.open(BytesIO(content)) as document:
        out = [pdf(document, object_stream_mode=pikepdf.ObjectStreamMode.disable)]
        for found in document.objects:
            if isinstance(found, Stream):
                out.append(found.read_raw_bytes())
                with suppress(pikepdf.PdfError):
                    out.append(found.read_bytes())
            if isinstance(found, Dictionary):
                out += [str(value).encode() for value in found.as_dict().values()
                        if isinstance(value, String)]  # fmt: skip
        return b"".join(out)
