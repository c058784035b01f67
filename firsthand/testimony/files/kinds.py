"""The kinds of file people may add, and the sentences for files we cannot take."""

from dataclasses import dataclass


class BadFile(ValueError):
    """A file we cannot take. Its one argument tells the person why, and what to do."""

    @property
    def sentence(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class CleanFile:
    """A file as it may be kept: `kind` is image, sound, pdf or text; `content` is the bytes."""

    name: str
    kind: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Format:
    """One file format: the kind it is of, and the name endings it goes by, its own first."""

    code: str
    kind: str
    media_type: str
    endings: tuple[str, ...]


FORMATS = {
    each.code: each
    for each in (
        Format("jpeg", "image", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
        Format("png", "image", "image/png", ("png", "apng")),
        Format("webp", "image", "image/webp", ("webp",)),
        Format("gif", "image", "image/gif", ("gif",)),
        Format("mp3", "sound", "audio/mpeg", ("mp3",)),
        Format("mp4", "sound", "audio/mp4", ("m4a", "mp4", "m4b", "aac")),
        Format("ogg", "sound", "audio/ogg", ("ogg", "oga", "opus")),
        Format("wav", "sound", "audio/wav", ("wav", "wave")),
        Format("flac", "sound", "audio/flac", ("flac",)),
        Format("webm", "sound", "audio/webm", ("webm", "weba")),
        Format("pdf", "pdf", "application/pdf", ("pdf",)),
        Format("text", "text", "text/plain", ("txt", "md", "markdown", "csv", "text", "log")),
    )
}
FORMAT_OF_ENDING = {ending: each for each in FORMATS.values() for ending in each.endings}

ACCEPTED = (
    "You can add pictures (JPEG, PNG, WebP or GIF), sound (MP3, M4A, OGG, WAV, FLAC or WebM), "
    "PDFs, and plain text."
)
EMPTY = "This file is empty. Check that it opens on your device, then choose it again."
OTHER = f"We cannot take this kind of file. {ACCEPTED}"
PACKED = (
    "This is a zip folder or an office document. Save it as a PDF, or take the files out of the "
    f"folder and add them one by one. {ACCEPTED}"
)
PAGE = (
    "This file is a web page or a drawing made of code, which we cannot keep safely. "
    "Save it as a PDF or a PNG picture and add that."
)
APPLE_PHOTO = (
    "This picture is in a format (HEIC or AVIF) we cannot take yet. Save or share it as a JPEG, "
    "or take a screenshot of it, and add that."
)
VIDEO = (
    "This file is a video, or is kept the way videos are. We can take its sound: save that as "
    "MP3 or M4A, and add it."
)
CUT_SHORT = (
    "Part of this file is missing or damaged. Check that it opens on your device, save it again, "
    "and add the new one."
)
UNREADABLE = (
    "We could not open this file safely. Check that it opens on your device, save it again under "
    "a new name, and add that."
)
LOCKED = (
    "This PDF is locked with a password. Open it, print or save it as a new PDF without the "
    "password, and add that."
)
TOO_MUCH = (
    "This file unfolds into far more than we can open safely. Save a smaller version, or take a "
    "screenshot of the part that matters, and add that."
)
FORM = (
    "This PDF is a form that only one program can show. Open it there, print or save it as a plain "
    "PDF, and add that."
)
BUSY = "Many files are being added just now. Wait a minute, then add this one again."
LATE = "There was no time left to look at this file. Add it again now, in a second go."
OURS = (
    "Something went wrong on our side, so this file was not added. Nothing is wrong with your "
    "file. Please try again in a few minutes."
)
NOT_TEXT = "This does not look like plain text. Save it as plain text or as a PDF, and add that."


def megabytes(size: int) -> str:
    """Return `size`, in bytes, as people say it."""
    return f"{size // (1024 * 1024)} MB"


def over(most: int, together: int) -> str:
    """Return the sentence for a file past the `most` files or `together` bytes of one sending."""
    return (
        f"We can take {most} files and {megabytes(together)} at one time, and this one "
        "was over that. Add it again now, in a second go."
    )


def too_large(largest: int) -> str:
    """Return the sentence for a file of more than `largest` bytes."""
    return (
        f"This file is larger than {megabytes(largest)}, the most we can take. "
        "Make it smaller, or split it into parts, and add those."
    )


def wrong_ending(ending: str, found: Format) -> str:
    """Return the sentence for a name whose `ending` says another kind than was found."""
    what = {"image": "a picture", "sound": "a sound", "pdf": "a PDF", "text": "plain text"}
    return (
        f"The name of this file ends in .{ending}, but inside it is {what[found.kind]}. "
        f"If it is the file you meant, change the ending to .{found.endings[0]} and add it again."
    )
