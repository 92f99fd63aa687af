"""Small pieces of screen that every page uses. All HTML of the product is here and in the table; texts are escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from wwz.errors import Fout
from wwz.maps.classes import Classes
from wwz.paths import PACKAGE
from wwz.store import Store
from wwz.ui import projection, state


def style() -> None:
    """The product's own look, on top of the theme in .streamlit/config.toml."""
    st.html(f"<style>{(PACKAGE / 'ui' / 'style.css').read_text(encoding='utf-8')}</style>")


def top_row() -> None:
    """On every screen: the area worked in, and whether it exists."""
    left, right, switch = st.columns([1.15, 3.75, 0.75], gap="medium", vertical_alignment="center")
    with left:
        _area_picker()
    with switch:
        projection.switch()
    with right:
        if state.store().about()["fictief"]:
            st.html(
                '<p class="wwz-fictief" role="note"><strong>Fictief</strong> Dit is een voorbeeldregio. '
                f"De gebieden en alle cijfers zijn verzonnen.{_offer()}</p>"
            )
        else:
            note("De link in de adresbalk bewaart wat u ziet. Kopieer hem om deze weergave te delen.", printed=False)


def _offer() -> str:
    settings = state.settings()
    can_fetch = settings.ophalen_op_scherm and not settings.mappen
    return " Bij Gegevens haalt u de echte cijfers van uw gemeente op." if can_fetch else ""


def _area_picker() -> None:
    names = area_names(state.store().about()["kenmerk"], state.store())
    st.session_state["keuze-gebied"] = [code for code in state.view().gebied if code in names]

    def chosen() -> None:
        state.change(gebied=tuple(st.session_state["keuze-gebied"]), gekozen="", plaats=None)

    st.multiselect(
        "Gebied",
        list(names),
        key="keuze-gebied",
        on_change=chosen,
        format_func=names.get,
        placeholder=f"{_capital(state.area().naam)} (zoek)",
        label_visibility="collapsed",
        help="Zoek op naam. Kies een gemeente, wijk of buurt. Kiest u er meer, dan telt de WWZ-wijzer ze op tot één "
        "eigen gebied.",
    )


@st.cache_resource(max_entries=2, show_spinner=False)
def area_names(build: str, _store: Store) -> dict[str, str]:
    """Code and full name of every area, for a list to choose from."""
    return {row.code: _full_name(row) for row in _store.areas().itertuples()}


def _full_name(row) -> str:
    level = {"eigen": "eigen gebied"}.get(row.niveau, row.niveau)
    within = (
        f", {row.gemeentenaam}"
        if row.niveau in ("wijk", "buurt") and isinstance(row.gemeentenaam, str)
        else ""
    )
    return f"{row.naam} ({level}{within})"


def tags(*words: str) -> str:
    """Small labels that say how a number is known."""
    return "".join(
        f'<span class="wwz-tag wwz-{escape(w.split()[-1])}">{escape(w)}</span>' for w in words if w
    )


def title(text: str, sub: str = "", *labels: str) -> None:
    """The finding as the title of the screen, with what it is about below."""
    st.html(
        f'<div class="wwz-kop"><h1>{escape(_capital(text))}</h1><p>{escape(sub)} {tags(*labels)}</p></div>'
    )


def legend(classes: Classes, name: str) -> None:
    """Classes and colours of the map, with the number of areas in each, and a row for areas without a figure."""
    rows = list(zip(classes.colours, classes.labels, classes.counts, strict=True))
    cells = "".join(
        f'<li><span class="wwz-vlak" style="background:{escape(colour)}"></span>{escape(label)}'
        f'<span class="wwz-klein">{count}</span></li>'
        for colour, label, count in rows
    )
    missing = (
        f'<li><span class="wwz-vlak wwz-leeg"></span>{escape(classes.missing_label)}'
        f'<span class="wwz-klein">{classes.missing_count}</span></li>'
    )
    st.html(
        f'<ul class="wwz-legenda" aria-label="Legenda: {escape(name)}. Achter elke klasse staat het aantal gebieden.">{cells}{missing}</ul>'
    )


def point_legend(points) -> None:
    """Which colour of dot is which kind of voorziening. `points`: as drawn on the map."""
    items = "".join(
        f'<li><span class="wwz-stip" style="background:{escape(p.colour)}"></span>{escape(p.title)}</li>'
        for p in points
    )
    if items:
        st.html(f'<ul class="wwz-legenda" aria-label="Legenda van de stippen">{items}</ul>')


def outline_legend(text: str) -> None:
    """What the dashed outline of the second layer means."""
    st.html(f'<ul class="wwz-legenda"><li><span class="wwz-vlak wwz-omlijnd"></span>{escape(text)}</li></ul>')


def source_line(*texts: str) -> None:
    """Where the figures come from."""
    lines = "<br>".join(escape(t) for t in dict.fromkeys(texts) if t)
    st.html(f'<p class="wwz-bron">{lines}</p>')


def sentence(text: str) -> None:
    """The reading of a map or chart in words."""
    st.html(f'<p class="wwz-lezing">{escape(text)}</p>')


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def note(text: str, *, printed: bool = True) -> None:
    """A remark in small type; `printed` says whether it also comes on paper."""
    st.html(f'<p class="wwz-bron{"" if printed else " wwz-scherm"}">{escape(text)}</p>')


def sheet_head(level: str, name: str, about: str) -> None:
    """Top of the sheet of one area."""
    st.html(
        f'<div class="wwz-blad"><span class="wwz-klein">{escape(_capital(level))}</span><h2>{escape(_capital(name))}</h2><p>{escape(about)}</p></div>'
    )


def big_number(number: str, under: str, labels: Sequence[str]) -> None:
    """People first, the share and the range below, and how it is known."""
    st.html(
        f'<div class="wwz-getal"><strong>{escape(number)}</strong><p>{escape(under)}</p>{tags(*labels)}</div>'
    )


def bars(rows, unit: str) -> None:
    """Areas compared, as bars with their value in text. `rows`: naam, tekst, breedte (0–100), accent."""
    items = "".join(
        f"<li{' class=wwz-accent' if row.accent else ''}><span>{escape(row.naam)}</span><span>{escape(row.tekst)}</span>"
        f'<i aria-hidden="true"><b style="width:{row.breedte:.0f}%"></b></i></li>'
        for row in rows.itertuples()
    )
    st.html(f'<ul class="wwz-staven" aria-label="Vergelijking, {escape(unit)}">{items}</ul>')


def empty(text: str) -> None:
    """An empty state that says what to do."""
    st.info(text)


def show_error(fout: Fout) -> None:
    """A mistake the visitor or the municipality can do something about."""
    st.error("\n\n".join(escape(zin) for zin in fout.zinnen))
