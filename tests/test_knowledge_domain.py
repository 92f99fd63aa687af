"""The domain files: complete, sourced, and refused in plain Dutch when they are broken."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from itertools import product
from pathlib import Path

import pytest

from wwz.base.errors import Fout
from wwz.build.knowledge_tables import knowledge_tables
from wwz.knowledge import domain, load_toml, variables

BESTANDEN = (
    "doelgroepen.toml",
    "randvoorwaarden.toml",
    "meetregels.toml",
    "eisen.csv",
    "normen.toml",
    "referenties.csv",
    "begrippen.toml",
    "bronnen.toml",
)

# Tabel 3 in the order of the source (RIGO, March 2014).
RIJEN = """info-advies monitoring
respijtzorg huishoudelijke-verzorging persoonlijke-verzorging begeleiding dagstructuur kortdurend-verblijf
alarm alarmopvolging-30 alarmopvolging-10
beugels nultrede rolstoelgeschikt beveiliging
aanspreekpunt-passief aanspreekpunt-actief winkels-100 winkels-1000 ontmoeting-100 ontmoeting-1000
ruimte-rollator ruimte-rolstoel"""
TABEL_3 = RIJEN.split()

# Doelgroep 3, typed over by hand from the starting table of the domain: inwonend, uitwonend, geen.
DOELGROEP_3 = {
    "info-advies": "WWN",
    "monitoring": "FWN",
    "respijtzorg": "NW-",
    "huishoudelijke-verzorging": "WNN",
    "persoonlijke-verzorging": "NNN",
    "begeleiding": "FWN",
    "dagstructuur": "FWW",
    "kortdurend-verblijf": "NWW",
    "alarm": "WNN",
    "alarmopvolging-30": "NN-",
    "alarmopvolging-10": "FWN",
    "beugels": "NNN",
    "nultrede": "NNN",
    "rolstoelgeschikt": "WWW",
    "beveiliging": "FFW",
    "aanspreekpunt-passief": "FWN",
    "aanspreekpunt-actief": "FFW",
    "winkels-1000": "WNN",
    "winkels-100": "FFW",
    "ontmoeting-1000": "WNN",
    "ontmoeting-100": "FFW",
    "ruimte-rollator": "NNN",
    "ruimte-rolstoel": "WWW",
}

SITUATIES = ("inwonend", "uitwonend", "geen")


@pytest.fixture
def kopie(tmp_path: Path) -> Path:
    """A folder with its own copy of the files, free to break."""
    for naam in BESTANDEN:
        shutil.copy(domain.HIER / naam, tmp_path / naam)
    return tmp_path


def vervang(folder: Path, bestand: str, oud: str, nieuw: str) -> None:
    """Change the first ``oud`` in a file; fails when it is not there."""
    pad = folder / bestand
    tekst = pad.read_text(encoding="utf-8")
    assert oud in tekst, f"{oud!r} staat niet in {bestand}"
    pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")


def fouten(folder: Path) -> list[str]:
    """The mistakes reported for a folder, without the heading."""
    with pytest.raises(ValueError) as gevangen:
        domain.domein(folder)
    assert isinstance(gevangen.value, Fout)
    kop, *regels = gevangen.value.zinnen
    assert kop.startswith("De kennisbestanden in ")
    assert str(gevangen.value).count("\n") == len(regels)
    return regels


# ---------------------------------------------------------------- content


def test_twaalf_doelgroepen_in_de_volgorde_van_de_dias() -> None:
    verwacht = "ouderen-1 ouderen-2a ouderen-2b ouderen-3 ouderen-4a ouderen-4b ouderen-4c ggz lvb mvb lg zg"
    assert list(domain.doelgroepen()) == verwacht.split()


def test_rijen_van_tabel_3_staan_er_eerst_en_in_volgorde() -> None:
    codes = list(domain.randvoorwaarden())
    assert codes[: len(TABEL_3)] == TABEL_3
    rest = [r.groep for r in list(domain.randvoorwaarden().values())[len(TABEL_3) :]]
    assert rest and set(rest) == {"aanvullend"}


def test_matrix_is_compleet() -> None:
    verwacht = set(product(domain.doelgroepen(), SITUATIES, domain.randvoorwaarden()))
    assert set(domain.eisen()) == verwacht
    assert len(verwacht) == 12 * 3 * len(domain.randvoorwaarden())


@pytest.mark.parametrize("code", TABEL_3)
def test_doelgroep_3_is_de_tabel(code: str) -> None:
    graden = "".join(domain.eisen()["ouderen-3", m, code].graad for m in SITUATIES)
    assert graden == DOELGROEP_3[code]


def test_graden_zijn_een_aanname_met_een_reden() -> None:
    for sleutel, eis in domain.eisen().items():
        assert eis.merk == "A", sleutel
        assert 15 < len(eis.reden) < 160 and eis.reden.endswith("."), sleutel
        assert "aanname" in domain.herkomst(eis), sleutel


def test_wat_de_dia_noemt_verwijst_naar_s004() -> None:
    for eis in domain.eisen().values():
        assert eis.reden.startswith(("De bron", "De tekst")) == (eis.bron == "S004"), eis


def test_zonder_mantelzorger_geen_respijtzorg() -> None:
    assert all(domain.eisen()[d, "geen", "respijtzorg"].graad == "-" for d in domain.doelgroepen())


def test_strenge_alarmopvolging_vervangt_de_ruime() -> None:
    for d, m in product(domain.doelgroepen(), SITUATIES):
        if domain.eisen()[d, m, "alarmopvolging-10"].graad == "N":
            assert domain.eisen()[d, m, "alarmopvolging-30"].graad == "-", (d, m)


@pytest.mark.parametrize("wat", ["winkels", "ontmoeting"])
def test_dichtbij_is_nooit_harder_nodig_dan_binnen_een_kilometer(wat: str) -> None:
    orde = "-FWN"
    for d, m in product(domain.doelgroepen(), SITUATIES):
        dichtbij, ruim = (domain.eisen()[d, m, f"{wat}-{n}"].graad for n in (100, 1000))
        assert orde.index(dichtbij) <= orde.index(ruim), (d, m)


def test_honderd_meter_is_niet_uit_een_gemiddelde_te_halen() -> None:
    rijen = domain.randvoorwaarden()
    assert {c for c, r in rijen.items() if r.norm_m == 100} == {"winkels-100", "ontmoeting-100"}
    regels = knowledge_tables(10, True)["meetregel"].query("regel == 'gemiddelde'")
    vanaf = {r.randvoorwaarde: json.loads(r.parameters)["vanaf"] for r in regels.itertuples()}
    assert set(vanaf) == {"winkels-100", "winkels-1000"}
    assert vanaf["winkels-100"] > 100 and vanaf["winkels-1000"] <= 1000


def test_beperkingen_van_de_dias_zijn_gemerkt_als_gevonden() -> None:
    ggz = {b.domein: (b.ernst_van, b.ernst_tot, b.merk) for b in domain.doelgroepen()["ggz"].beperkingen}
    assert ggz["sociale_redzaamheid"] == ("matig", "ernstig", "S")
    assert ggz["sociaal_functioneren"] == ("matig", "ernstig", "S")
    assert ggz["probleemgedrag"] == ("licht", "ernstig", "S")
    assert ggz["psychisch"] == ("matig", "ernstig", "S")
    assert ggz["lichamelijk"][2] == "A"
    for d in domain.doelgroepen().values():
        for b in d.beperkingen:
            assert (b.bron == "eigen") == (b.merk == "A"), (d.code, b.domein)


def test_deel_van_vv04_telt_op_tot_een() -> None:
    delen = [d.aandeel_zzp for d in domain.doelgroepen().values() if d.zzp == "VV04"]
    assert delen == [0.75, 0.125, 0.125]


def test_extramuralisering_telt_op_tot_de_dia() -> None:
    per_sector: dict[str, int] = {}
    for e in domain.extramuralisering():
        per_sector[e.sector] = per_sector.get(e.sector, 0) + e.aantal
        assert e.peildatum.isoformat() == "2013-07-01"
    assert per_sector == {"VV": 52225, "VG": 18735, "LG": 2835, "ZG": 345, "GGZ": 37135}
    assert sum(per_sector.values()) == 111275


def test_elk_getal_en_oordeel_heeft_bron_jaar_en_merk() -> None:
    alles = domain.domein()
    rijen = [
        *alles.doelgroepen.values(),
        *(b for d in alles.doelgroepen.values() for b in d.beperkingen),
        *alles.extramuralisering,
        *alles.randvoorwaarden.values(),
        *alles.eisen.values(),
        *alles.normen.values(),
        *alles.referenties.values(),
    ]
    assert len(rijen) > 1300
    for rij in rijen:
        assert rij.bron in alles.bronnen and 1980 <= rij.jaar <= 2040 and rij.merk in {"S", "K", "A"}, rij


def test_getal_zonder_vindplaats_heet_nooit_gevonden() -> None:
    for rij in [*domain.normen().values(), *domain.referenties().values()]:
        if rij.bron in {"eigen", "onbekend-gevonden"}:
            assert rij.merk != "S", rij.code


def test_landelijke_cijfers_per_indicator() -> None:
    lagen = "mobiliteit horen zien ernstig_beperkt regie eenzaam eenzaam_ernstig angst_depressie rondkomen"
    for laag, leeftijd in product([*lagen.split(), "mantelzorger"], ("18", "65")):
        cijfer = domain.referentie_van(f"{laag}_{leeftijd}", 2020)
        assert cijfer and 0 < cijfer.waarde < 100 and cijfer.eenheid == "%", (laag, leeftijd)
    assert domain.referentie_van("afstand_supermarkt", 2020).waarde == 0.9
    assert domain.referentie_van("mobiliteit_18", 1999) is None


def test_landelijke_cijfers_zijn_die_van_de_bron(nederland_data: Path) -> None:
    """Against the published table itself, where it is at hand."""
    pd = pytest.importorskip("pandas")
    for leeftijd in ("18", "65"):
        rij = pd.read_parquet(nederland_data / f"gezondheid2020_50120NED_{leeftijd}plus.parquet").iloc[0]
        assert rij["WijkenEnBuurten"].strip() == "NL01"
        for laag, stam in (("mobiliteit", "BeperkingInBewegen"), ("rondkomen", "MoeiteMetRondkomen")):
            kolom = next(k for k in rij.index if re.fullmatch(rf"{stam}_\d+", k))
            assert domain.referentie_van(f"{laag}_{leeftijd}", 2020).waarde == rij[kolom]
        regie = next(k for k in rij.index if k.startswith("MatigVeelRegie"))
        cijfer = domain.referentie_van(f"regie_{leeftijd}", 2020).waarde
        assert cijfer == pytest.approx(100 - rij[regie], abs=1e-9)


def test_verwijzingen_naar_de_catalogus_bestaan() -> None:
    """Every indicator and kind of voorziening named here is one the catalogue knows."""
    catalogus = tomllib.loads((domain.HIER / "indicatoren.toml").read_text(encoding="utf-8"))
    codes = {i["code"] for i in catalogus["indicator"]}
    met_leeftijd = codes | {f"{i['code']}_{g}" for i in catalogus["indicator"] for g in i.get("groepen", ())}
    bereik = {f"bereik_{r['code']}" for r in load_toml("afstand.toml")["bereik"]}
    aantal = {r["variabele"] for r in load_toml("afstand.toml")["aantal"]}
    gebruikt = set(variables())
    bekend = {
        "bereik": bereik, "buiten_bereik": bereik, "dichtbij": bereik, "vierkant": {"supermarkt", "winkel"}, "telling": aantal, "gebruik": gebruikt, "weinig_gebruik": gebruikt, "risico": gebruikt, "omgeving": gebruikt,
        "label": {"label_nultrede", "label_rolstoel"}, "haltes": {"halte_rolstoel"},
    }  # fmt: skip
    for m in domain.meetregels():
        assert set(m.indicatoren) <= bekend.get(m.regel, codes), m.regel
    for f in domain.referenties().values():
        assert not f.indicator or f.indicator in met_leeftijd, f.code
    soorten = {s["code"] for s in load_toml("voorzieningen.toml")["voorziening"]}
    for rij in load_toml("afstand.toml")["bereik"]:
        assert set(rij["voorzieningen"]) <= soorten, rij["code"]


def test_begrippen_zijn_kort() -> None:
    assert len(domain.begrippen()) >= 35
    for begrip in domain.begrippen().values():
        zinnen = re.findall(r"[.!?](?:\s|$)", begrip.uitleg)
        assert 1 <= len(zinnen) <= 2, begrip.code


def test_bronregel_krijgt_het_jaar() -> None:
    regel = domain.bronnen()["kwb"].regel(2022)
    assert "CBS" in regel and "2022" in regel and "CC BY 4.0" in regel
    assert domain.bronnen()["grenzen"].regel(2024) == (
        "Grenzen: Kadaster / Centraal Bureau voor de Statistiek, 2024"
    )
    assert domain.bronnen()["kwb"].tabellen[2020] == "84799NED"


def test_kennis_is_alleen_te_lezen() -> None:
    with pytest.raises(TypeError):
        domain.eisen()["ouderen-3", "geen", "alarm"] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        domain.normen()["bankje"].waarde = 1  # type: ignore[misc]


# ---------------------------------------------------------------- broken files


def test_ongebroken_kopie_is_gelijk(kopie: Path) -> None:
    assert domain.eisen(kopie) == domain.eisen()


def test_alle_fouten_in_een_keer(kopie: Path) -> None:
    vervang(kopie, "eisen.csv", "ouderen-3,geen,alarm,N", "ouderen-3,geen,alarm,X")
    vervang(kopie, "doelgroepen.toml", 'cluster = "ggz"', 'cluster = "zggz"')
    vervang(kopie, "normen.toml", "waarde = 500", 'waarde = "ver"')
    vervang(kopie, "referenties.csv", "cbs-85454,S", "cbs-bestaat-niet,S")
    vervang(kopie, "begrippen.toml", 'term = "wijk"', 'term = ""')
    vervang(kopie, "bronnen.toml", "buurten {jaar}", "buurten {datum}")
    vervang(kopie, "randvoorwaarden.toml", "norm_m = 100\n", "")
    gevonden = fouten(kopie)
    verwacht = [
        ("eisen.csv", "ouderen-3 / geen / alarm", "graad 'X'"),
        ("doelgroepen.toml", "'ggz'", "cluster 'zggz'"),
        ("normen.toml", "'lopen_oudere'", "'ver'"),
        ("referenties.csv", "'adl_55plus'", "'cbs-bestaat-niet'"),
        ("begrippen.toml", "'wijk'", "'term'"),
        ("bronnen.toml", "'kwb'", "{jaar}"),
        # Three rules of that randvoorwaarde compare with its norm.
        ("meetregels.toml", "('bereik')", "'winkels-100' heeft geen norm in meters"),
        ("meetregels.toml", "('vierkant')", "'winkels-100' heeft geen norm in meters"),
        ("meetregels.toml", "('gemiddelde')", "'winkels-100' heeft geen norm in meters"),
    ]
    for delen in verwacht:
        assert sum(all(deel in regel for deel in delen) for regel in gevonden) == 1, (delen, gevonden)
    assert len(gevonden) == len(verwacht), gevonden


@pytest.mark.parametrize("veld", ["reden", "bron", "jaar", "merk", "graad"])
def test_lege_cel_in_de_matrix(kopie: Path, veld: str) -> None:
    pad = kopie / "eisen.csv"
    kop, eerste, *rest = pad.read_text(encoding="utf-8").splitlines()
    cellen = eerste.split(",")
    cellen[kop.split(",").index(veld)] = ""
    pad.write_text("\n".join([kop, ",".join(cellen), *rest]), encoding="utf-8")
    assert fouten(kopie) == [f"eisen.csv, regel 2: het veld '{veld}' ontbreekt of is leeg."]


def test_ontbrekende_en_dubbele_combinatie(kopie: Path) -> None:
    pad = kopie / "eisen.csv"
    regels = pad.read_text(encoding="utf-8").splitlines()
    regels[1] = regels[2]
    pad.write_text("\n".join(regels), encoding="utf-8")
    gevonden = fouten(kopie)
    assert len(gevonden) == 2
    assert "ouderen-1 / inwonend / monitoring: deze combinatie staat er twee keer in" in gevonden[0]
    assert "ouderen-1 / inwonend / info-advies: deze combinatie ontbreekt" in gevonden[1]


def test_kapotte_doelgroep_geeft_geen_stroom_van_gevolgen(kopie: Path) -> None:
    vervang(kopie, "doelgroepen.toml", 'zzp = "VV03"\nleeftijd', "leeftijd")
    assert fouten(kopie) == ["doelgroepen.toml, doelgroep 'ouderen-3': het veld 'zzp' ontbreekt of is leeg."]


@pytest.mark.parametrize(
    ("oud", "nieuw", "wat"),
    [
        ('merk = "S"', 'merk = "Z"', "merk 'Z'"),
        ("jaar = 2026\nmerk", "jaar = 1066\nmerk", "jaar 1066"),
        ("waarde_tot = 125", "waarde_tot = 50", "waarde_tot"),
        ("waarde = 800", "waarde = nan", "'nan'"),
        ("waarde = 800", "waarde = 800\nwarde = 3", "veld 'warde' is onbekend"),
        ('code = "lopen_gemiddeld"', 'code = "bankje"', "twee keer"),
        ("waarde = 800", "waarde = = 800", "schrijfwijze"),
    ],
)
def test_fout_in_de_normen(kopie: Path, oud: str, nieuw: str, wat: str) -> None:
    vervang(kopie, "normen.toml", oud, nieuw)
    gevonden = fouten(kopie)
    assert len(gevonden) == 1 and gevonden[0].startswith("normen.toml, ") and wat in gevonden[0], gevonden


@pytest.mark.parametrize(
    ("oud", "nieuw", "wat"),
    [
        ('"huishouden", "regie", "eenzaam"]', '"huishouden", "regie", "eenzaamheid"]', "laag 'eenzaamheid'"),
        ('ernst_van = "licht", ernst_tot = "matig"', 'ernst_van = "matig", ernst_tot = "licht"', "erger"),
        ('domein = "psychisch"', 'domein = "lichamelijk"', "precies één keer"),
        ('doelgroepen = ["zg"]', 'doelgroepen = ["zgg"]', "'zgg'"),
        ("aandeel_zzp = 0.75", "aandeel_zzp = 75", "aandeel_zzp"),
    ],
)
def test_fout_in_de_doelgroepen(kopie: Path, oud: str, nieuw: str, wat: str) -> None:
    vervang(kopie, "doelgroepen.toml", oud, nieuw)
    gevonden = fouten(kopie)
    assert len(gevonden) == 1 and wat in gevonden[0], gevonden


@pytest.mark.parametrize("bestand", BESTANDEN)
def test_ontbrekend_bestand(kopie: Path, bestand: str) -> None:
    (kopie / bestand).unlink()
    assert fouten(kopie) == [f"{bestand}: dit bestand ontbreekt."]


def test_verkeerde_tekenset(kopie: Path) -> None:
    (kopie / "begrippen.toml").write_bytes("# één".encode("latin-1"))
    assert fouten(kopie) == ["begrippen.toml: dit bestand is niet opgeslagen als UTF-8."]
