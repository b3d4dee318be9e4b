"""Work on many things in as many processes as there are processors: a load works out the results of every measure."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

#: With fewer for each, a process costs more than it saves.
WORTH_A_PROCESS = 50


def side_by_side(work: Callable[[Item], Made], items: Sequence[Item]) -> Iterator[Made]:
    """What ``work`` makes of each of ``items``, in no order; what it raises is raised here.

    ``work`` reads what stands in memory, never the database. ``items``, and what is made of them, can be pickled; those
    that take longest come first, so that no process is left with one of them at the end.
    """
    processes = min(_processors(), len(items) // WORTH_A_PROCESS)
    if processes < 2 or not _can_fork():
        yield from map(work, items)
        return
    waiting = iter(items)
    with ExitStack() as stack:
        working = [stack.enter_context(_process(work)) for _ in range(processes)]
        for hand, item in zip(working, waiting, strict=False):
            _send(hand, item)
        while working:
            for hand in wait(working):
                made = _received(hand)
                following = list(islice(waiting, 1))
                if not following:
                    working.remove(hand)
                for item in following:
                    _send(hand, item)
                yield made


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _can_fork() -> bool:
    """A copy of a process with several threads has but one of them, and the locks of the others."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def _process(work: Callable[[Item], Made]) -> Iterator[Connection]:
    """A process that answers each item sent to it with what ``work`` makes of it."""
    fork = multiprocessing.get_context("fork")
    ours, theirs = fork.Pipe()
    process = fork.Process(target=_answer, args=(work, ours, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        process.terminate()
        process.join()
        ours.close()


def _answer(work: Callable[[Item], Made], ours: Connection, theirs: Connection) -> None:
    """In a process of its own, until nobody is at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ours.close()
    while True:
        try:
            item = theirs.recv()
        except EOFError:
            return
        made: Made | Exception
        try:
            made = work(item)
        except Exception as fault:  # raised again by whoever asked for the work
            made = fault
        try:
            theirs.send(made)
        except BrokenPipeError:
            return


def _send(hand: Any, item: object) -> None:
    try:
        hand.send(item)
    except BrokenPipeError:
        raise _ended() from None


def _received(hand: Any) -> Any:
    try:
        made = hand.recv()
    except EOFError:
        raise _ended() from None
    if isinstance(made, Exception):
        raise made
    return made


def _ended() -> ChildProcessError:
    return ChildProcessError("a process that worked out a part of this was ended from outside")
