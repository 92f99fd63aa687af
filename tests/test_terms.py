"""Words of the field and of the framework: explained where they stand, and in Dutch."""

import re
import tomllib

from wwz.base.paths import KNOWLEDGE
from wwz.knowledge import domain
from wwz.ui.shared.dutch import script
from wwz.ui.shared.terms import explained, explanation

TABLE = tomllib.loads((KNOWLEDGE / "vertalingen.toml").read_text(encoding="utf-8"))


def test_a_term_is_explained_the_first_time_with_the_text_of_the_list():
    text = domain.begrippen()["doelgroep"].uitleg
    shown = explained("Twee doelgroepen, en nog een doelgroep.")
    assert shown == f'Twee <abbr title="{text}">doelgroepen</abbr>, en nog een doelgroep.'


def test_a_number_that_is_too_small_is_explained_whatever_the_minimum():
    """config.toml sets the minimum: no text of ours may hold the number."""
    text = domain.begrippen()["privacygrens"].uitleg
    for shown in ("<10", "<5"):
        assert explained(f"Dat zijn {shown} mensen.") == (
            f'Dat zijn <abbr title="{text}">&lt;{shown[1:]}</abbr> mensen.'
        )
    assert not re.search(r"\d", text.replace("CBS", ""))


def test_a_text_stays_text():
    assert explained("<b>x</b> & 'y'") == "&lt;b&gt;x&lt;/b&gt; &amp; &#x27;y&#x27;"
    assert "abbr" not in explained("De Wmo-aanvraag en het normbedrag van Doelgroepstraat")


def test_a_tag_is_explained_by_its_kind():
    assert explanation("geschat 2040") == domain.begrippen()["geschat"].uitleg
    assert explanation("iets anders") == ""


def test_no_translation_is_translated_again():
    done = {**TABLE["tekst"], **TABLE["hulptekst"]}
    again = [dutch for english, dutch in done.items() if dutch in done and done[dutch] != dutch]
    assert again == []
    for row in TABLE["patroon"]:
        assert re.compile(row["van"]).groups >= len(set(re.findall(r"\$\d", row["naar"])))


def test_the_script_cannot_be_ended_by_a_text():
    assert script().count("</script>") == 1 and script().startswith("<script>")
