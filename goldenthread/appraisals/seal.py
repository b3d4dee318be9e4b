"""The seal: texts encrypted before they reach the database, and opened again.

AES-256-GCM (docs/decisions/0006-sealed-appraisals.md). What a row is about is bound to its content: put into another
row it does not open.
"""

import base64
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

NONCE = 12
KEY = 32
#: Texts are padded to whole blocks, so that a short answer cannot be told from its length.
BLOCK = 256
_END = b"\x80"


class SealedShut(Exception):
    """The key that is needed is not there, or what was kept has been tampered with. Its text is for the reader."""


def new_key() -> str:
    """A fresh key, as APPRAISAL_KEYS wants it."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY)).decode()


def current_key() -> str:
    """The name of the key that seals. Raises SealedShut where there is none."""
    for name in settings.APPRAISAL_KEYS:
        return name
    raise SealedShut(_("The key of the appraisals is not set, so that none can be opened or written."))


def seal(text: str, *, bound_to: str) -> tuple[str, bytes]:
    """``text`` sealed with the first key, and that key's name. Raises SealedShut where there is no key."""
    name = current_key()
    nonce = secrets.token_bytes(NONCE)
    return name, nonce + _cipher(name).encrypt(nonce, _padded(text.encode()), bound_to.encode())


def open_sealed(key: str, content: bytes, *, bound_to: str) -> str:
    """The text that was sealed. Raises SealedShut where its key is missing or the content is not what was sealed."""
    cipher = _cipher(key)
    try:
        padded = cipher.decrypt(content[:NONCE], content[NONCE:], bound_to.encode())
    except InvalidTag:
        raise SealedShut(_("Something in this appraisal is not as it was sealed: tell your administrator.")) from None
    return padded.rpartition(_END)[0].decode()


def _cipher(name: str) -> AESGCM:
    key = settings.APPRAISAL_KEYS.get(name)
    if key is None:
        raise SealedShut(_("The key with which this was sealed is missing, so that it cannot be opened."))
    return AESGCM(key)


def _padded(text: bytes) -> bytes:
    ended = text + _END
    return ended + b"\0" * (-len(ended) % BLOCK)
