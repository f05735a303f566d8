"""The app as a web server: Streamlit behind a gate that admits only this app's pages and restricts what they may do.

The addresses for other programs (`app/api`) are served beside the pages, behind the same gate.

Start it with `streamlit run app/server.py`. `app/main.py` alone would show the same pages, but to any site that makes a
browser request them, and without the guarantee that no request leaves this machine. Streamlit's configuration is
`app/.streamlit/config.toml`.
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
    """Redirect from the start page's name to "/", the only address under which Streamlit knows it."""
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
