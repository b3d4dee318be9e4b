"""A measure's whole series: from everything said of it to its results, as they stand and as they stood."""

from goldenthread.domain.series.row import Row, Version
from goldenthread.domain.series.versions import versions

__all__ = ["Row", "Version", "versions"]
