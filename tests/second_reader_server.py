"""A small second reader on this machine that answers as a test tells it: well, wrongly, slowly, or with anything."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Asked = dict[str, Any]  #: the user's message of one question
Answer = Callable[[Asked], Any]


class Server:
    """Answers each question by a function; what was asked, and with which headers, is kept."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.sent: list[dict[str, Any]] = []  #: whole bodies
        self.headers: list[dict[str, str]] = []
        self.address = ""


class Raw(bytes):
    """An answer that is sent as it is, in place of a completion."""


class Status(int):
    """An answer that is a status without a body."""


class Drip(str):
    """An answer sent byte by byte, a tenth of a second apart."""


@contextmanager
def second_reader(answer: Answer) -> Iterator[Server]:
    """Run a server; what `answer` returns is sent: a dict or list as JSON, a str as it is, Raw, Status, Drip."""
    told = Server(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.sent.append(body)
            told.headers.append(dict(self.headers))
            told.asked.append(json.loads(body["messages"][-1]["content"]))
            with suppress(OSError):  # the reader hung up
                self._reply(told.answer(told.asked[-1]))

        def _reply(self, given: Any) -> None:
            if isinstance(given, Status):
                self.send_response(int(given), "reason \x1b[31m of the server")
                self.send_header("Location", f"{told.address}/elsewhere")
                self.end_headers()
                return
            data = bytes(given) if isinstance(given, Raw) else completion(given)
            self.send_response(200)
            self.end_headers()
            for place in range(0, len(data), 1 if isinstance(given, Drip) else max(len(data), 1)):
                self.wfile.write(data[place : place + 1] if isinstance(given, Drip) else data)
                self.wfile.flush()
                if isinstance(given, Drip):
                    time.sleep(0.1)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()


def completion(content: Any) -> bytes:
    """Return a chat completion with this content."""
    text = str(content) if isinstance(content, str) else json.dumps(content)
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def number_of(asked: Asked, slot: str, words: str) -> int:
    """Return the number of the candidate of these words."""
    candidates = asked["slots"][slot]["candidates"]
    return next(int(number) for number, said in candidates.items() if said == words)


def everything(choose: Callable[[str, dict[str, str]], Any]) -> Answer:
    """Return an answer that chooses for every slot that was asked, by its candidates."""
    return lambda asked: {slot: choose(slot, one["candidates"]) for slot, one in asked["slots"].items()}
