"""Files people add to what happened: checked, freed of place and device, never on disk."""

from firsthand.testimony.files.check import checked
from firsthand.testimony.files.kinds import BadFile, CleanFile, megabytes

__all__ = ["BadFile", "CleanFile", "checked", "megabytes"]
