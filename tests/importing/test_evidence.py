"""docs/evidence.md says what is so: every published status that differs from ours is there, with the reason."""

import pytest

from tests.importing.evidence import DOCUMENT, document

pytestmark = [pytest.mark.django_db, pytest.mark.shared_data]


def test_the_evidence_is_what_the_command_would_write(shared_data):
    assert DOCUMENT.read_text(encoding="utf-8") == document(shared_data)
