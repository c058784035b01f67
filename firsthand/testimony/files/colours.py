"""A picture's colours, told without the profile of the device that saw them."""

from io import BytesIO

from PIL import Image, ImageCms

_SIMPLE = {
    "JPEG": ("L", "RGB"),
    "PNG": ("1", "L", "LA", "I;16", "P", "RGB", "RGBA"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("L", "P", "RGB", "RGBA"),
}


def plain_colours(picture: Image.Image, kind: str, profile: bytes | None) -> Image.Image:
    """Return `picture` in sRGB, or in greys, in a way that Pillow's `kind` can hold."""
    if profile and picture.mode in ("RGB", "CMYK"):
        picture = _by_profile(picture, profile)
    return picture if picture.mode in _SIMPLE[kind] else picture.convert("RGB")


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    """Return `picture` in sRGB, or as it is when its profile is sRGB's or cannot be read."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        if "srgb" in ImageCms.getProfileDescription(source).lower():
            return picture
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
