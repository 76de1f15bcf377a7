"""Bank statements as ISO 20022 camt.053 (BankToCustomerStatement), versions 02 and 08, one statement a file.

Source: ISO 20022 message definition reports camt.053.001.02 and .08. Balances OPBD or PRCD and CLBD are read (booked,
not available); entries that are only announced (PDNG, INFO) are left out. Amounts are absolute, CRDT or DBIT says which
way. Where an entry holds several transactions with amounts, each is a line; else the entry is one. Version 08 puts a
code in an element of its own (`Sts/Cd`) and names a party below `Pty`; nothing else that is read differs.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from core.errors import DomainError
from core.money import currency_digits, require_currency
from services.billing.reconciliation.statements import LONGEST_TEXT, Statement, StatementLine, StatementUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final
    from xml.etree.ElementTree import Element

VERSIONS: Final = ("02", "08")
NAMESPACE: Final = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."


def read_camt(content: str) -> Statement:
    """Read a statement; refuses with StatementUnreadable, or UnknownCurrency."""
    try:
        root = ElementTree.fromstring(content.encode(), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise _unreadable(f"it is no XML that is read here: {type(error).__name__}") from None
    space = root.tag.partition("}")[0].lstrip("{")
    if space not in {NAMESPACE + version for version in VERSIONS}:
        raise _unreadable(f"its namespace is {space[:80]!r}, not {NAMESPACE}02 or 08")
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    statements = root.findall("BkToCstmrStmt/Stmt")
    if len(statements) != 1:
        raise _unreadable(f"it has {len(statements)} statements; send one at a time")
    try:
        return _statement(statements[0])
    except DomainError:
        raise
    except (ValueError, ArithmeticError) as error:
        raise _unreadable(str(error)) from None


def _statement(found: Element) -> Statement:
    currency = None
    balances: dict[str, tuple[int, date]] = {}
    for balance in found.findall("Bal"):
        code = _text(balance, "Tp/CdOrPrtry/Cd") or ""
        currency = require_currency(_amount_of(balance).get("Ccy", ""), field="content")
        balances.setdefault(code, (_signed(balance, currency), _day(balance, "Dt")))
    opening, closing = balances.get("OPBD", balances.get("PRCD")), balances.get("CLBD")
    if opening is None or closing is None or currency is None:
        raise _unreadable("it lacks the opening (OPBD) or the closing (CLBD) booked balance")
    account = _text(found, "Acct/Id/IBAN") or _text(found, "Acct/Id/Othr/Id")
    if not account:
        raise _unreadable("it names no account (Acct/Id)")
    lines = [line for entry in found.findall("Ntry") for line in _lines(entry, currency)]
    return Statement(
        account=account,
        number=_need(found, "Id"),
        currency_code=currency,
        opens_on=min(opening[1], closing[1]),
        closes_on=closing[1],
        opening_minor=opening[0],
        closing_minor=closing[0],
        lines=lines,
    )


def _lines(entry: Element, currency: str) -> Iterator[StatementLine]:
    status = _text(entry, "Sts/Cd") or _text(entry, "Sts")
    if status != "BOOK":
        return
    details = entry.findall("NtryDtls/TxDtls")
    parts = [detail for detail in details if len(details) > 1 and _amount_within(detail) is not None]
    if not parts or len(parts) != len(details):
        yield _line(entry, details[0] if len(details) == 1 else None, currency, None)
        return
    for number, detail in enumerate(parts, start=1):
        yield _line(entry, detail, currency, number)


def _line(entry: Element, detail: Element | None, currency: str, number: int | None) -> StatementLine:
    reference = _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef")
    about = detail if detail is not None else entry
    credit = _need(entry, "CdtDbtInd") == "CRDT"
    amount = _amount_within(about) if number is not None else None
    minor = _minor(amount if amount is not None else _amount_of(entry), currency)
    party = "Dbtr" if credit else "Cdtr"
    words = [element.text or "" for element in about.findall("RmtInf/Ustrd")]
    words += [_text(about, "Refs/EndToEndId") or "", _text(entry, "AddtlNtryInf") or ""]
    return StatementLine(
        booked_on=_day(entry, "BookgDt"),
        valued_on=_day(entry, "ValDt") if entry.find("ValDt") is not None else None,
        amount_minor=minor if credit else -minor,
        bank_reference=f"{reference}/{number}" if reference and number else reference,
        reference=_text(about, "RmtInf/Strd/CdtrRefInf/Ref") or _text(about, "RmtInf/Strd/RfrdDocInf/Nb"),
        counterparty_name=_text(about, f"RltdPties/{party}/Nm") or _text(about, f"RltdPties/{party}/Pty/Nm"),
        counterparty_account=_text(about, f"RltdPties/{party}Acct/Id/IBAN"),
        information=" ".join(word for word in words if word and word != "NOTPROVIDED")[:LONGEST_TEXT],
    )


def _amount_of(element: Element) -> Element:
    amount = element.find("Amt")
    if amount is None:
        raise _unreadable(f"{element.tag} has no amount (Amt)")
    return amount


def _amount_within(detail: Element) -> Element | None:
    found = detail.find("Amt")
    return found if found is not None else detail.find("AmtDtls/TxAmt/Amt")


def _signed(balance: Element, currency: str) -> int:
    minor = _minor(_amount_of(balance), currency)
    return minor if _need(balance, "CdtDbtInd") == "CRDT" else -minor


def _minor(amount: Element, currency: str) -> int:
    if amount.get("Ccy") != currency:
        raise _unreadable(f"an amount is in {amount.get('Ccy')!r}, the account in {currency}")
    try:
        exact = Decimal((amount.text or "").strip()).scaleb(currency_digits(currency))
    except InvalidOperation:
        raise _unreadable(f"{amount.text!r} is no amount") from None
    if not exact.is_finite() or exact != exact.to_integral_value() or not 0 <= exact < 10**15:
        raise _unreadable(f"{amount.text!r} is no amount of {currency}")
    return int(exact)


def _day(element: Element, name: str) -> date:
    if day := _text(element, f"{name}/Dt"):
        return date.fromisoformat(day[:10])
    return datetime.fromisoformat(_need(element, f"{name}/DtTm")).date()


def _need(element: Element, path: str) -> str:
    if text := _text(element, path):
        return text
    raise _unreadable(f"{element.tag} lacks {path}")


def _text(element: Element, path: str) -> str | None:
    return (element.findtext(path) or "").strip() or None


def _unreadable(message: str) -> StatementUnreadable:
    return StatementUnreadable(message, field="content")
