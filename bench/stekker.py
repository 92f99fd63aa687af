"""Pull the plug: kill writers of the ledger at random moments, and count what was acknowledged and is not there.

    python bench/stekker.py --keer 1000 --map MAP
    python bench/stekker.py --keer 1000 --server postgresql+psycopg://…

Every act writes five keys. Lost: acknowledged, not there. Torn: of an act a part is there, or what holds now is not what the
last entry says. For a file every tenth ledger is a new one, killed while it is made.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import alembic.command  # noqa: F401  (the writers are copies of this program: what it has, they need not read)

from wwz.own.ledger import Change, Field, Kind, Ledger
from wwz.own.ledger.engine import Place

WIDTH = 5
# Seconds: how long a writer may take before it is killed.
MAKING, WRITING, LONGEST = 0.4, 0.02, 20
KIND = Kind("proef", "proef", ("naam",), {"waarde": Field()})


def write(place: Place, name: str, acknowledged: int) -> None:
    """Write until killed; every act that was acknowledged goes into the pipe."""
    book = Ledger(place)
    for number in range(1_000_000):
        merk = f"{name}-{number}"
        book.add([Change(KIND, (f"{name}-{n}",), {"waarde": merk}) for n in range(WIDTH)], name, merk=merk)
        os.write(acknowledged, f"{merk}\n".encode())


def pull(place: Place, name: str, chance: random.Random, making: bool) -> list[str]:
    """One writer, killed at a random moment; what it said was kept."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        write(place, name, writer)
    os.close(writer)
    # The first of a ledger while it makes the tables; the others a moment after the first act, or half an act later.
    if making:
        time.sleep(chance.uniform(0, MAKING))
    else:
        select.select([reader], [], [], LONGEST)
        time.sleep(chance.uniform(0, WRITING))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader) as told:
        return [line.rstrip("\n") for line in told if line.endswith("\n")]


def together(place: Place, programs: int, each: int) -> None:
    """So many programs that write the same key at once, so many times each."""
    children = []
    start = os.pipe()
    for name in range(programs):
        if not (child := os.fork()):
            os.close(start[1])
            os.read(start[0], 1)
            for number in range(each):
                value = {"waarde": f"{name}-{number}"}
                Ledger(place).add([Change(KIND, ("samen",), value)], f"schrijver {name}")
            os._exit(0)
        children.append(child)
    os.close(start[1])
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * programs


def found(place: Place, acknowledged: list[str]) -> Counter:
    """Compare what was acknowledged with what is there."""
    book = Ledger(place)
    acts = Counter(e.werd["waarde"] for e in book.everything(KIND))
    last = {e.sleutel: e.nummer for e in book.everything(KIND)}
    wrong = [e for e in book.state(KIND) if last.get(e.sleutel) != e.nummer]
    gaps = [n for n, e in enumerate(book.everything(), 1) if n != e.nummer]
    return Counter(
        bevestigd=len(acknowledged),
        verloren=sum(not acts[act] for act in acknowledged),
        gescheurd=sum(count != WIDTH for count in acts.values()) + len(wrong) + bool(gaps),
        handelingen=len(acts),
    )


def run(times: int, server: str, folder: Path, seed: int = 1) -> dict[str, int]:
    """Kill so many writers; the sums of `found`."""
    chance, total = random.Random(seed), Counter(gedood=0)
    place, kept = Place(url=server), []
    for number in range(times):
        if not server and number % 10 == 0:
            total += found(place, kept) if kept else Counter()
            place, kept = Place(file=folder / f"{number}" / "eigen.sqlite"), []
        kept += pull(place, f"s{seed}-{number}", chance, making=not kept and not server)
        total["gedood"] += 1
    for name, count in found(place, kept).items():
        total[name] += count
    return {name: total[name] for name in ("gedood", "bevestigd", "handelingen", "verloren", "gescheurd")}


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keer", type=int, default=25)
    parser.add_argument("--server", default="")
    parser.add_argument("--map", type=Path)
    parser.add_argument(
        "--samen", type=int, default=0, help="in plaats van doden: zo veel programma's tegelijk"
    )
    parser.add_argument("--zaad", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.samen:
        place = Place(url=chosen.server) if chosen.server else Place(file=chosen.map / "eigen.sqlite")
        together(place, chosen.samen, chosen.keer)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        result = run(chosen.keer, chosen.server, chosen.map or Path(folder), chosen.zaad)
    print(json.dumps(result))
    return 1 if result["verloren"] or result["gescheurd"] else 0


if __name__ == "__main__":
    sys.exit(main())
