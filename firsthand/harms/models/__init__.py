"""The model's tables: versions and what they say, drafts of the next one and how it came about."""

from firsthand.harms.frozen import Frozen as Frozen
from firsthand.harms.models.drafting import Change as Change
from firsthand.harms.models.drafting import Drafting as Drafting
from firsthand.harms.models.drafting import Editor as Editor
from firsthand.harms.models.drafting import Trail as Trail
from firsthand.harms.models.grounds import Ground as Ground
from firsthand.harms.models.grounds import SignOff as SignOff
from firsthand.harms.models.grounds import Switch as Switch
from firsthand.harms.models.model import CrossLink as CrossLink
from firsthand.harms.models.model import Entry as Entry
from firsthand.harms.models.model import FrozenModel as FrozenModel
from firsthand.harms.models.model import ModelVersion as ModelVersion
from firsthand.harms.models.model import VersionMap as VersionMap
