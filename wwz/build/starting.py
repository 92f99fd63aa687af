"""What has to be there before the dashboard starts: a database that this version can read."""

from __future__ import annotations

import sys

from wwz.base.errors import MinderGebieden
from wwz.base.settings import Settings
from wwz.build import rebuild
from wwz.build.build import build, is_outdated
from wwz.build.workplace import only_start
from wwz.store import Store


def make_ready(settings: Settings, *, outdated: bool) -> None:
    """Build first where that has to be. Of servers that start together one builds; the others wait for it.

    Parameters
    ----------
    outdated
        Whether a database that is missing, of another version or older than its settings is built; the example region is
        made again in any case when another version made it.

    Raises
    ------
    Fout
        When there is nothing to build from, or there is no room.
    """
    if _is_needed(settings, outdated):
        with only_start(settings.database, print):
            if _is_needed(settings, outdated):
                _build(settings)


def _is_needed(settings: Settings, outdated: bool) -> bool:
    return (outdated and is_outdated(settings)) or rebuild.is_old_example(settings.database)


def _build(settings: Settings) -> None:
    print("De gegevens worden klaargezet. Dat duurt een paar seconden.", flush=True)
    # The folders of config.toml go first; without them, what was built with --invoer stays what is shown.
    folders = settings.mappen or rebuild.same_input(settings.database)
    try:
        build(settings, folders, database=settings.database, say=print)
    except MinderGebieden as fewer:
        # What is there can go on, as long as this version can read it.
        Store(settings.database).close()
        print("\n".join(fewer.zinnen), file=sys.stderr)
