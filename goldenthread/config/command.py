"""``goldenthread COMMAND``: the installed command."""

import os
import signal
import sys


def main() -> None:
    """Run a command of ours or of Django's; a bad setting or an unprepared database is one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import ManagementUtility
    from django.db.utils import OperationalError, ProgrammingError

    utility = ManagementUtility(["goldenthread", *sys.argv[1:]])
    try:
        utility.execute()
        sys.stdout.flush()
    except BrokenPipeError:
        _stop_quietly()
    except ImproperlyConfigured as fault:
        _refuse(str(fault), code=2)
    except (OperationalError, ProgrammingError) as fault:
        if "--traceback" in sys.argv:
            raise
        first_line = str(fault).strip().partition("\n")[0]
        _refuse(f"the database says: {first_line}. Is it there, and prepared by `goldenthread migrate`?", code=1)
    except KeyboardInterrupt:
        _refuse("stopped", code=130)


def _stop_quietly() -> None:
    """Whoever read along has had enough, as ``head`` has: what is left is written to nobody."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(128 + signal.SIGPIPE)


def _refuse(message: str, *, code: int) -> None:
    print(f"goldenthread: {message}", file=sys.stderr)
    sys.exit(code)
