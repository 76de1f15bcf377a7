import pytest

from services.lms_admin.adapters.addresses import (
    LONGEST_URL,
    LmsAddressRefused,
    checked_base_url,
    is_loopback,
    may_be_sent_to,
)

KEPT = {
    "https://lms.example.org": "https://lms.example.org",
    "https://LMS.Example.ORG/": "https://lms.example.org",
    "https://lms.example.org:443/moodle/": "https://lms.example.org/moodle",
    "https://lms.example.org:8443/a%20b//": "https://lms.example.org:8443/a%20b",
    "https://bücher.example/": "https://xn--bcher-kva.example",
    "https://93.184.216.34": "https://93.184.216.34",
    "https://[2606:2800:220:1:248:1893:25c8:1946]:8443": "https://[2606:2800:220:1:248:1893:25c8:1946]:8443",
}


@pytest.mark.parametrize("url", KEPT)
@pytest.mark.parametrize("allow_loopback", [False, True])
def test_a_public_address_is_kept_in_one_form(url: str, allow_loopback: bool) -> None:
    kept = checked_base_url(url, allow_loopback=allow_loopback)
    assert kept == KEPT[url]
    assert checked_base_url(kept, allow_loopback=allow_loopback) == kept


NOT_PUBLIC_HOST = "the address must name a public host, such as lms.example.org"
MORE_THAN_AN_ADDRESS = "the address holds a user, a query or a fragment: credentials are given apart from it"

REFUSED = {
    "http://lms.example.org": "the address must begin with https://",
    "ftp://lms.example.org": "the address must begin with https://",
    "//lms.example.org": "the address must begin with https://",
    "lms.example.org": "the address must begin with https://",
    "": "the address must begin with https://",
    "https:///moodle": NOT_PUBLIC_HOST,
    "https://intranet": NOT_PUBLIC_HOST,
    "https://lms.example.org.": NOT_PUBLIC_HOST,
    "https://lms..example.org": NOT_PUBLIC_HOST,
    "https://-lms.example.org": NOT_PUBLIC_HOST,
    "https://lms_1.example.org": NOT_PUBLIC_HOST,
    "https://lms.localhost": NOT_PUBLIC_HOST,
    "https://user@lms.example.org": MORE_THAN_AN_ADDRESS,
    "https://@lms.example.org": MORE_THAN_AN_ADDRESS,
    "https://lms.example.org%2f@127.0.0.1": MORE_THAN_AN_ADDRESS,
    "https://lms.example.org/?token=1": MORE_THAN_AN_ADDRESS,
    "https://lms.example.org#x": MORE_THAN_AN_ADDRESS,
    "https://lms.example.org:0": "the address's port must be from 1 to 65535",
    "https://lms.example.org:65536": "the address's port must be from 1 to 65535",
    "https://lms.example.org:port": "the address is no URL",
    "https://[::1": "the address is no URL",
    " https://lms.example.org": "the address holds a blank, a backslash or a control character",
    "https://lms.example.org\\@127.0.0.1": "the address holds a blank, a backslash or a control character",
    "https://lms.example.org/\r\nHost: x": "the address holds a blank, a backslash or a control character",
    "https://lms.example.org/\x00": "the address holds a blank, a backslash or a control character",
    f"https://lms.example.org/{'a' * LONGEST_URL}": f"the address is longer than {LONGEST_URL} characters",
}


@pytest.mark.parametrize("url", REFUSED)
@pytest.mark.parametrize("allow_loopback", [False, True])
def test_what_is_no_https_url_of_a_public_host_is_refused_with_its_reason(url: str, allow_loopback: bool) -> None:
    with pytest.raises(LmsAddressRefused) as refused:
        checked_base_url(url, allow_loopback=allow_loopback)
    assert refused.value.message == REFUSED[url]


LOOPBACK_AS_BROWSERS_READ_IT = ["2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "127.1", "127.0.0.0x1", "١٢٧.0.0.1"]


@pytest.mark.parametrize("host", LOOPBACK_AS_BROWSERS_READ_IT)
@pytest.mark.parametrize("allow_loopback", [False, True])
def test_an_address_in_other_than_its_usual_form_is_refused(host: str, allow_loopback: bool) -> None:
    with pytest.raises(LmsAddressRefused):
        checked_base_url(f"https://{host}/", allow_loopback=allow_loopback)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "[::1]", "localhost", "LOCALHOST"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_this_machine_is_taken_only_where_the_switch_says_so(host: str, scheme: str) -> None:
    assert checked_base_url(f"{scheme}://{host}:8080/", allow_loopback=True) == f"{scheme}://{host.lower()}:8080"
    with pytest.raises(LmsAddressRefused):
        checked_base_url(f"{scheme}://{host}:8080/", allow_loopback=False)


NOT_PUBLIC = """
    0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 169.254.169.254 172.16.0.1 172.31.255.255 192.168.1.1
    192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1
    255.255.255.255 168.63.129.16
    :: ::2 ::ffff:93.184.216.34 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::127.0.0.1 ::ffff:0:127.0.0.1
    fe80::1 fe80::1%eth0 fe80::1%1 2606:2800:220:1::1%eth0 fec0::1 fc00::1 fd00:ec2::254 ff02::1 100::1
    64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b::a00:1 64:ff9b:1::1 2001::1 2001:db8::1 2001:10::1 2002:7f00:1::
    2002:5db8:d822:: 3fff::1 4000::1 5f00::1
    lms.example.org 1 127.1
""".split()


@pytest.mark.parametrize("address", NOT_PUBLIC)
@pytest.mark.parametrize("loopback", [False, True])
def test_nothing_is_sent_to_an_address_that_is_not_public(address: str, loopback: bool) -> None:
    assert not may_be_sent_to(address, loopback=loopback)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::808:808"]
)
@pytest.mark.parametrize("loopback", [False, True])
def test_public_addresses_are_sent_to(address: str, loopback: bool) -> None:
    assert may_be_sent_to(address, loopback=loopback)
    assert not is_loopback(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.255.255.254", "::1"])
def test_this_machine_is_sent_to_only_where_the_switch_says_so(address: str) -> None:
    assert may_be_sent_to(address, loopback=True)
    assert not may_be_sent_to(address, loopback=False)
    assert is_loopback(address)
