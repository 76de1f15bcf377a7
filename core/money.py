"""Amounts: integer minor units of a currency, never a float."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

from core.errors import DomainError

if TYPE_CHECKING:
    from typing import Final

ACTIVE_CURRENCIES: Final = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
    ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU
    UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """.split()
)
"""ISO 4217 codes in use, without funds, metals and test codes."""

NO_MINOR_UNIT: Final = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())
THREE_DIGITS: Final = frozenset("BHD IQD JOD KWD LYD OMR TND".split())

UNIT_AMOUNT_DIGITS: Final = 6
"""Unit prices and unit costs may be finer than the currency: a ticket may cost 0.0125."""

LARGEST_AMOUNT: Final = Decimal(10) ** 12


class UnknownCurrency(DomainError):
    """The currency is not an ISO 4217 code in use."""


class InvalidAmount(DomainError):
    """The amount is negative, absurdly large, or has more decimals than its currency (a unit amount: six)."""


def currency_digits(currency_code: str) -> int:
    """How many decimals ISO 4217 gives the currency."""
    if currency_code in NO_MINOR_UNIT:
        return 0
    return 3 if currency_code in THREE_DIGITS else 2


def require_currency(currency_code: str, *, field: str) -> str:
    """Return the code, or refuse it with UnknownCurrency."""
    if currency_code not in ACTIVE_CURRENCIES:
        raise UnknownCurrency(f"{currency_code!r} is not an ISO 4217 currency code such as USD", field=field)
    return currency_code


def to_minor(amount: Decimal, currency_code: str, *, field: str) -> int:
    """Turn an amount into minor units, exactly; refuses with InvalidAmount."""
    digits = currency_digits(currency_code)
    _require_amount(amount, digits, f"{currency_code} has {digits}", field)
    return int(amount.scaleb(digits))


def from_minor(minor: int, currency_code: str) -> Decimal:
    """The amount as people write it, with the currency's own digits: the opposite of `to_minor`."""
    return Decimal(minor).scaleb(-currency_digits(currency_code))


def unit_amount(amount: Decimal, *, field: str) -> Decimal:
    """Check a unit price or unit cost: not negative, at most six decimals; refuses with InvalidAmount."""
    return _require_amount(amount, UNIT_AMOUNT_DIGITS, f"a unit amount takes {UNIT_AMOUNT_DIGITS}", field)


def round_half_even(value: Decimal, digits: int = 0) -> Decimal:
    """Round as an invoice line is rounded; `app.round_half_even` in the database is its twin."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_EVEN)


def extended_minor(quantity: Decimal, unit: Decimal, currency_code: str) -> int:
    """Quantity x unit amount in minor units, rounded half-even once."""
    return int(round_half_even((quantity * unit).scaleb(currency_digits(currency_code))))


def _require_amount(amount: Decimal, digits: int, allowed: str, field: str) -> Decimal:
    if not amount.is_finite() or amount < 0 or amount >= LARGEST_AMOUNT:
        raise InvalidAmount(f"{amount} must be from 0 to below {LARGEST_AMOUNT:f}", field=field)
    exponent = amount.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > digits:
        raise InvalidAmount(f"{amount} has {-exponent} decimals; {allowed}", field=field)
    return amount
