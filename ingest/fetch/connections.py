"""Connections to public addresses only: the IP address of a host is checked before anything is sent to it."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore2
import httpx2

from graph.errors import WhofundsError

Lookup = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_IPV4_IN_IPV6 = ipaddress.ip_network("64:ff9b::/96")


class PrivateAddress(WhofundsError):
    """A host name leads into a private network."""


def lookup(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host name."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(number: str) -> bool:
    """Return True if an IP address is on the public internet: not this machine, a private network or multicast."""
    address: Address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in _IPV4_IN_IPV6:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            address = inner
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class PublicNetwork(httpcore2.NetworkBackend):
    """Connects to exactly the IP addresses that were checked, so that a second look-up cannot lead elsewhere."""

    def __init__(self, *, private: bool = False, lookup: Lookup = lookup) -> None:
        self._private = private
        self._lookup = lookup
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:  # fmt: skip
        """Return a connection to a host.

        Raises:
            PrivateAddress: The host is in a private network, which the settings do not allow.
            httpcore2.ConnectError: The host cannot be found or reached.
        """
        fault: Exception = httpcore2.ConnectError(f"{host} has no address")
        for number in self._numbers(host, port):
            try:
                return self._sockets.connect_tcp(number, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                fault = error
        raise fault

    def _numbers(self, host: str, port: int) -> list[str]:
        try:
            found = self._lookup(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} is not known ({error})") from error
        if self._private:
            return found
        return public_ones(host, found)


def public_ones(host: str, numbers: list[str]) -> list[str]:
    """Return those IP addresses of a host that are on the public internet.

    Raises:
        PrivateAddress: None of them is.
    """
    public = [number for number in numbers if is_public(number)]
    if numbers and not public:
        raise PrivateAddress(
            f"{host} leads into a private network ({numbers[0]}), where nothing is fetched; --private allows it"
        )
    return public


class Transport(httpx2.BaseTransport):
    """Sends requests through the checked network, or through the system's proxy if one is set."""

    def __init__(self, network: PublicNetwork, *, private: bool = False) -> None:
        self._context: ssl.SSLContext = httpx2.create_ssl_context()
        self._direct = httpcore2.ConnectionPool(
            ssl_context=self._context, network_backend=network, keepalive_expiry=10, max_connections=4
        )
        self._private = private
        self._proxied: dict[str, httpx2.HTTPTransport] = {}

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Return the response to a request; network errors are raised as httpx2.TransportError."""
        proxy = getproxies().get(request.url.scheme, "")
        if proxy and not proxy_bypass(request.url.host):
            self._check(request.url.host, request.url.port or 443)
            return self._through(proxy).handle_request(request)
        assert isinstance(request.stream, httpx2.SyncByteStream)
        url = httpcore2.URL(
            scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path
        )
        asked = httpcore2.Request(
            method=request.method, url=url, headers=request.headers.raw, content=request.stream,
            extensions=request.extensions,
        )  # fmt: skip
        try:
            answer = self._direct.handle_request(asked)
        except _FAULTS as error:
            raise httpx2.TransportError(str(error) or type(error).__name__) from error
        assert isinstance(answer.stream, Iterable)
        return httpx2.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Stream(answer.stream),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        """Close all connections."""
        self._direct.close()
        for transport in self._proxied.values():
            transport.close()

    def _check(self, host: str, port: int) -> None:
        """Raise PrivateAddress for a private host, as far as its name can be resolved here.

        A proxy may resolve others.
        """
        if self._private:
            return
        try:
            public_ones(host, lookup(host, port))
        except OSError:
            return

    def _through(self, proxy: str) -> httpx2.HTTPTransport:
        if proxy not in self._proxied:
            self._proxied[proxy] = httpx2.HTTPTransport(proxy=proxy, verify=self._context)
        return self._proxied[proxy]


_FAULTS = (
    httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError, httpcore2.UnsupportedProtocol,
    httpcore2.ProxyError,
)  # fmt: skip


class _Stream(httpx2.SyncByteStream):
    def __init__(self, stream: Iterable[bytes]) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._stream
        except _FAULTS as error:
            raise httpx2.TransportError(str(error) or type(error).__name__) from error

    def close(self) -> None:
        if hasattr(self._stream, "close"):
            self._stream.close()
