"""Small pieces of screen that every page uses. The HTML of the product is here, in the legends and in the table; texts are escaped."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from wwz.base.codes import COUNTRY
from wwz.base.errors import Fout
from wwz.base.sentence import capital
from wwz.fetch import job as jobs
from wwz.fetch.items import rules
from wwz.store import Store
from wwz.ui.shared import permission, projection, state, tour
from wwz.ui.shared.celltext import tag_look
from wwz.ui.shared.searchbox import search_box
from wwz.ui.shared.terms import explained, explanation
from wwz.words.numbers import is_known, only_rounded

LOG = logging.getLogger(__name__)


def top_row(
    screens: Sequence[StreamlitPage] = (),
    beside: Callable[[], None] | None = None,
    in_menu: Callable[[], None] | None = None,
) -> None:
    """On every screen: the area worked in, and whether it exists. While projecting: the presenter's bar instead.

    Parameters
    ----------
    screens
        For the menu of the presenter's bar.
    beside, in_menu
        Draw what stands beside the switch for a room, and what stands in the menu of the presenter's bar.
    """
    projection.dress()
    if projection.is_on():
        with projection.bar("Fictief" if state.store().about()["fictief"] else "", tour.back()):
            _area_picker()
            for screen in screens:
                st.page_link(screen)
            if in_menu is not None:
                in_menu()
        tour.head()
        return
    left, right, switch = st.columns([2.3, 2.1, 1.25], gap="medium", vertical_alignment="center")
    with left:
        _area_picker()
    with switch, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        if beside is not None:
            beside()
        projection.switch()
    with right:
        if state.store().about()["fictief"]:
            st.html(
                '<p class="wwz-fictief" role="note"><strong>Fictief</strong> Dit is een voorbeeldregio.<span> '
                f"De gebieden en alle cijfers zijn verzonnen.{_offer()}</span></p>"
            )


def _offer() -> str:
    settings = state.settings()
    if not settings.ophalen_op_scherm or settings.mappen or not permission.may_edit("ophalen"):
        return ""
    probe = jobs.probe_once(settings, rules()["standaard_jaar"])
    if probe and probe.soort == "verbinding" and probe.fout:
        return " Met internet haalt u bij Gegevens echte cijfers op."
    return " Bij Gegevens haalt u echte cijfers op."


def _area_picker() -> None:
    view = state.view()

    def chosen(codes: tuple[str, ...], open_stays: bool) -> None:
        # The country is what one works in when nothing is chosen.
        area = () if COUNTRY in codes else codes
        if area != state.view().gebied:
            state.change(gebied=area, gekozen="", plaats=None)
        elif not open_stays:
            state.choose_area("")

    search_box(
        state.store(),
        "Gebied",
        "zoek-gebied",
        view.gebied,
        chosen,
        open_code=view.gekozen,
        resting=capital(state.area().naam),
        hint="Zoek op naam of postcode. Kies een gemeente, wijk of buurt. Kiest u er meer, dan telt de WWZ-wijzer ze op tot één eigen gebied.",
        show_label=False,
    )


def tags(*words: str) -> str:
    """Small labels that say how a number is known."""
    return "".join(
        f'<span class="wwz-tag wwz-{tag_look(w)}" title="{escape(explanation(w))}">{escape(w)}</span>'
        for w in words
        if w
    )


def title(text: str, sub: str = "", *labels: str, number: str = "") -> None:
    """The finding as the title of the screen, with what it is about below; on a phone a number may stand above it."""
    above = f'<p class="wwz-kop-getal">{escape(capital(number))}</p>' if number else ""
    st.html(
        f'<div class="wwz-kop">{above}<h1>{escape(capital(text))}</h1><p>{explained(sub)} {tags(*labels)}</p></div>'
    )


def source_line(*texts: str) -> None:
    """Where the figures come from."""
    named = [escape(text) for text in dict.fromkeys(texts) if text]
    # On a phone a long list is one button.
    words = f"<span>Bronnen ({len(named)})</span><span>Verberg de bronnen</span>"
    fold = f'<details class="wwz-meer"><summary>{words}</summary></details>' if len(named) > 2 else ""
    st.html(f'{fold}<p class="wwz-bron">{"<br>".join(named)}</p>')


def sentence(text: str) -> None:
    """The reading of a map or chart in words."""
    st.html(f'<p class="wwz-lezing">{explained(text)}</p>')


def story_block(heading: str, sentences: Sequence[str], labels: Sequence[str], lines: Sequence = ()) -> None:
    """A part of a story: a heading, its figures as large numbers or else a paragraph, and how they are known.

    `lines`: getal, tekst, marge.
    """
    body = _numbers(lines) if lines else f"<p>{explained(' '.join(sentences))}</p>"
    st.html(f'<section class="wwz-verhaal"><h2>{escape(heading)}</h2>{body}{tags(*labels)}</section>')


def number_list(lines: Sequence) -> None:
    """Figures as large numbers. `lines`: getal, tekst, marge."""
    st.html(_numbers(lines))


def _numbers(lines: Sequence) -> str:
    items = "".join(
        f"<li><strong>{escape(capital(line.getal))}</strong><span>{escape(line.tekst)}</span>"
        f"{f'<small>{escape(line.marge)}</small>' if line.marge else ''}</li>"
        for line in lines
    )
    return f'<ul class="wwz-regels">{items}</ul>'


def points(texts: Sequence[str]) -> None:
    """Sentences below each other, one idea each."""
    lines = "".join(f"<li>{explained(text)}</li>" for text in texts)
    st.html(f'<ul class="wwz-punten">{lines}</ul>')


def card_title(text: str) -> None:
    """The heading of a card with a chart."""
    st.html(f'<h2 class="wwz-kaartkop">{escape(text)}</h2>')


def note(text: str, *, printed: bool = True) -> None:
    """A remark in small type; `printed` says whether it also comes on paper."""
    st.html(f'<p class="wwz-bron{"" if printed else " wwz-scherm"}">{explained(text)}</p>')


def beside(text: str) -> None:
    """A word or two before buttons in a row."""
    st.html(f'<p class="wwz-klein">{escape(text)}</p>', width="content")


def sheet_head(level: str, name: str, about: str) -> None:
    """Top of the sheet of one area."""
    st.html(
        f'<div class="wwz-blad"><span class="wwz-klein">{escape(capital(level))}</span><h2>{escape(capital(name))}</h2><p>{escape(about)}</p></div>'
    )


def big_number(number: str, under: str, labels: Sequence[str]) -> None:
    """People first, the share and the range below, and how it is known."""
    st.html(
        f'<div class="wwz-getal"><strong>{escape(capital(number))}</strong><p>{escape(under)}</p>{tags(*labels)}</div>'
    )


def bars(rows, unit: str, *, heading: str = "") -> None:
    """Areas compared, as bars with their value in text. `rows`: naam, tekst, breedte (0–100), accent."""
    items = "".join(
        f"<li{' class=wwz-accent' if row.accent else ''}><span>{escape(row.naam)}</span><span>{escape(row.tekst)}</span>"
        f'<i aria-hidden="true"><b style="width:{row.breedte:.0f}%"></b></i></li>'
        for row in rows.itertuples()
    )
    above = f'<h2 class="wwz-stavenkop">{escape(heading)}</h2>' if heading else ""
    st.html(f'{above}<ul class="wwz-staven" aria-label="Vergelijking, {escape(unit)}">{items}</ul>')


def range_bars(rows, unit: str) -> None:
    """Areas compared, as bars with their margin drawn over them; HTML, so that it prints as it looks.

    Parameters
    ----------
    rows
        As `wwz.figures.comparison` gives them: naam, waarde, onder, boven, tekst, accent.
    unit
        For screen readers.
    """
    top = float(rows[["waarde", "boven"]].max(axis=None)) or 1.0
    items = "".join(_range_bar(row, top) for row in rows.itertuples())
    st.html(f'<ul class="wwz-staven wwz-marges" aria-label="Vergelijking, {escape(unit)}">{items}</ul>')


def _range_bar(row, top: float) -> str:
    bar = margin = ""
    if is_known(row.waarde):
        bar = f'<b style="width:{100 * row.waarde / top:.1f}%"></b>'
    if is_known(row.onder) and row.boven > row.onder and not only_rounded(row):
        left, wide = 100 * row.onder / top, 100 * (row.boven - row.onder) / top
        margin = f'<u style="left:{left:.1f}%;width:{wide:.1f}%"></u>'
    look = " class=wwz-accent" if row.accent else ""
    return (
        f"<li{look}><span>{escape(row.naam)}</span><span>{escape(row.tekst)}</span>"
        f'<i aria-hidden="true">{bar}{margin}</i></li>'
    )


def map_credit(store: Store, *, points: bool = True) -> str:
    """Who is named on a map: for the boundaries, and for the points that are on it or behind its figures."""
    about = store.about()
    return " · ".join(filter(None, (about["bron_grenzen"], about["bron_punten"] if points else "")))


def job(kind: str, text: str, agreed: str, done: bool) -> None:
    """One job: its kind, what it says, and what is agreed on it."""
    st.html(
        f'<section class="wwz-klus{" wwz-klaar" if done else ""}"><h3>{escape(kind)}</h3>'
        f"<div><p>{explained(text)}</p><small>{escape(agreed)}</small></div></section>"
    )


def pressure_list(rows) -> None:
    """Figures, each with its margin, what it is beside and how it is known. `rows`: regel (getal, tekst, marge), naast, hoe."""
    lines = "".join(
        f"<div><dt>{escape(row.regel.tekst)}"
        f"{''.join(f'<small>{escape(text)}</small>' for text in (row.regel.marge, row.naast, row.hoe) if text)}</dt>"
        f"<dd><strong>{escape(capital(row.regel.getal))}</strong></dd></div>"
        for row in rows
    )
    st.html(f'<dl class="wwz-druk">{lines}</dl>')


def empty(text: str) -> None:
    """An empty state that says what to do."""
    st.info(text)


def warning(text: str) -> None:
    """Something that cannot be right, and what to do about it."""
    st.warning(escape(text))


def show_error(fout: Fout) -> None:
    """A mistake the visitor or the municipality can do something about."""
    st.error("\n\n".join(escape(zin) for zin in fout.zinnen))


def show_any_error(error: Exception) -> bool:
    """What a visitor reads when something stops a screen: never a stack, never a sentence of the framework.

    Parameters
    ----------
    error
        A Fout is shown in its own words. Anything else is a defect of ours: it stands in the log of the server, and
        the visitor gets the moment by which it is found there.

    Returns
    -------
    bool
        True: Streamlit has nothing to add.
    """
    if isinstance(error, Fout):
        show_error(error)
    else:
        moment = datetime.now().strftime("%d-%m-%Y %H:%M:%S")
        LOG.error("%s: het scherm is niet te maken", moment, exc_info=error)
        st.error(
            f"Dit deel van het scherm is niet te maken. Laad de pagina opnieuw. Blijft dit zo? Geef uw beheerder dan "
            f"dit tijdstip door: {moment}. Bij dat tijdstip staat in het logboek van de server wat er misging."
        )
    return True
