"""Counters for Prometheus, on a port of their own that only this computer can reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from wwz.ask.fitness import Finding
from wwz.base.errors import Fout
from wwz.base.limits import BEYOND
from wwz.base.memory import ASKED, MADE, kept_megabyte
from wwz.base.tally import counted
from wwz.base.turns import TAKEN, Turns
from wwz.web.logs import WRITTEN
from wwz.web.visitors import OPEN

HERE = "127.0.0.1"
TAKEN_PORT = "Poort {} voor de metingen is bezet. Kies een andere bij server.metingen_poort in config.toml, of zet hem op 0."


@dataclass(frozen=True)
class Watched:
    """Where the numbers come from; each is asked when somebody reads the counters.

    Attributes
    ----------
    turns
        The room in which screens are made.
    uploaded
        Bytes of the files that visitors brought and that are kept, by window.
    findings
        How the dashboard is.
    """

    turns: Callable[[], Turns]
    uploaded: Callable[[], dict[str, int]]
    findings: Callable[[], list[Finding]]


class Figures(Collector):
    """Reads the numbers of now."""

    def __init__(self, watched: Watched) -> None:
        self.watched = watched

    def collect(self) -> Iterator[Metric]:
        """All of them. The text beside each is for who runs the server, so Dutch."""
        turns = self.watched.turns()
        yield _now("wwz_screens_busy", "Schermen die nu worden gemaakt", turns.busy)
        yield _now("wwz_screens_waiting", "Schermen die op hun beurt wachten", turns.waiting)
        yield _total("wwz_screens", "Schermen die zijn gemaakt", counted(TAKEN))
        yield _now("wwz_windows_open", "Vensters die openstaan", sum(counted(OPEN).values()))
        yield _total("wwz_answers_asked", "Vragen van schermen aan de database", counted(ASKED))
        yield _total("wwz_answers_missed", "Vragen die niet in het geheugen stonden", counted(MADE))
        yield _now("wwz_answers_bytes", "Geheugen voor antwoorden", kept_megabyte() * 1024 * 1024)
        yield _now(
            "wwz_uploads_bytes", "Geheugen voor ingelezen bestanden", sum(self.watched.uploaded().values())
        )
        yield _total("wwz_beyond_limit", "Hoe vaak een grens is bereikt", counted(BEYOND), "limit")
        yield _total("wwz_errors", "Fouten in het logboek", counted(WRITTEN))
        yield from self._health()

    def _health(self) -> Iterator[Metric]:
        found = self.watched.findings()
        well = GaugeMetricFamily("wwz_well", "Of dit in orde is: 1 of 0", labels=["what"])
        for one in found:
            well.add_metric([one.naam], int(one.goed))
        yield well
        values = {one.naam: one.waarde for one in found if one.waarde is not None}
        if "leeftijd" in values:
            yield _now("wwz_database_age_days", "Leeftijd van de database in dagen", values["leeftijd"])
        if "ruimte" in values:
            yield _now("wwz_disk_free_bytes", "Vrij op de schijf", values["ruimte"] * 1_000_000)


def _now(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _total(name: str, text: str, counts: dict[str, int], label: str = "") -> Metric:
    if not label:
        return CounterMetricFamily(name, text, value=sum(counts.values()))
    metric = CounterMetricFamily(name, text, labels=[label])
    for kind, number in sorted(counts.items()):
        metric.add_metric([kind], number)
    return metric


def show_metrics(port: int, watched: Watched) -> None:
    """Answer at http://127.0.0.1:port/metrics from now on, in a thread of its own.

    Raises
    ------
    Fout
        When something else listens there.
    """
    registry = CollectorRegistry()
    registry.register(Figures(watched))
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    try:
        start_http_server(port, addr=HERE, registry=registry)
    except OSError as error:
        raise Fout(TAKEN_PORT.format(port)) from error
