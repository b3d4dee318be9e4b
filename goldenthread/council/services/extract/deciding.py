"""The differences of a staff list decided: each applied or refused by an officer, once."""

from django.utils.translation import gettext as _

from goldenthread.accounts.models import User
from goldenthread.council.models import Extract, ExtractRow
from goldenthread.council.roles import roles_of
from goldenthread.council.services.extract.acts import ACTS
from goldenthread.domain.staff import Kind
from goldenthread.history.acts import Refused, acting
from goldenthread.history.models import Change

Row, State = ExtractRow, ExtractRow.State


def apply_extract_row(*, by: User | None, row: int) -> ExtractRow:
    """Make one difference true. What is true already is marked so, and nothing else is written.

    Raises Refused where somebody else has decided, where it is about the one who applies it, where it would make an
    administrator and the one who applies it is none, and where what it stands on is not on record.
    """
    with acting(by=by, verb="apply_extract_row", object=f"extract row {row}") as change:
        mine = _open_row(row)
        _refuse_own(by, mine)
        change.object, change.source = (
            _about(mine),
            f"{mine.extract.file}:{mine.line}" if mine.line else mine.extract.file,
        )
        change.save(update_fields=["object", "source"])
        done = ACTS[Kind(mine.kind)](mine, change, by)
        return _decide(mine, State.APPLIED if done else State.ALREADY, "", change)


def refuse_extract_row(*, by: User | None, row: int, word: str) -> ExtractRow:
    """Leave the record as it is, with a word that says why. Should the next extract say the same, it is told there."""
    with acting(by=by, verb="refuse_extract_row", object=f"extract row {row}", reason=word) as change:
        mine = _open_row(row)
        if not word.strip():
            raise Refused({"word": _("Write a word on why.")})
        change.object = _about(mine)
        change.save(update_fields=["object"])
        return _decide(mine, State.REFUSED, word.strip()[:300], change)


def _decide(row: ExtractRow, state: str, word: str, change: Change) -> ExtractRow:
    row.state, row.word, row.decided = state, word, change
    row.save(update_fields=["state", "word", "decided"])
    return row


def _about(row: ExtractRow) -> str:
    if row.kind in (Kind.VACANT, Kind.MANAGER, Kind.POST):
        return f"post {row.post}"
    return f"person {row.person or row.number}"


def _open_row(key: int) -> ExtractRow:
    row = Row.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise Refused({"": _("That row is not on record.")})
    extract = Extract.objects.select_for_update().get(pk=row.extract_id)
    row.extract = extract
    if row.decided_id is not None:
        decided = Change.objects.get(pk=row.decided_id)
        said = {"who": decided.by_name or _("the system"), "what": row.get_state_display().lower()}
        raise Refused({"": _("%(who)s decided on it already: %(what)s.") % said})
    if extract.state == Extract.State.HELD:
        raise Refused({"": _("This extract is held back: say first that it is whole.")})
    if extract.state == Extract.State.SET_ASIDE:
        raise Refused({"": _("This extract was set aside: look at the latest one.")})
    return row


def _refuse_own(by: User | None, row: ExtractRow) -> None:
    if by is None:
        return
    person = roles_of(by).person
    if person is not None and row.person == person.code:
        raise Refused({"": _("It is about you: somebody else applies it.")})
