"""Names lead to addresses that may be gone to, or to none."""

from __future__ import annotations

import asyncio
import socket

import pytest
from scrapy.exceptions import CannotResolveHostError

from crawler.network.failures import AddressRefused
from crawler.network.resolver import GuardedResolver


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """What the system's resolver knows."""
    known: dict[str, list[str]] = {}

    def getaddrinfo(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        if host not in known:
            raise socket.gaierror("Name or service not known")
        families = {address: socket.AF_INET6 if ":" in address else socket.AF_INET for address in known[host]}
        return [(family, socket.SOCK_STREAM, 6, "", (address, 0)) for address, family in families.items()]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


def addresses(host: str, *, private: bool = False) -> tuple[str, ...]:
    """Return what a new resolver finds."""
    resolver = GuardedResolver(private=private)
    try:
        return asyncio.run(resolver.addresses(host))
    finally:
        resolver.close()


def test_a_name_leads_to_all_of_its_addresses_ipv4_first(names: dict[str, list[str]]) -> None:
    names["a.gov.cn"] = ["2400:3200::1", "223.5.5.5", "8.8.8.8"]

    assert addresses("a.gov.cn") == ("223.5.5.5", "8.8.8.8", "2400:3200::1")


def test_of_several_addresses_those_that_are_public_are_gone_to(names: dict[str, list[str]]) -> None:
    # Networks of IPv6 alone make up such an address for every name.
    names["a.gov.cn"] = ["64:ff9b::808:808", "8.8.8.8"]

    assert addresses("a.gov.cn") == ("8.8.8.8",)


@pytest.mark.parametrize("host", ["Rebind.example", "2130706433", "0x7f.1"])
def test_a_name_that_leads_to_a_private_address_is_refused(host: str, names: dict[str, list[str]]) -> None:
    names[host] = ["127.0.0.1"]

    with pytest.raises(AddressRefused, match=f"^{host} leads to 127.0.0.1, which is loopback$"):
        addresses(host)


@pytest.mark.parametrize(
    ("host", "reason"),
    [("127.0.0.1", "127.0.0.1 is loopback"), ("::1", "::1 is loopback"), ("10.0.0.1", "10.0.0.1 is private")],
)
def test_a_literal_address_is_checked_too(host: str, reason: str) -> None:
    with pytest.raises(AddressRefused, match=f"^{reason}$"):
        addresses(host)


def test_a_name_that_changes_its_address_gains_nothing(
    names: dict[str, list[str]],
) -> None:
    names["rebind.example"] = ["8.8.8.8"]

    async def twice() -> None:
        resolver = GuardedResolver()
        assert await resolver.addresses("rebind.example") == ("8.8.8.8",)
        names["rebind.example"] = ["127.0.0.1"]
        assert await resolver.addresses("rebind.example") == ("8.8.8.8",)  # as it was checked
        resolver.forget("rebind.example")
        try:
            await resolver.addresses("rebind.example")
        finally:
            resolver.close()

    with pytest.raises(AddressRefused):
        asyncio.run(twice())


@pytest.mark.parametrize("host", ["nowhere.example", "x" * 64 + ".example", ""])
def test_a_name_without_an_address_is_none(host: str) -> None:
    with pytest.raises(CannotResolveHostError):
        addresses(host)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "100.64.0.1"])
def test_a_crawl_that_may_go_to_private_addresses_does(address: str, names: dict[str, list[str]]) -> None:
    names["demo"] = [address]

    assert addresses("demo", private=True) == (address,)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "168.63.129.16", "0.0.0.0", "224.0.0.1", "255.255.255.255"]
)
def test_no_setting_opens_the_way_to_metadata_and_multicast(
    address: str, names: dict[str, list[str]]
) -> None:
    names["metadata"] = [address]

    with pytest.raises(AddressRefused):
        addresses("metadata", private=True)
