"""One file for every wijk, in one zip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from wwz.ask.area import Area
from wwz.ask.change import shown_layer
from wwz.ask.layer import layers
from wwz.ask.view import View
from wwz.base.counted import counted
from wwz.base.errors import Fout
from wwz.base.limits import Limits
from wwz.export.formats import Paper, check_size, file_name, make_file
from wwz.export.origin import made_at
from wwz.export.steady import make_zip
from wwz.maps.classes import Classes
from wwz.maps.drawing import scale_of
from wwz.store import Store, remembered

MOST_FILES = 250


@remembered
def parts_of(area: Area) -> list[tuple[str, str]]:
    """Codes and names of the wijken in an area that have inhabitants, in order of their codes."""
    rows = area.parts("wijk", ["inwoners"])
    lived_in = rows[rows["noemer"].notna() | (rows["teller"].fillna(0) > 0) | rows["verborgen"]]
    return [(row.gebied, row.naam) for row in lived_in.itertuples()]


def make_series(
    store: Store,
    view: View,
    area: Area,
    code: str,
    paper: Paper,
    laag: str,
    say: Callable[[int, int, str], None],
    limits: Limits | None = None,
) -> bytes:
    """A zip with one file per wijk, each with its buurten.

    Parameters
    ----------
    view
        What is exported of each wijk.
    area
        The area whose wijken are meant.
    code, paper
        As in `wwz.export.formats.make_file`.
    laag
        Code of the layer, for the file names.
    say
        Called before each file with its number, how many there are, and the name of the wijk.
    limits
        As in `wwz.export.formats.make_file`; of all files together.

    Raises
    ------
    Fout
        When there are no wijken, or too many for one zip, or they become too large together.
    """
    wijken = parts_of(area)
    if not 0 < len(wijken) <= MOST_FILES:
        raise Fout(
            counted(
                "{naam} heeft {n} [wijk|wijken]. Een reeks kan van 1 tot {most} wijken zijn. Kies een ander gebied.",
                len(wijken),
                naam=area.naam,
                most=MOST_FILES,
            )
        )
    files: dict[str, bytes] = {}
    paper = replace(paper, scale=_scale(store, view, area))
    for number, (wijk, naam) in enumerate(wijken, 1):
        say(number, len(wijken), naam)
        one = view.changed(gebied=(wijk,), niveau=area.smallest, gekozen="", rand="geen")
        files[f"{wijk}-{file_name(naam, laag, code)}"] = make_file(store, one, code, paper)
        check_size(sum(map(len, files.values())), limits)
    return make_zip(files, made_at(store))


def _scale(store: Store, view: View, area: Area) -> Classes:
    """One scale for all sheets, so that a colour means the same in every wijk."""
    codes = list(layers(store)["code"])
    code = view.laag if view.laag in codes else codes[0]
    return scale_of([shown_layer(store, area, code, area.smallest, view)])
