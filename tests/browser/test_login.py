"""Logging in at a real provider of OpenID Connect, through the product's own server: who gets which role from the claims."""

from __future__ import annotations

import oidc_provider_mock as provider
import pytest
from oidc_provider_mock import User

USERS = (
    User(sub="baas", claims={"email": "baas@gemeente.nl", "name": "De Baas", "groups": ["wwz-beheer"]}),
    User(sub="gast", claims={"email": "gast@elders.nl", "name": "Een Gast", "groups": ["wonen"]}),
)
CONFIG = """
[rollen]
beheren = ["groep:wwz-beheer"]
invoeren = ["*@gemeente.nl"]
"""
SECRETS = """
[auth]
redirect_uri = "{url}oauth2callback"
cookie_secret = "alleen voor deze proef, en lang genoeg"
client_id = "wwz"
client_secret = "proef"
server_metadata_url = "http://localhost:{port}/.well-known/openid-configuration"
client_kwargs = {{ scope = "openid email profile" }}
"""


@pytest.fixture(scope="module")
def address(server_with, find_port, tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("inloggen"), find_port()
    with provider.run_server_in_thread(user_claims=USERS) as server:
        # Streamlit looks for it beside the product and in the folder of its user; the first is not ours to write in.
        secrets = folder / ".streamlit" / "secrets.toml"
        secrets.parent.mkdir()
        url = f"http://127.0.0.1:{port}/"
        secrets.write_text(SECRETS.format(url=url, port=server.server_port), encoding="utf-8")
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        yield server_with(folder, port, {"WWZ_CONFIG": str(folder / "config.toml"), "HOME": str(folder)})


@pytest.fixture
def page(new_visitor):
    """The page of the provider asks other hosts for its looks; those are refused, and are not ours to judge."""
    context = new_visitor()
    yield context.new_page()
    context.close()


def log_in(page, address: str, who: str) -> None:
    page.goto(f"{address}wie_deed_wat")
    page.get_by_role("button", name="Inloggen").first.click()
    page.wait_for_url("**/oauth2/authorize**")
    page.locator(f"button[value='{who}']").click()
    page.wait_for_url(f"{address}**")
    page.goto(f"{address}wie_deed_wat")


def test_the_claims_of_a_login_give_a_role_and_logging_out_takes_it(page, address):
    page.goto(f"{address}wie_deed_wat")
    page.get_by_text("Alleen wie is ingelogd").first.wait_for()
    log_in(page, address, "gast")
    page.get_by_text("Ingelogd als Een Gast, met de rol kijken").wait_for()
    page.get_by_text("daarvoor is de rol beheren nodig").first.wait_for()
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/oauth2/end_session**")
    log_in(page, address, "baas")
    page.get_by_text("Ingelogd als De Baas, met de rol beheren").wait_for()
    page.get_by_text("Er is nog niets ingevuld").wait_for()
