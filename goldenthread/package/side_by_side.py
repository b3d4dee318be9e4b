"""Work on many things in as many processes as there are processors: a load works out the results of every measure."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection, wait
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

#: With fewer for each, a process costs more than it saves.
WORTH_A_PROCESS = 50
#: What is made of this many is handed over at once.
BATCH = 10


def side_by_side(work: Callable[[Item], Made], items: Sequence[Item]) -> Iterator[Made]:
    """What ``work`` makes of each of ``items``, in no order; what it raises is raised here.

    ``work`` reads what stands in memory, never the database, and makes what can be pickled.
    """
    processes = min(_processors(), len(items) // WORTH_A_PROCESS)
    if processes < 2 or not _can_fork():
        yield from map(work, items)
        return
    with ExitStack() as stack:
        working = [stack.enter_context(_process(work, items[first::processes])) for first in range(processes)]
        while working:
            for reader in wait(working):
                made = _received(reader)
                if made is None:
                    working.remove(reader)
                else:
                    yield from made


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _can_fork() -> bool:
    """A copy of a process with several threads has but one of them, and the locks of the others."""
    return sys.platform == "linux" and threading.active_count() == 1


@contextmanager
def _process(work: Callable[[Item], Made], items: Sequence[Item]) -> Iterator[Connection]:
    fork = multiprocessing.get_context("fork")
    reader, writer = fork.Pipe(duplex=False)
    process = fork.Process(target=_work_through, args=(work, items, reader, writer), daemon=True)
    process.start()
    writer.close()
    try:
        yield reader
    finally:
        process.terminate()
        process.join()
        reader.close()


def _work_through(work: Callable[[Item], Made], items: Sequence[Item], reader: Connection, writer: Connection) -> None:
    """In a process of its own: lists of what was made, then None; or what was raised."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reader.close()
    try:
        for start in range(0, len(items), BATCH):
            writer.send(list(map(work, items[start : start + BATCH])))
        writer.send(None)
    except BrokenPipeError:
        return  # nobody waits for it any more
    except Exception as fault:  # raised again by whoever asked for the work
        writer.send(fault)


def _received(reader: Connection) -> list[Made] | None:
    try:
        made = reader.recv()
    except EOFError:
        raise ChildProcessError("a process that worked out a part of this was ended from outside") from None
    if isinstance(made, Exception):
        raise made
    return made
