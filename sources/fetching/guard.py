"""Which addresses may be talked to: those of the public internet, by the registries of IANA, and no others."""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from sources.addresses import BadAddress, canonical
from sources.fetching import errors
from sources.fetching.errors import InsideAddress, NotOnTheWeb

PORTS = {"http": 80, "https": 443}

_CLOSED_4 = [
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' own, a cloud's metadata (100.100.100.200)
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's metadata, on an address that looks public
        "169.254.0.0/16",  # link-local, most clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments, a cloud's metadata (192.0.0.192)
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
]
# Only this part of IPv6 is in public use: the rest is loopback, mapped IPv4, link-local, site-local, unique local
# (a cloud's metadata is fd00:ec2::254), multicast or unassigned.
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = [
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
]
_NAT64 = IPv6Network("64:ff9b::/96")
_LOOPBACK = [ip_network("127.0.0.0/8"), ip_network("::1/128")]
_NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)", re.IGNORECASE)


@dataclass(frozen=True)
class Guard:
    """What may be talked to. `loopback` is the tests' switch: it opens this machine's own addresses, any port there.

    Nothing but a test may turn it on; everything else that is closed stays closed.
    """

    loopback: bool = False

    def address(self, address: str, host: str) -> None:
        """Raise InsideAddress, naming `host`, unless the IP address is public."""
        if not self._is_open(address):
            raise InsideAddress(host)

    def _is_open(self, address: str) -> bool:
        try:
            ip = ip_address(address)
        except ValueError:
            return False
        return is_public(ip) or self._is_test(ip)

    def _is_test(self, ip: IPv4Address | IPv6Address) -> bool:
        return self.loopback and any(ip in network for network in _LOOPBACK)

    def url(self, text: str) -> str:
        """The canonical form of an address that may be asked for, its names unresolved. Raises NotOnTheWeb."""
        try:
            url = canonical(text)
        except BadAddress as error:
            raise NotOnTheWeb(str(error)) from error
        parts = urlsplit(url)
        host = parts.hostname or ""
        if _is_disguised(host):
            raise NotOnTheWeb(errors.NO_NAME % {"host": host})
        if parts.port and parts.port != PORTS[parts.scheme] and not self.loopback:
            raise NotOnTheWeb(errors.NO_PORT % {"port": parts.port})
        return url


def is_public(ip: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public internet, and so does every IPv4 address inside it."""
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _CLOSED_4)
    if ip.scope_id:
        return False
    if ip in _NAT64:
        return is_public(IPv4Address(int(ip) & 0xFFFFFFFF))
    return ip in _OPEN_6 and not any(ip in network for network in _CLOSED_6)


def _is_disguised(host: str) -> bool:
    """Whether a host is read as an IPv4 address by some programs without being written as one: 2130706433, 0x7f.1."""
    if ":" in host or not _NUMBER.fullmatch(host.rpartition(".")[2]):
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False
