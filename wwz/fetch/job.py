"""A fetch in the background: one at a time for the whole server, watched by every session."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from wwz.base import permission
from wwz.base.errors import Fout
from wwz.base.settings import Settings
from wwz.fetch.choice import fetch_folder
from wwz.fetch.client import Limits
from wwz.fetch.fetch import workplace
from wwz.fetch.gemeenten import LIST as GEMEENTEN
from wwz.fetch.gemeenten import fetch_gemeenten, known_gemeenten
from wwz.fetch.lists import is_old, years_kept
from wwz.fetch.progress import Progress
from wwz.fetch.regions import Region, fetch_regions, known_regions
from wwz.knowledge.placenames import usual

UNEXPECTED = "Er ging iets mis bij het ophalen. De gegevens van nu blijven staan. Probeer het later opnieuw."
# Whether there is a connection should be known at once.
PROBE = Limits(connect=4, read=8, total=15, attempts=1)
_lock = threading.Lock()
_current: Job | None = None
# Folder and year that were looked for.
_probed: set[tuple[Path, int]] = set()


@dataclass
class Job:
    """Work in a thread, and how it ended.

    Attributes
    ----------
    soort
        ophalen, voorbeeld or verbinding (only fetch the list of gemeenten).
    zin, opmerkingen
        The result in words, when it went well; `fout` when it did not.
    opnieuw, toch
        Does the same once more, for the visitor whose mark it gets; `toch` also when far fewer areas are left than there
        are now.
    mag_kleiner
        Whether that is allowed.
    van
        Mark of the visitor who started it, and who may stop it; empty for nobody's.
    """

    soort: str
    progress: Progress = field(default_factory=Progress)
    zin: str = ""
    opmerkingen: tuple[str, ...] = ()
    fout: Fout | None = None
    klaar: threading.Event = field(default_factory=threading.Event)
    opnieuw: Callable[..., Job] | None = None
    toch: Callable[..., Job] | None = None
    mag_kleiner: bool = False
    van: str = ""

    @property
    def bezig(self) -> bool:
        """Whether it still runs."""
        return not self.klaar.is_set()

    def run(self, action: Callable[[Job], None]) -> None:
        """Do the work; nothing escapes."""
        try:
            action(self)
        except Fout as fout:
            self.fout = fout
        # A thread that dies without a word would leave the visitor waiting.
        except Exception:
            logging.getLogger(__name__).exception("Het ophalen brak af")
            self.fout = Fout(UNEXPECTED)
        finally:
            self.klaar.set()


def current() -> Job | None:
    """The job that runs, or the last one that ran."""
    return _current


def forget() -> None:
    """As if nothing ran yet: the outcome of the last job is read, and the lists may be looked for again."""
    global _current
    with _lock:
        if _current is None or not _current.bezig:
            _current = None
            _probed.clear()


def start(soort: str, action: Callable[[Job], None], van: str = "", *, mag_kleiner: bool = False) -> Job:
    """Start a job, unless one is running; then that one is returned.

    Raises
    ------
    Fout
        When who is here may not do it.
    """
    permission.need("uitrekenen" if soort == "herbouw" else "ophalen")
    global _current
    with _lock:
        if _current is None or not _current.bezig:
            _current = Job(
                soort,
                opnieuw=lambda other="": start(soort, action, other),
                toch=lambda other="": start(soort, action, other, mag_kleiner=True),
                mag_kleiner=mag_kleiner,
                van=van,
            )
            threading.Thread(target=_current.run, args=(action,), name=f"wwz-{soort}", daemon=True).start()
        return _current


def start_probe(settings: Settings, jaar: int) -> Job:
    """Fetch the lists of gemeenten and regions: shows whether there is a connection, and fills what can be chosen."""

    def action(job: Job) -> None:
        place = workplace(settings, job.progress, PROBE)
        folder = place.paginas.parent
        fetch_gemeenten(place, folder, jaar)
        # Without regions the gemeenten can still be chosen.
        with suppress(Fout):
            fetch_regions(place, folder, jaar)

    return start("verbinding", action)


def probe_is_needed(settings: Settings, jaar: int) -> bool:
    """Whether the lists of a year were never fetched or are old, and nothing stands in the way of looking for them.

    The outcome of a fetch stays to be read, and without a connection we do not keep trying.
    """
    free = _current is None or (_current.soort == "verbinding" and not _current.bezig)
    folder = fetch_folder(settings.database)
    return free and (folder, jaar) not in _probed and is_old(folder, GEMEENTEN, jaar)


def probe_once(settings: Settings, jaar: int) -> Job | None:
    """Look once for the lists of a year, when that is needed; the job that ran last, or None."""
    if probe_is_needed(settings, jaar):
        _probed.add((fetch_folder(settings.database), jaar))
        return start_probe(settings, jaar)
    return _current


def gemeente_names(settings: Settings, jaar: int) -> dict[str, str]:
    """Code → name of the gemeenten of a year, or else of the newest year known; empty until a list was fetched."""
    folder = fetch_folder(settings.database)
    years = [jaar, *reversed(years_kept(folder, GEMEENTEN))]
    return next((names for year in years if (names := known_gemeenten(folder, year))), {})


def gemeenten(settings: Settings, jaar: int) -> list[str]:
    """Names to choose from; empty until a list was fetched once."""
    return sorted(map(usual, gemeente_names(settings, jaar).values()))


def regions(settings: Settings, jaar: int) -> tuple[Region, ...]:
    """Regions of a year to choose from; none until its list was fetched once."""
    return known_regions(fetch_folder(settings.database), jaar)
