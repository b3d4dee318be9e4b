"""Work in several processes: the same comes of it as in one, and what goes wrong in one of them is told here."""

import os
import signal
import threading

import pytest

from goldenthread.package import side_by_side as module
from goldenthread.package.side_by_side import side_by_side


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_processors", lambda: 2)
    assert threading.active_count() == 1


def test_each_of_many_is_worked_on_once_in_two_other_processes():
    made = list(side_by_side(lambda number: (number * number, os.getpid()), range(999)))

    assert sorted(square for square, _process in made) == [number * number for number in range(999)]
    processes = {process for _square, process in made}
    assert len(processes) == 2
    assert os.getpid() not in processes


def test_a_few_are_worked_on_here():
    assert list(side_by_side(lambda number: (number, os.getpid()), range(60))) == [(n, os.getpid()) for n in range(60)]


def test_nothing_is_forked_beside_another_thread():
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert set(side_by_side(lambda _number: os.getpid(), range(500))) == {os.getpid()}
    finally:
        done.set()
        other.join()


def test_what_the_work_raises_is_raised_here():
    def refuse(number: int) -> int:
        if number == 300:
            raise ValueError("300 is not a month")
        return number

    with pytest.raises(ValueError, match="300 is not a month"):
        list(side_by_side(refuse, range(500)))


def test_a_process_ended_from_outside_is_told_of():
    def end(number: int) -> int:
        if number == 300:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(ChildProcessError, match="ended from outside"):
        list(side_by_side(end, range(500)))


def test_none_is_left_where_the_rest_is_not_wanted():
    first = side_by_side(lambda number: (number, os.getpid()), range(5_000))
    _number, process = next(first)
    first.close()

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
