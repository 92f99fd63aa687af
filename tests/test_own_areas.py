"""Areas of one's own: kept with every version, found everywhere as any area, and no way around what is hidden."""

from __future__ import annotations

import json
import random

import pandas as pd
import pytest
from privacy_hulp import CODE, Shown, attack, count

from wwz.ask.area import find_area, pinned
from wwz.ask.areasearch import AreaIndex
from wwz.ask.compare import side_by_side
from wwz.ask.ownareas import all_areas, members
from wwz.ask.view import View, from_query
from wwz.base.errors import Fout
from wwz.cli.main import main
from wwz.export.delimited import make_csv
from wwz.export.sheet import make_sheet
from wwz.knowledge import load_toml
from wwz.own import areas as ownareas
from wwz.own.areas.kept import keep_all
from wwz.own.ledger import Botsing
from wwz.store import Store
from wwz.ui.shared.searchroute import chosen_entry

SLACK = load_toml("privacy.toml")["speling"]


def buurten(store: Store, number: int) -> list[str]:
    areas = store.areas()
    return sorted(areas.loc[areas["kleinste"] & (areas["inwoners"] > 100), "code"])[:number]


# ------------------------------------------------------------- kept


def test_every_version_stays_and_can_be_linked(own):
    three = buurten(own, 3)
    first = ownareas.keep(own.path, "  Ons gebied ", three[:2], "Anna", doel="thuis", eigenaar="gemeente")
    assert (first.code, first.versie, first.naam, first.doel) == ("EGA000", 1, "Ons gebied", "thuis")
    second = ownareas.keep(own.path, "Ons gebied", three, "Bert", code=first.code, gezien=1)
    assert second.versie == 2 and second.pin == "EGA000@2"
    assert find_area(own, ["EGA000"]).buurten == tuple(three)
    assert find_area(own, ["EGA000@1"]).buurten == tuple(three[:2])
    assert pinned(own, ("EGA000", "GM9901")) == ("EGA000@2", "GM9901")
    ownareas.remove(own.path, "EGA000", "Anna")
    assert ownareas.kept(own.path) == [] and len(ownareas.versions(own.path, "EGA000")) == 2
    with pytest.raises(Fout, match="EGA000 is er niet"):
        find_area(own, ["EGA000"])
    # A code is never given again: an old link would open another area.
    assert ownareas.keep(own.path, "Ander gebied", three, "Anna").code == "EGA001"


def test_who_saw_an_older_version_is_told(own):
    three = buurten(own, 3)
    one = ownareas.keep(own.path, "A", three[:2], "Anna")
    ownareas.keep(own.path, "A", three[:1], "Bert", code=one.code, gezien=1)
    with pytest.raises(Botsing, match="Bert wijzigde dit"):
        ownareas.keep(own.path, "A", three, "Anna", code=one.code, gezien=1)
    assert find_area(own, [one.code]).buurten == tuple(three[:1])


def test_everything_that_is_wrong_is_said_at_once(own):
    ownareas.keep(own.path, "Noord", buurten(own, 1), "Anna")
    with pytest.raises(Fout) as wrong:
        keep_all(own.path, [("noord", []), ("", ["<b>"])], "Anna")
    assert len(wrong.value.zinnen) == 4, wrong.value.zinnen
    assert [area.naam for area in ownareas.kept(own.path)] == ["Noord"]


def test_an_area_that_is_not_whole_in_the_data_has_no_sums(own):
    one = ownareas.keep(own.path, "Oud", [*buurten(own, 1), "BU00010101"], "Anna")
    with pytest.raises(Fout, match="Niet in de gegevens staan deze buurten van Oud: BU00010101"):
        find_area(own, [one.code])
    assert one.code not in set(all_areas(own)["code"])


# ------------------------------------------------------------- used as any area


def test_it_is_the_sum_of_its_buurten_and_overlap_counts_once(own):
    four = buurten(own, 4)
    people = own.areas().set_index("code")["inwoners"]
    codes = [a.code for a in keep_all(own.path, [("A", four[:3]), ("B", four[1:])], "Anna")]
    for code, inside in zip(codes, (four[:3], four[1:]), strict=True):
        assert find_area(own, [code]).figures(["inwoners"])["teller"].item() == people[inside].sum()
    both = find_area(own, codes)
    assert both.naam == "A en B" and both.figures(["inwoners"])["teller"].item() == people[four].sum()
    assert members(own, [*codes, four[0]]) == tuple(four)
    with pytest.raises(Fout, match="BU00000001, EGZ999"):
        members(own, ["BU00000001", "EGZ999"])


def test_it_is_found_and_compared_and_exported(own):
    two = buurten(own, 2)
    one = ownareas.keep(own.path, "Rond het plein", two, "Anna")
    index = AreaIndex(all_areas(own))
    assert [e.code for e in index.find("rond het pl")][:1] == [one.code]
    assert index.entry(one.code).over == "eigen gebied"
    area = find_area(own, [one.code])
    assert (area.kind, area.link) == ("eigen gebied", (one.code,))
    rows = side_by_side(own, find_area(own, ["GM9901"]), "mobiliteit_18", pinned(own, [one.code]))
    assert "Rond het plein" in set(rows["naam"])
    view = from_query({"gebied": one.code, "laag": "mobiliteit_18"})
    assert view.gebied == (one.code,) and from_query({"gebied": "EG00001,EGAAAA,EGA000@2"}).gebied == (
        "EGA000@2",
    )
    sheet = make_sheet(own, View(gebied=view.gebied, laag="mobiliteit_18"))
    assert "Rond het plein" in sheet.subject and all(code in make_csv(sheet).decode() for code in two)


def test_compared_again_after_a_change_it_is_the_new_one(own):
    three = buurten(own, 3)
    one = ownareas.keep(own.path, "A", three[:1], "Anna")
    gemeente = find_area(own, ["GM9901"])

    def value():
        rows = side_by_side(own, gemeente, "mobiliteit_18", pinned(own, [one.code]))
        return rows.set_index("naam")["waarde"]["A"]

    before = value()
    ownareas.keep(own.path, "A", three[1:], "Anna", code=one.code, gezien=1)
    assert value() != before


def test_command_line(own, capsys):
    two = buurten(own, 2)
    place = ["--database", str(own.path)]
    assert (
        main(["gebied", "nieuw", "--naam", "Plein", "--gebied", ",".join(two), "--wie", "Anna", *place]) == 0
    )
    assert main(["gebied", "wijzig", "--code", "EGA000", "--doel", "thuis", "--wie", "Bert", *place]) == 0
    capsys.readouterr()
    main(["gebied", "lijst", "--formaat", "json", *place])
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["versie"], row["doel"], row["buurten"]) == (2, "thuis", two)
    assert row["inwoners"] == own.areas().set_index("code")["inwoners"][two].sum()
    main(["gebieden", "--niveau", "eigen", *place])
    assert "EGA000,Plein,eigen" in capsys.readouterr().out
    assert main(["gebied", "weg", "--code", "EGB999", "--wie", "Anna", *place]) == 2
    assert "EGB999 is er niet" in capsys.readouterr().err


# ------------------------------------------------------------- what is hidden stays hidden


@pytest.mark.lang
@pytest.mark.parametrize("seed", range(2))
def test_overlapping_areas_do_not_give_a_hidden_count(tmp_path, seed):
    """Someone composes many areas that overlap, and works out everything that follows from their sums and differences."""
    draw = random.Random(seed)
    codes = [f"BU9901{w:02d}{b:02d}" for w in range(2) for b in range(5)]
    truth = {code: draw.choice((3, 6, 8, 25, 40, 60)) for code in codes} | {codes[0]: 4}
    shown = Shown(tmp_path, codes, [count(code, number) for code, number in truth.items()])
    hidden = set(shown.tables().query("verborgen or soort == 'niet getoond'").index) & set(codes)
    assert codes[0] in hidden
    # Nested, shifted by one, all but one, and random: what differences are made of.
    sets = [codes[:n] for n in range(2, 10)] + [codes[n : n + 4] for n in range(7)]
    sets += [[c for c in codes if c != one] for one in codes] + [draw.sample(codes, 5) for _ in range(10)]
    keep_all(shown.store.path, [(f"gebied {n}", part) for n, part in enumerate(sets)], "proef")
    known = shown.equations()
    for one in ownareas.kept(shown.store.path):
        row = find_area(shown.store, [one.code]).figures([CODE]).iloc[0]
        if pd.notna(row["teller"]):
            known.append((frozenset(one.buurten), float(row["teller"])))
    found = attack({c: (0, 9 if c in hidden and truth[c] < 10 else 1000) for c in codes}, _rows(known))
    for code in hidden:
        low, high = found[code]
        assert high - low >= SLACK, (code, truth[code], low, high)


def test_the_attack_finds_what_an_unprotected_sum_gives_away(tmp_path):
    """So that the test above cannot pass because the attacker is weak."""
    codes = [f"BU990100{b:02d}" for b in range(5)]
    shown = Shown(tmp_path, codes, [count(code, 30) for code in codes])
    known = [(frozenset(part), 30.0 * len(part)) for part in (codes[:3], codes[:2])]
    low, high = attack({c: (0, 1000) for c in codes}, _rows(known))[codes[2]]
    assert (low, high) == pytest.approx((30, 30)) and shown.own(codes[:3])["teller"] == 90


def _rows(known):
    return [({code: 1.0 for code in part}, total) for part, total in known]


def test_a_version_in_a_link_stands_in_the_search_box(own):
    three = buurten(own, 3)
    ownareas.keep(own.path, "Ons gebied", three[:2], "Anna")
    ownareas.keep(own.path, "Onze wijk", three, "Anna", code="EGA000", gezien=1)
    first = chosen_entry(own, "EGA000@1")
    assert (first.code, first.naam, first.over) == ("EGA000@1", "Ons gebied", "eigen gebied, versie 1")
    assert chosen_entry(own, "EGA000").naam == "Onze wijk" and chosen_entry(own, three[0]).code == three[0]
    assert [chosen_entry(own, code) for code in ("EGA000@3", "EGA001", "", "onzin")] == [None] * 4
