"""``goldenthread COMMAND``: the installed command."""

import os
import sys


def main() -> None:
    """Run a command of ours or of Django's; a bad setting is one line and exit 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import ManagementUtility

    try:
        utility = ManagementUtility(["goldenthread", *sys.argv[1:]])
        utility.execute()
    except ImproperlyConfigured as fault:
        sys.exit(_refuse(str(fault)))


def _refuse(message: str) -> int:
    print(f"goldenthread: {message}", file=sys.stderr)
    return 2
