"""A web process stays small: what only reports and spreadsheets need is not there after a board."""

import json
import os
import subprocess
import sys

import pytest

from goldenthread.demonstration import SIGN_INS

HEAVY = ["docx", "duckdb", "ibis", "numpy", "pandas", "pptx", "pygraphviz", "python_calamine", "typst", "xlsxwriter"]
MOST_MEGABYTES = 150
AFTER_A_BOARD = """
import json, re, sys
import django
django.setup()
from django.test import Client
from goldenthread.accounts.models import User
client = Client()
client.force_login(User.objects.get(email=sys.argv[1]), "allauth.account.auth_backends.AuthenticationBackend")
status = client.get("/measures/", headers={"host": "localhost"}).status_code
kilobytes = int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1])
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps({"status": status, "megabytes": kilobytes / 1024, "loaded": loaded}))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_web_process_stays_small(demonstration_database: str) -> None:
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    url = f"sqlite:///{demonstration_database}" if server.startswith("sqlite") else f"{server}/{demonstration_database}"
    officer = next(email for role, _person, email in SIGN_INS if role == "performance_officer")

    run = subprocess.run(
        [sys.executable, "-c", AFTER_A_BOARD, officer],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert told["status"] == 200
    assert sorted(set(HEAVY) & set(told["loaded"])) == []
    assert told["megabytes"] <= MOST_MEGABYTES
