"""Logs without words, names, addresses or anything typed."""

import logging.config
from typing import Any


def configure(_settings: dict[str, Any]) -> None:
    """Set logging up."""
    logging.config.dictConfig({"version": 1, "disable_existing_loggers": False})
