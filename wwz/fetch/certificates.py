"""Certificates: those an organisation brings itself, and what to say when one is not trusted."""

from __future__ import annotations

import os
import ssl
from functools import lru_cache
from pathlib import Path

from wwz.base.errors import Fout
from wwz.fetch.trouble import STAYS, Onbruikbaar

UNTRUSTED = "CERTIFICATE_VERIFY_FAILED"


def insecure(host: str, error: Exception) -> Fout | Onbruikbaar:
    """A certificate that is not trusted stays so; any other trouble with https may be over at the next try."""
    if UNTRUSTED not in str(error):
        return Onbruikbaar(
            "geeft geen veilige verbinding (https); controleer [bronnen] in config.toml of de proxy"
        )
    return Fout(
        f"Het certificaat van {host} wordt niet vertrouwd. {STAYS} "
        "Zet in REQUESTS_CA_BUNDLE het bestand met certificaten van uw organisatie."
    )


def check_bundle() -> None:
    """Say so when the certificates that the environment names cannot be read.

    Raises
    ------
    Fout
        With one sentence; requests itself stumbles over them.
    """
    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    if bundle:
        _read_bundle(bundle)


@lru_cache(maxsize=4)
def _read_bundle(bundle: str) -> None:
    try:
        if not Path(bundle).is_dir():
            ssl.create_default_context(cafile=bundle)
    except OSError as error:
        raise Fout(
            f"Het bestand met certificaten {bundle} is er niet of is geen lijst van certificaten. {STAYS} Controleer REQUESTS_CA_BUNDLE."
        ) from error
