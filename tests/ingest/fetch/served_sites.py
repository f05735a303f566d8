"""A server on this machine that is all sites at once, with pages of the shapes that their profiles are written for.

The pages are our own; only the ways of their addresses are those of the sites.
"""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore2

from ingest.fetch.connections import PublicNetwork, Transport

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Resource:
    """What one address gives."""

    content: bytes = b""
    kind: str = HTML
    mark: str = "etag"  #: how it is told apart from what it was: etag, date or nothing
    status: int = 200
    moved: str = ""
    name: str = ""  #: of the file, in Content-Disposition


@dataclass(slots=True)
class Shape:
    """One site as it is served."""

    site: str
    host: str
    pages: dict[str, Resource] = field(default_factory=dict)  #: by path with query
    decisions: set[str] = field(default_factory=set)  #: paths that hold what should be kept
    robots: str = ""
    forbidden: set[str] = field(default_factory=set)  #: paths that robots.txt shuts

    def address(self, path: str) -> str:
        return f"http://{self.host}{path}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that came."""

    host: str
    path: str
    status: int


class Served:
    """The server: shapes by host, and what was asked of it."""

    def __init__(self, shapes: list[Shape]) -> None:
        self.shapes = {shape.host: shape for shape in shapes}
        self.asked: list[Asked] = []
        self.before: Callable[[Asked], None] = lambda asked: None  #: called before each answer
        self.server: ThreadingHTTPServer | None = None

    def serve_anew(self, shapes: list[Shape]) -> None:
        """Serve sites as if nobody had asked yet."""
        self.shapes = {shape.host: shape for shape in shapes}
        self.asked = []
        self.before = lambda asked: None

    @property
    def port(self) -> int:
        assert self.server is not None
        return int(self.server.server_address[1])

    @cached_property
    def transport(self) -> Transport:
        """A transport that finds every host here."""
        return Transport(Here(self.port), private=True)

    def pages_asked(self) -> list[Asked]:
        """What was asked, without robots.txt."""
        return [asked for asked in self.asked if asked.path != "/robots.txt"]

    @contextmanager
    def running(self) -> Iterator[Served]:
        served = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body go out together

            def do_GET(self) -> None:
                served.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            self.server.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        host = handler.headers["Host"].partition(":")[0]
        shape = self.shapes.get(host)
        path = handler.path
        if shape is not None and path == "/robots.txt":
            found = Resource(shape.robots.encode(), "text/plain") if shape.robots else Resource(status=404)
        else:
            found = (shape.pages.get(path) if shape else None) or Resource(b"no such page", status=404)
        etag = f'"{sha256(found.content).hexdigest()[:12]}"'
        date = "Mon, 02 Nov 2026 09:00:00 GMT"
        same = (found.mark == "etag" and handler.headers["If-None-Match"] == etag) or (
            found.mark == "date" and handler.headers["If-Modified-Since"] == date
        )
        status = 301 if found.moved else 304 if same and found.status == 200 else found.status
        asked = Asked(host, path, status)
        self.before(asked)
        self.asked.append(asked)
        body = b"" if status in (301, 304) else found.content
        handler.send_response(status)
        handler.send_header("Content-Type", found.kind)
        handler.send_header("Content-Length", str(len(body)))
        if found.moved:
            handler.send_header("Location", found.moved)
        if found.mark == "etag":
            handler.send_header("ETag", etag)
        elif found.mark == "date":
            handler.send_header("Last-Modified", date)
        if found.name:
            handler.send_header("Content-Disposition", f'attachment; filename="{found.name}"')
        handler.end_headers()
        handler.wfile.write(body)
        handler.wfile.flush()


class Here(PublicNetwork):
    """Every host is this machine."""

    def __init__(self, port: int) -> None:
        super().__init__(private=True)
        self.port = port

    def connect_tcp(self, host: str, port: int, *rest: Any, **more: Any) -> httpcore2.NetworkStream:
        return super().connect_tcp("127.0.0.1", self.port, *rest, **more)


def html(title: str, body: str, *, menu: str = "") -> Resource:
    """A page with a head, a menu and a foot, whose papers are no decisions."""
    text = (
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body>"
        f'<header><a href="/">Home</a> <a href="/wp-content/uploads/annual-report.pdf">Annual report</a></header>'
        f'<nav><a href="/news/">News</a> <a href="/contact/">Contact</a>{menu}</nav><main><h1>{title}</h1>{body}</main>'
        f'<footer><a href="/wp-content/uploads/privacy-notice.pdf">Privacy</a> '
        f'<a href="/Document-Library/cookies.pdf">Cookies</a></footer></body></html>'
    )
    return Resource(text.encode())


def pdf(words: str, *, mark: str = "etag", name: str = "") -> Resource:
    """Bytes that begin as a PDF does; nobody reads them here."""
    return Resource(b"%PDF-1.4\n% " + words.encode() + b"\n%%EOF\n", "application/pdf", mark, name=name)


def word(words: str) -> Resource:
    """The least of a Word document."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document>{words}</w:document>")
    return Resource(made.getvalue(), "application/octet-stream", "date")


def links(targets: dict[str, str]) -> str:
    """A list of links, words by target."""
    return "<ul>" + "".join(f'<li><a href="{at}">{words}</a></li>' for at, words in targets.items()) + "</ul>"


def decision_page(number: int, more: str = "") -> Resource:
    """The page of one decision."""
    body = (
        f"<p>Reference: {number:03d}/2026</p><p>The Commissioner approved a grant of £{number},000 to SafeLives "
        f"for Drive in 2026/27.</p>{more}"
    )
    return html(f"Decision {number:03d} Grant for Drive", body)
