"""Doing things with the model: loading versions, drafting the next one, publishing it."""

from firsthand.harms.actions.loading import OURS as OURS
from firsthand.harms.actions.loading import Changed as Changed
from firsthand.harms.actions.loading import _publish_once as _publish_once
from firsthand.harms.actions.loading import _yaml as _yaml
from firsthand.harms.actions.loading import load_model as load_model
from firsthand.harms.actions.loading import load_published_models as load_published_models
