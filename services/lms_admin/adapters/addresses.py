"""Which addresses an LMS may have: public ones over https, and this very machine where a developer asked for it."""

from __future__ import annotations

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

import httpx2

from core.errors import DomainError

if TYPE_CHECKING:
    from typing import Final, TypeAlias

    IpAddress: TypeAlias = IPv4Address | IPv6Address

LONGEST_URL: Final = 500
HIGHEST_PORT: Final = 65535

_NEVER_SENT_TO: Final = tuple(
    ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments, and the metadata of one cloud
        "192.88.99.0/24",  # relays of 6to4
        "168.63.129.16/32",  # the metadata of another cloud, at a public address
        "2001::/23",  # Teredo and other protocol assignments
        "2001:db8::/32",  # examples
        "2002::/16",  # 6to4
        "3fff::/20",  # examples
    )
)
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_HOST_NAME: Final = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?"
)
_LOOPBACK_NAME: Final = "localhost"


class LmsAddressRefused(DomainError):
    """An LMS's address must be an https URL of a public host, without user, query or fragment."""


def checked_base_url(url: str, *, allow_loopback: bool) -> str:
    """Return an LMS's address as it is kept: an ASCII host in lower case, no slash at its end.

    What its host resolves to is checked each time that something is sent. `allow_loopback` also takes this very
    machine, over http too. Refuses with LmsAddressRefused.
    """
    if len(url) > LONGEST_URL:
        raise LmsAddressRefused(f"the address is longer than {LONGEST_URL} characters")
    if re.search(r"[\s\\\x00-\x1f\x7f]", url):
        raise LmsAddressRefused("the address holds a blank, a backslash or a control character")
    if re.search(r"[@?#]", url):
        raise LmsAddressRefused("the address holds a user, a query or a fragment: credentials are given apart from it")
    try:
        parsed = httpx2.URL(url)
    except httpx2.InvalidURL:
        raise LmsAddressRefused("the address is no URL") from None
    host = parsed.raw_host.decode("ascii")
    loopback = allow_loopback and _is_loopback_host(host)
    if parsed.scheme != "https" and not (parsed.scheme == "http" and loopback):
        raise LmsAddressRefused("the address must begin with https://")
    if not (loopback or _is_public_host(host)):
        raise LmsAddressRefused("the address must name a public host, such as lms.example.org")
    if parsed.port is not None and not 0 < parsed.port <= HIGHEST_PORT:
        raise LmsAddressRefused(f"the address's port must be from 1 to {HIGHEST_PORT}")
    authority, path = parsed.netloc.decode("ascii"), parsed.raw_path.decode("ascii").rstrip("/")
    return f"{parsed.scheme}://{authority}{path}"


def may_be_sent_to(address: str, *, loopback: bool) -> bool:
    """Whether a resolved address is a public one, or, where `loopback`, this very machine."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return _is_public(ip) or (loopback and ip.is_loopback)


def is_loopback(address: str) -> bool:
    """Whether a resolved address is this very machine."""
    return ip_address(address).is_loopback


async def resolved(host: str, port: int) -> list[str]:
    """Ask the system's resolver for the addresses of a host, the preferred first. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _is_public(ip: IpAddress) -> bool:
    if isinstance(ip, IPv6Address):
        if ip.scope_id is not None:
            return False
        if ip in _NAT64:
            return _is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
        if (
            ip not in _GLOBAL_UNICAST
        ):  # loopback, mapped and compatible, local, link-local, multicast, and what is to come
            return False
    elif ip.is_multicast or ip.is_reserved:
        return False
    return ip.is_global and not any(ip in network for network in _NEVER_SENT_TO)


def _is_public_host(host: str) -> bool:
    """Whether a host is a public address as it is usually written, or a name that could be resolved to one."""
    try:
        return _is_public(ip_address(host))
    except ValueError:
        return _HOST_NAME.fullmatch(host) is not None and not host.endswith(f".{_LOOPBACK_NAME}")


def _is_loopback_host(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == _LOOPBACK_NAME
