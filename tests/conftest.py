"""What every test stands on: settings, two kinds of database, the demonstration council, a signed-in reader, a browser.

Ask for ``demonstration`` (in place of the ``django_db`` mark) to stand on Wenlow City Council, undone afterwards; for
``site`` to browse a copy of it. Everything else is pytest-django's. Every test that touches the database wears the mark
``database``, given here: bin/test runs those on both kinds, and the others once.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from goldenthread.config.collector import leave_what_stands
from goldenthread.demonstration import SIGN_INS, TODAY
from tests import databases
from tests.asked import asked
from tests.house import looked
from tests.thorough import tried

ROOT = Path(__file__).resolve().parents[1]
SCRATCH = Path(tempfile.mkdtemp(prefix="goldenthread-test-"))
(SCRATCH / "static").mkdir()
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)

os.environ["GOLDENTHREAD_VAR"] = str(SCRATCH)
os.environ["GOLDENTHREAD_DEMONSTRATION"] = "1"
os.environ["GOLDENTHREAD_TODAY"] = TODAY.isoformat()
os.environ["HASHED_STATIC_FILES"] = "0"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.config.settings"
os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or f"sqlite:///{SCRATCH}/goldenthread.sqlite3"

hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=tried(100)
)
hypothesis_settings.register_profile(
    "ci", hypothesis_settings.get_profile("house"), derandomize=True, database=None, print_blob=True
)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "house")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "database: touches the database; given to each test that does")
    import django
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    database = settings.DATABASES["default"]
    database["CONN_MAX_AGE"] = 0
    django.setup()
    from django.template import engines
    from jinja2 import FileSystemBytecodeCache

    engines["jinja2"].env.bytecode_cache = FileSystemBytecodeCache(os.environ.get("COMPILED_TEMPLATES") or str(SCRATCH))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or "django_db_setup" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


def pytest_collection_finish() -> None:
    leave_what_stands()


def pytest_sessionfinish(exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.OK:
        looked.keep()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real council data beside the checkout; a test that needs it wears the mark ``shared_data``."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real council data is not beside this checkout")
    return folder


# The databases: an empty one, and one that holds the demonstration council; both copied from those of databases.py.


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    from django.conf import settings

    with django_db_blocker.unblock(), _own("empty", databases.empty) as copy:
        settings.DATABASES["default"]["NAME"] = copy
        with databases.standing_on(copy):
            yield


@pytest.fixture(scope="session")
def demonstration_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of the database that holds the demonstration council."""
    with django_db_blocker.unblock(), _own("demonstration", databases.demonstration) as copy:
        yield copy


@pytest.fixture(scope="session")
def demonstration_connection(demonstration_database: str) -> Iterator[Any]:
    """Kept open from test to test: a new one has to learn of every table anew."""
    with databases.standing_on(demonstration_database) as connection:
        pass
    yield connection
    connection.close()


@pytest.fixture
def demonstration(demonstration_connection: Any, django_db_blocker: Any) -> Iterator[None]:
    """This test stands on the demonstration council; what it writes is undone."""
    from django.db import transaction

    with django_db_blocker.unblock(), databases.standing_on(demonstration_connection), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def layers(known_layers: dict[str, Any], django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """What this module's tests stand on: see layers.py."""
    from tests.layers import standing

    with standing(known_layers, django_db_blocker) as layers:
        yield layers


@pytest.fixture
def stood_on(request: pytest.FixtureRequest, layers: Any, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """The topmost layer that this test asks for, with those below, in place of the ``django_db`` mark."""
    topmost = [name for name in layers.known if name in request.fixturenames][-1]
    with django_db_blocker.unblock(), layers.up_to(topmost) as made:
        yield made


# Readers.


@pytest.fixture
def sign_in() -> Callable[[str], Any]:
    """``sign_in("auditor")``: a client signed in as the demonstration's person of that role."""
    from django.test import Client

    from goldenthread.accounts.models import User

    emails = {role: email for role, _person, email in SIGN_INS}

    def sign_in(role: str) -> Client:
        client = Client()
        user = User.objects.get(email=emails[role])
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def queries_for() -> Callable[[Any, str], int]:
    """``queries_for(client, "/measures/")``: how many queries a page takes, warm, as a reader's next visit does."""
    visited: set[tuple[Any, str]] = set()

    def queries_for(client: Any, path: str) -> int:
        if (client, path) not in visited:
            client.get(path)
            visited.add((client, path))
        with asked() as captured:
            response = client.get(path)
        assert response.status_code == 200, f"{path} answers {response.status_code}"
        return len(captured)

    return queries_for


# A browser.

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Site:
    """A running site with its own copy of the demonstration council."""

    def __init__(self, url: str, sign_in: Callable[[str], Any]) -> None:
        self.url = url
        self._sign_in = sign_in

    def open(self, page: Any, path: str, *, role: str | None = None) -> None:
        """Go to ``path``, first signing in as ``role`` where one is given."""
        if role is not None:
            self.sign_in(page.context, role)
        page.goto(self.url + path)

    def sign_in(self, context: Any, role: str) -> Any:
        """Every page of ``context`` is signed in as ``role``; gives a client that is too."""
        client = self._sign_in(role)
        cookie = client.cookies["goldenthread"]
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.url}])
        return client


@pytest.fixture
def site(demonstration_database: str, sign_in: Callable[[str], Any], django_db_blocker: Any) -> Iterator[Site]:
    """The site, live, on a fresh copy of the demonstration council, thrown away afterwards."""
    with django_db_blocker.unblock(), _own("live", databases.demonstration) as copy, _live_on(copy) as url:
        yield Site(url, sign_in)


@pytest.fixture(scope="session")
def read_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    with django_db_blocker.unblock(), _own("read", databases.demonstration) as copy:
        yield copy


@pytest.fixture
def read_site(read_database: str, sign_in: Callable[[str], Any], django_db_blocker: Any) -> Iterator[Site]:
    """The site, live, on one copy of the demonstration council for all tests that only read in it."""
    with django_db_blocker.unblock(), _live_on(read_database) as url:
        yield Site(url, sign_in)


@pytest.fixture
def empty_site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """The site, live, as it is before anything was loaded; whoever signs in is the first administrator."""
    from django.test import Client

    from goldenthread.accounts.models import User

    def sign_in(role: str) -> Client:
        client = Client()
        first = User.objects.first() or User.objects.create_superuser(
            "first@wenlow.example", name="First administrator"
        )
        client.force_login(first, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    with django_db_blocker.unblock(), _own("live", databases.empty) as copy, _live_on(copy) as url:
        yield Site(url, sign_in)


@contextmanager
def _live_on(database: str) -> Iterator[str]:
    from pytest_django.live_server_helper import LiveServer

    with databases.standing_on(database):
        server = LiveServer("127.0.0.1")
        yield server.url
        server.stop()


@contextmanager
def _own(name: str, source: Callable[[], str]) -> Iterator[str]:
    copy = databases.own_copy(source, name)
    yield copy
    databases.databases().drop(copy)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    # The first has no windows, and costs half the time of a whole one.
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    executable = next(filter(None, map(shutil.which, names)), None)
    if executable is None:
        pytest.skip("chromium is not installed")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=CHROMIUM)
        yield running
        running.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page of its own, 1280 wide; the test fails if the console complained."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if _complains(message, page) else None)
    yield page
    context.close()
    assert complaints == []


def _complains(message: Any, page: Any) -> bool:
    """An error on the console, other than the page's own answer being a refusal."""
    return message.type == "error" and message.location.get("url") != page.url


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """``axe(page)``: fails with each rule that the page breaks, and where."""
    source = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def axe(page: Any) -> None:
        page.evaluate(f"() => {{ {source} }}")
        found = page.evaluate("async () => await axe.run(document, {resultTypes: ['violations']})")
        assert found["passes"], "axe did not run"
        assert [
            f"{broken['id']}: {broken['help']}: {node['html']}"
            for broken in found["violations"]
            for node in broken["nodes"]
        ] == []

    return axe
