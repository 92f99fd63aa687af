"""Serve the dashboard: Streamlit as an ASGI app, with what a Dutch public site needs around it."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import pkgutil
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module

import streamlit as st
import uvicorn
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.components.v1.custom_component import CustomComponent
from streamlit.runtime import Runtime
from streamlit.runtime.pages_manager import PagesManager
from uvicorn.config import STARTUP_FAILURE

from wwz import export, ui
from wwz.base.errors import Fout
from wwz.base.paths import ROOT, STATIC
from wwz.base.settings import Settings, load_settings
from wwz.knowledge.ready import read_all
from wwz.maps.assets import install_assets
from wwz.maps.boundaries import prepare_boundaries
from wwz.maps.letters import font_files
from wwz.meedoen.forgetting import forget_daily
from wwz.meedoen.routes import routes as session_routes
from wwz.own import data as owndata
from wwz.own.safe.restore import finish
from wwz.store import Store
from wwz.ui.shared import searchroute
from wwz.ui.shared.ahead import stay_ahead
from wwz.ui.shared.early import kept_folders
from wwz.ui.shared.head import dressed
from wwz.ui.shared.parts import show_any_error
from wwz.ui.shared.turn import stop_when_gone, turns
from wwz.web.access import AccessLog
from wwz.web.closed import METRICS, ClosedAddresses
from wwz.web.health import Fitness, Health
from wwz.web.hosts import KnownHostsOnly
from wwz.web.kept import KeptFiles
from wwz.web.logs import write_log
from wwz.web.metrics import Watched, show_metrics
from wwz.web.uploads import BoundedUploads
from wwz.web.visitors import WindowsPerAddress

PDOK = "https://service.pdok.nl"
TITLE = "WWZ-wijzer"
# Set to 0: screens are made when somebody asks for them, and not before (for programs that start a server to try it).
AHEAD = "WWZ_VOORUIT"
NO_SCRIPT = "Deze website werkt alleen met JavaScript. Zet JavaScript aan in uw browser."


class DutchPages:
    """Makes every HTML page Dutch: its language (WCAG 3.1.1) and the words of the framework, both fixed on English."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; HTML pages are held until they are complete, and then adapted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _wants_page(scope):
            scope = {**scope, "headers": [line for line in scope["headers"] if line[0] not in _AS_IT_IS]}
        start: Message | None = None
        body = b""

        async def adapt(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_html(message):
                start = message
            elif start is None:
                await send(message)
            elif message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body"):
                    text = _dutch(body)
                    headers = MutableHeaders(scope=start)
                    headers["content-length"] = str(len(text))
                    # They are about the page before it was adapted.
                    del headers["etag"]
                    del headers["last-modified"]
                    await send(start)
                    await send({"type": "http.response.body", "body": text})

        await self.app(scope, receive, adapt)


# What a browser asks that would give a page we cannot adapt: packed, or only if it has changed.
_AS_IT_IS = (b"accept-encoding", b"if-none-match", b"if-modified-since")


def _wants_page(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


def _is_html(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    # A page that says its language is one of ours, and is as it should be.
    ours = "content-language" in headers or "content-encoding" in headers
    return headers.get("content-type", "").startswith("text/html") and not ours


def _dutch(body: bytes) -> bytes:
    text = body.decode("utf-8")
    text = re.sub(r'<html lang="[a-z-]*"', '<html lang="nl"', text, count=1)
    text = dressed(text).replace("<title>Streamlit</title>", f"<title>{TITLE}</title>")
    return re.sub(
        r"<noscript>.*?</noscript>", f"<noscript>{NO_SCRIPT}</noscript>", text, flags=re.DOTALL
    ).encode("utf-8")


class OwnHostOnly:
    """Tells the browser to talk to nobody but us (and PDOK, if the municipality switched that on)."""

    def __init__(self, app: ASGIApp, images: str = "") -> None:
        self.app = app
        self.policy = "; ".join(
            [
                "default-src 'self'",
                # Streamlit and folium write inline styles and scripts; folium's live layers are evaluated.
                "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
                "style-src 'self' 'unsafe-inline'",
                f"img-src 'self' data: blob: {images}".strip(),
                "font-src 'self' data:",
                "connect-src 'self' data: blob:",
                "worker-src 'self' blob:",
                "frame-src 'self' blob: data:",
                "frame-ancestors 'self'",
                "form-action 'self'",
                "base-uri 'self'",
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to every response."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # Who says something stricter of its own pages means that.
                headers.setdefault("content-security-policy", self.policy)
                headers.setdefault("referrer-policy", "no-referrer")
                headers["x-content-type-options"] = "nosniff"
            await send(message)

        await self.app(scope, receive, with_headers)


def take_streamlit_environment() -> None:
    """Obey STREAMLIT_… variables, as `streamlit run` does: STREAMLIT_SERVER_BASE_URL_PATH=wwz."""
    for name, option in config.get_config_options().items():
        text = os.environ.get(option.env_var)
        if text is not None:
            config.set_option(name, _typed(text), f"environment variable {option.env_var}")


def _typed(text: str) -> str | int | bool:
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    return int(text) if text.isdigit() else text


def make_app(settings: Settings, host: str = "", fitness: Fitness | None = None) -> st.App:
    """The dashboard as an ASGI app. `host`: the name or address it listens on; `fitness`: what is known of how it is."""
    # Streamlit takes a folder pages/ for its old automatic pages until app.py first calls st.navigation; a link to
    # another page than the first, on a fresh server, would then open that page alone.
    PagesManager.uses_pages_directory = False
    images = PDOK if settings.achtergrond else ""
    return st.App(
        ROOT / "app.py",
        routes=[searchroute.route(), *session_routes(settings, st.get_option("server.baseUrlPath"))],
        middleware=[
            *([Middleware(AccessLog)] if settings.bezoek else []),
            Middleware(Health, fitness=fitness or Fitness(settings.database)),
            Middleware(KnownHostsOnly, names=settings.namen, bound=host),
            Middleware(ClosedAddresses, endings=() if settings.metingen else (METRICS,)),
            Middleware(WindowsPerAddress, limits=settings.grenzen),
            Middleware(BoundedUploads, held=_uploaded, limits=settings.grenzen),
            Middleware(OwnHostOnly, images=images),
            Middleware(KeptFiles, folders=kept_folders(st.get_option("server.baseUrlPath").strip("/"))),
            Middleware(DutchPages),
        ],
        lifespan=_ready,
        on_script_error=show_any_error,
    )


def _uploaded() -> dict[str, int]:
    """Bytes of the files that are kept for each session now."""
    kept = Runtime.instance().uploaded_file_mgr.file_storage
    return {session: sum(len(file.data) for file in [*files.values()]) for session, files in [*kept.items()]}


def serve(settings: Settings | None = None, host: str | None = None, port: int | None = None) -> int:
    """Serve until stopped.

    Parameters
    ----------
    settings
        From config.toml.
    host, port
        Override; otherwise the environment variables HOST and PORT, otherwise config.toml.

    Raises
    ------
    Fout
        When there is no database, or the port is not a number.
    """
    settings = settings or load_settings()
    os.environ["WWZ_DATABASE"] = str(settings.database)
    host = host or os.environ.get("HOST") or settings.host
    port = port or _port(os.environ.get("PORT")) or settings.poort
    take_streamlit_environment()
    config.set_option("server.maxUploadSize", settings.grenzen["bestand_megabyte"])
    config.set_option(
        "browser.serverAddress", settings.namen[0].removeprefix("*.") if settings.namen else host
    )
    stop_when_gone()
    install_assets(STATIC)
    finish(settings.database)
    owndata.tidy(settings.database)
    store = Store(settings.database)
    prepare_boundaries(store)
    store.close()
    write_log(settings.log_vorm)
    fitness = Fitness(settings.database)
    if watched := _port(os.environ.get("METINGEN_POORT"), "METINGEN_POORT") or settings.metingen_poort:
        show_metrics(watched, Watched(turns, _uploaded, fitness.findings))
    base = st.get_option("server.baseUrlPath").strip("/")
    server = _Server(
        uvicorn.Config(
            make_app(settings, host, fitness),
            host=host,
            port=port,
            log_config=None,
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=list(settings.proxies),
        ),
        f"De WWZ-wijzer staat klaar op http://{host}:{port}/{base}",
    )
    with suppress(KeyboardInterrupt):
        server.run()
    return 0 if server.started else STARTUP_FAILURE


class _Server(uvicorn.Server):
    """Says that it is there when a browser can come in, and not before."""

    def __init__(self, config: uvicorn.Config, ready: str) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Take visitors, and tell it."""
        await super().startup(sockets)
        print(f"{self._ready}\nStoppen: Ctrl+C.", flush=True)


@asynccontextmanager
async def _ready(_app: st.App) -> AsyncIterator[None]:
    """Before the first visitor: load what screens, files and drawings on paper are made with, else he waits for that."""
    # Streamlit remarks, in English, that nobody looks at the screens yet.
    logging.disable(logging.WARNING)
    try:
        components = vars(import_module("streamlit_folium")).values()
        for room in (export, ui):
            for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
                import_module(module.name)
    finally:
        logging.disable(logging.NOTSET)
    # A component that is declared while no page is being made is not served by itself.
    for component in components:
        if isinstance(component, CustomComponent):
            Runtime.instance().component_registry.register_component(component)
    # What the framework, the maps on paper and the screens would else read when the first visitor comes.
    import_module("streamlit.emojis")
    font_files()
    with suppress(Fout):
        # What is wrong with it, the first screen says.
        read_all()
    # What is loaded now stays as long as the server does: looking through it for garbage is of no use.
    gc.collect()
    gc.freeze()
    settings = load_settings()
    busy = [asyncio.create_task(forget_daily(settings.database, settings.grenzen))]
    if os.environ.get(AHEAD) != "0":
        busy.append(asyncio.create_task(stay_ahead(settings.database)))
    yield
    for task in busy:
        task.cancel()


def _port(text: str | None, name: str = "PORT") -> int | None:
    if not text:
        return None
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Fout(f"{name}={text} is geen poort. Kies een getal tussen 1 en 65535.")
    return int(text)
