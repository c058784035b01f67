"""What a review is made of, a table or a few in each file."""

from firsthand.evidence.models.checklist import Reported as Reported
from firsthand.evidence.models.criteria import Criterion as Criterion
from firsthand.evidence.models.criteria import Wording as Wording
from firsthand.evidence.models.duplicates import Group as Group
from firsthand.evidence.models.duplicates import Grouped as Grouped
from firsthand.evidence.models.duplicates import Look as Look
from firsthand.evidence.models.duplicates import Pair as Pair
from firsthand.evidence.models.review import Member as Member
from firsthand.evidence.models.review import Review as Review
from firsthand.evidence.models.review import Trail as Trail
from firsthand.evidence.models.screening import Decision as Decision
from firsthand.evidence.models.screening import Resolution as Resolution
from firsthand.evidence.models.screening import Round as Round
from firsthand.evidence.models.screening import Screening as Screening
from firsthand.evidence.models.searching import ImportFile as ImportFile
from firsthand.evidence.models.searching import ImportProblem as ImportProblem
from firsthand.evidence.models.searching import Record as Record
from firsthand.evidence.models.searching import SearchRun as SearchRun
