"""The app as a web server: Streamlit behind a gate that lets in this app's pages only, and told what they may do.

Beside the pages, and behind the same gate, stand the addresses for other programs (`app/api`).

`streamlit run app/server.py` serves it. `app/main.py` alone would show the same pages, but to everybody who can make a
browser ask for them, and nothing would hold a library to the promise that no request leaves this machine. What
Streamlit is told stands in `app/.streamlit/config.toml`.
"""

from __future__ import annotations

from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route
from streamlit.starlette import App

from app import warming
from app.addresses import addresses
from app.api.routes import routes
from app.gate import Gate
from app.links import HOME
from app.people.admission import Admission
from app.people.sign_in import read_sign_in
from app.policy import OwnGround
from graph.settings import Settings

SETTINGS = Settings.from_environment()
SIGN_IN = read_sign_in(SETTINGS.sign_in) if SETTINGS.sign_in else None



async def lead_to_start(request: Request) -> RedirectResponse:
    """Lead from the start page's name to its address: Streamlit knows that page as / only."""
    return RedirectResponse(f"./?{request.url.query}" if request.url.query else "./")


warming.begin(SETTINGS)
app = App(
    Path(__file__).resolve().parent / "main.py",
    routes=[*routes(SETTINGS), Route(f"/{HOME}", lead_to_start)],
    secrets={"auth": dict(SIGN_IN.auth)} if SIGN_IN else None,
    middleware=[
        Middleware(OwnGround),
        Middleware(Gate, addresses=(*addresses(SETTINGS.addresses), *([SIGN_IN.address] if SIGN_IN else []))),
        Middleware(Admission, settings=SETTINGS),
    ],
)
