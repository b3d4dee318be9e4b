"""The site as it is served: a service's scorecard over HTTP alone and eight at once, and the memory of a process."""

import re
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.ground import load_council, prepared_database, serving, signed_in
from benchmarks.rows import Measured, median_of, progress

MEASURES = 1000
#: A service of the council has 25 measures.
SCORECARD = "/measures/?unit=S001&period=2025/26 Q4"
BOARD = "/measures/?period=2025/26 Q4"
AT_ONCE = 8
RUNS = 15
NO_PAGE = "/robots.txt"


def main() -> None:
    with prepared_database() as folder:
        progress(f"loading {MEASURES:,} measures of 60 months")
        load_council(folder, MEASURES)
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in signed_in().cookies.items())
        with serving() as (url, _processes), ThreadPoolExecutor(AT_ONCE) as readers:
            read = reader(url, cookie)
            floor = median_of(RUNS, read_nothing(url))
            alone = median_of(RUNS, lambda: read(SCORECARD))
            Measured("a scorecard of 25 measures, over HTTP", alone, floor=floor, budget=50).tell()
            together = median_of(RUNS, lambda: list(readers.map(read, [SCORECARD] * AT_ONCE)), warm=3)
            Measured(f"the last of {AT_ONCE} asked for at once", together, floor=floor, budget=200).tell()
        # One web process alone, so that it is known which answers.
        with serving("--workers", "1") as (url, [process]), ThreadPoolExecutor(AT_ONCE) as readers:
            started = megabytes(process)
            read = reader(url, cookie)
            read(SCORECARD)
            read(BOARD)
            after_one = megabytes(process)
            Measured(f"memory after a board of {MEASURES:,} measures", after_one, "MB", started, 150).tell()
            list(readers.map(read, [BOARD] * AT_ONCE))
            Measured(f"memory after {AT_ONCE} such boards at once", megabytes(process), "MB", started).tell()


def reader(url: str, cookie: str) -> Callable[[str], bytes]:
    def read(path: str) -> bytes:
        asked = urllib.request.Request(url + path.replace(" ", "%20"), headers={"Cookie": cookie})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return bytes(answer.read())

    return read


def read_nothing(url: str) -> Callable[[], None]:
    """The floor: a request that every layer answers and that shows nothing."""

    def read() -> None:
        try:
            urllib.request.urlopen(url + NO_PAGE, timeout=60).close()
        except OSError:
            return

    return read


def megabytes(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    main()
