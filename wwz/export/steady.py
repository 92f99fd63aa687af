"""Office files that are the same every time: they are zip files full of clocks, and every clock is set to one moment."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime

_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_EARLIEST = datetime(1980, 1, 1)


def steady_zip(content: bytes, moment: datetime) -> bytes:
    """The same zip file with every date set to `moment`, also in the workbooks inside it."""
    return make_zip(_members(content, moment), moment)


def make_zip(members: dict[str, bytes], moment: datetime) -> bytes:
    """A zip file of these members, all dated `moment`."""
    target = io.BytesIO()
    when = max(moment, _EARLIEST).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()


def _members(content: bytes, moment: datetime) -> dict[str, bytes]:
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    members = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            data = archive.read(name)
            if name.endswith("docProps/core.xml"):
                data = _STAMPS.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            elif name.endswith(".xlsx"):
                data = steady_zip(data, moment)
            members[name] = data
    return members
