"""What a coding project is made of, a table or a few in each file."""

from firsthand.codebook.models.arrivals import Arrival as Arrival
from firsthand.codebook.models.arrivals import Edit as Edit
from firsthand.codebook.models.codes import Code as Code
from firsthand.codebook.models.codes import CodeChange as CodeChange
from firsthand.codebook.models.codes import Example as Example
from firsthand.codebook.models.double import Doubled as Doubled
from firsthand.codebook.models.double import DoubleDraw as DoubleDraw
from firsthand.codebook.models.double import Settlement as Settlement
from firsthand.codebook.models.interchange import Brought as Brought
from firsthand.codebook.models.interchange import Kept as Kept
from firsthand.codebook.models.interchange import KeptFile as KeptFile
from firsthand.codebook.models.passages import Coding as Coding
from firsthand.codebook.models.passages import Passage as Passage
from firsthand.codebook.models.project import Coder as Coder
from firsthand.codebook.models.project import Project as Project
from firsthand.codebook.models.project import Trail as Trail
from firsthand.codebook.models.sources import Source as Source
from firsthand.codebook.models.sources import Turn as Turn
from firsthand.codebook.models.sources import Working as Working
from firsthand.codebook.models.themes import Finding as Finding
from firsthand.codebook.models.themes import FindingPaper as FindingPaper
from firsthand.codebook.models.themes import Theme as Theme
from firsthand.codebook.models.themes import ThemeEntry as ThemeEntry
