"""A bad setting is refused at start, with its name and what would be right."""

import os
import runpy
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from goldenthread.config import settings

RANDOM = "k" * 50
REFUSED = [
    ({"SECRET_KEY": "", "GOLDENTHREAD_DEMONSTRATION": "", "GOLDENTHREAD_TODAY": ""}, "SECRET_KEY is not set"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY has 5 characters: it should have at least 50"),
    ({"DEBUG": "maybe"}, "DEBUG is 'maybe': it should be one of true, false"),
    ({"GOLDENTHREAD_TODAY": "18/01/2027"}, "GOLDENTHREAD_TODAY is '18/01/2027': it should be a date like"),
    ({"GOLDENTHREAD_DEMONSTRATION": "", "SECRET_KEY": RANDOM}, "GOLDENTHREAD_TODAY stops the calendar"),
    ({"SESSION_HOURS": "-1"}, "SESSION_HOURS is '-1': it should be a whole number"),
    ({"EMAIL_PORT": "smtp"}, "EMAIL_PORT is 'smtp': it should be a whole number"),
    ({"SITE_LANGUAGE": "fr"}, "SITE_LANGUAGE is 'fr': it should be one of en-gb, cy"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL is 'loud': it should be one of DEBUG, INFO"),
    (
        {"DATABASE_URL": "mysql://wenlow"},
        "DATABASE_URL begins with 'mysql': it should be sqlite:///PATH or postgres://",
    ),
    ({"DATABASE_URL": "postgres://a:b@c:port/d"}, "DATABASE_URL cannot be read"),
    ({"DATABASE_URL": "sqlite:////dev/null/a.sqlite3"}, "names /dev/null, which cannot be made"),
    ({"SITE_ADDRESS": "wenlow.example"}, "SITE_ADDRESS is 'wenlow.example': it should be an address such as https://"),
    ({"SITE_ADDRESS": "https://wenlow.example/home"}, "with nothing after it"),
    ({"OIDC_SERVER_URL": "wenlow"}, "OIDC_SERVER_URL is 'wenlow': it should begin with https://"),
    ({"OIDC_SERVER_URL": "https://id.wenlow.example"}, "OIDC_CLIENT_ID is not set"),
]


@pytest.mark.parametrize(("given", "message"), REFUSED, ids=[message[:30] for _, message in REFUSED])
def test_a_bad_setting_is_refused_by_name(given: dict[str, str], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(ImproperlyConfigured) as refused:
        runpy.run_path(settings.__file__)

    assert message in str(refused.value)


def test_an_empty_setting_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SESSION_HOURS", " ")

    assert runpy.run_path(settings.__file__)["SESSION_COOKIE_AGE"] == 10 * 3600


@pytest.mark.parametrize(("given", "own"), [("", ""), ("?options=-c%20jit%3Don", " -c jit=on")])
def test_what_the_address_says_of_postgresql_comes_last(given: str, own: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgres://goldenthread@db.wenlow.example/goldenthread{given}")

    options = runpy.run_path(settings.__file__)["DATABASES"]["default"]["OPTIONS"]
    assert options == {"options": "-c jit=off -c join_collapse_limit=4 -c random_page_cost=1.1" + own}


def test_the_sites_address_is_kept_without_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_ADDRESS", "https://performance.wenlow.example:8443/")

    assert runpy.run_path(settings.__file__)["SITE_ADDRESS"] == "https://performance.wenlow.example:8443"


def test_in_earnest_cookies_are_secure_and_pages_hashed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOLDENTHREAD_DEMONSTRATION", "GOLDENTHREAD_TODAY", "HASHED_STATIC_FILES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SECRET_KEY", RANDOM)

    earnest = runpy.run_path(settings.__file__)

    assert earnest["SESSION_COOKIE_SECURE"] is earnest["CSRF_COOKIE_SECURE"] is True
    assert earnest["SECURE_HSTS_SECONDS"] == 31_536_000
    assert earnest["STORAGES"]["staticfiles"]["BACKEND"].endswith("CompressedManifestStaticFilesStorage")
    assert earnest["DEBUG"] is False


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ({"LOG_LEVEL": "loud"}, 2, "goldenthread: LOG_LEVEL is 'loud'"),
        ({"DATABASE_URL": "postgres://nobody@%2Fnowhere/none"}, 1, "goldenthread: the database says: "),
    ],
)
def test_the_command_says_it_in_one_line(given: dict[str, str], code: int, message: str) -> None:
    command = Path(sys.executable).parent / "goldenthread"

    told = subprocess.run([command, "showmigrations"], env={**os.environ, **given}, capture_output=True, text=True)

    assert (told.returncode, len(told.stderr.splitlines())) == (code, 1)
    assert told.stderr.startswith(message)


def test_whoever_reads_a_few_lines_of_a_command_sees_no_traceback() -> None:
    """``goldenthread diffsettings --all | head``"""
    command = Path(sys.executable).parent / "goldenthread"

    asked = subprocess.Popen([command, "diffsettings", "--all"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert asked.stdout is not None
    asked.stdout.close()
    _nothing, told = asked.communicate()

    assert (asked.returncode, told) == (128 + signal.SIGPIPE, b"")
