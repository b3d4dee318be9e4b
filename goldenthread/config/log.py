"""What the log says of requests."""

import logging


class RefusalsInOneLine(logging.Filter):
    """A page refused or not found is told in a line: only a failure of ours needs to say where it happened."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 500) < 500:
            record.exc_info = None
        return True
