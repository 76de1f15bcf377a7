"""Every mutation, every kind of outsider, with the ids of a victim: nothing of theirs is changed or shown."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from graphql import GraphQLField, GraphQLNonNull, GraphQLObjectType, get_named_type

from api.graphql_schema import schema
from core.connecting import connected
from core.ids import decode
from demo.organizations import organization_id
from demo.seats import GUILD, LAKESIDE, DemoOrganization
from services.identity.signing_keys import SigningKeys
from services.identity.tokens import issue_token
from tests.databases import OneDatabase
from tests.digests import every_row
from tests.guards.conftest import Proved
from tests.guards.inputs import inputs_of
from tests.guards.rules import RULES, bills, oversees_billing, sees_exemption
from tests.guards.test_everyone_sees_what_is_theirs import rows_by_type
from tests.guards.world import NOBODY, World
from tests.worlds import marketplace

pytestmark = pytest.mark.asyncio(loop_scope="module")

MUTATIONS = schema._schema.type_map["Mutation"].fields  # type: ignore[attr-defined]  # noqa: SLF001 - the guard walks it

OUTSIDERS = {
    "nobody": {"UNAUTHENTICATED"},
    "member of nothing": {"UNAUTHENTICATED"},
    "stranger.vendor": {"FORBIDDEN", "NOT_FOUND"},
    "stranger.association": {"FORBIDDEN", "NOT_FOUND"},
    "vendor.ungranted": {"FORBIDDEN", "NOT_FOUND"},
    "vendor.revoked": {"FORBIDDEN", "NOT_FOUND"},
    "association.plain": {"FORBIDDEN", "NOT_FOUND"},
    "operator.auditor": {"FORBIDDEN", "NOT_FOUND"},
}
"""Who tries, and in which words they are turned away: never for what they sent, always for who they are."""

FOR_THEMSELVES = {
    ("createOffering", "stranger.vendor"),
    ("setUpPayee", "stranger.vendor"),
    ("createApiKey", "stranger.vendor"),
    ("createApiKey", "stranger.association"),
    ("proposeContract", "stranger.association"),
}
"""What names no victim, or only a public offering: a stranger may do it, for their own organization."""

ANSWERED_BY_ITS_CODE = "acceptInvitation"
"""The one mutation whose right is a secret in its input, and not who sends it."""

OWNERS = (organization_id(LAKESIDE), organization_id(GUILD))

INSIDERS = {
    "enterActualCost": "vendor.owner",
    "withdrawActualCost": "vendor.owner",
    "questionActualCost": "association.finance",
    "answerCostQuestion": "vendor.owner",
    "concedeCostQuestion": "vendor.owner",
    "withdrawCostQuestion": "association.finance",
    "disallowActualCost": "association.finance",
    "registerOrganization": "operator.owner",
    "inviteMember": "vendor.owner",
    "withdrawInvitation": "vendor.owner",
    "changeMemberRoles": "vendor.owner",
    "createApiKey": "vendor.owner",
    "createOffering": "vendor.catalog",
    "updateOffering": "vendor.catalog",
    "publishOffering": "vendor.catalog",
    "discardDraft": "vendor.catalog",
    "proposeContract": "association.buyer",
    "reviseContract": "association.buyer",
    "declineContract": "vendor.owner",
    "withdrawContract": "association.buyer",
    "signContract": "association.owner",
    "proposeGainshare": "vendor.signatory",
    "answerGainshare": "association.owner",
    "closeGainshare": "operator.billing",
    "grantContractAccess": "association.owner",
    "recordObligation": "association.owner",
    "recordWork": "vendor.delivery",
    "addEvidence": "vendor.delivery",
    "voidWorkRecord": "vendor.delivery",
    "submitWork": "vendor.delivery",
    "withdrawSubmission": "vendor.delivery",
    "reviewSubmission": "association.acceptor",
    "reverseAcceptance": "association.acceptor",
    "answerScope": "association.owner",
    "issueInvoice": "operator.billing",
    "issuePlatformFeeInvoice": "operator.billing",
    "payInvoice": "association.finance",
    "cancelPayment": "association.finance",
    "recordPayment": "operator.billing",
    "reversePayment": "operator.billing",
    "refundPayment": "operator.billing",
    "releaseSettlement": "operator.billing",
    "reverseSettlement": "operator.billing",
    "setUpPayee": "vendor.owner",
    "answerChargeback": "operator.billing",
    "voidInvoice": "operator.billing",
    "releaseRetainage": "association.finance",
    "startBillingRun": "operator.billing",
    "pauseBillingRun": "operator.billing",
    "resumeBillingRun": "operator.billing",
    "cancelBillingRun": "operator.billing",
    "draftInvoice": "operator.billing",
    "issueInvoiceDraft": "operator.billing",
    "discardInvoiceDraft": "operator.billing",
    "closePeriod": "operator.billing",
    "requestPeriodOverride": "operator.billing",
    "confirmPeriodOverride": "operator.billing",
    "reopenPeriod": "operator.billing",
    "importBankStatement": "operator.billing",
    "matchBankLine": "operator.billing",
    "requestMatch": "operator.billing",
    "configureMatchTolerance": "operator.billing",
    "assignBillingException": "operator.billing",
    "resolveBillingException": "operator.billing",
    "writeOffDifference": "operator.billing",
    "confirmWriteOff": "operator.billing",
    "reverseWriteOff": "operator.billing",
    "issueCreditNote": "operator.billing",
    "voidCreditNote": "operator.billing",
    "applyCredit": "operator.billing",
    "issueDebitNote": "operator.billing",
    "correctInvoice": "operator.billing",
    "disputeInvoice": "association.finance",
    "withdrawInvoiceDispute": "association.finance",
    "resolveInvoiceDispute": "operator.billing",
    "addTaxRule": "operator.billing",
    "endTaxRule": "operator.billing",
    "fileTaxExemption": "association.finance",
    "verifyTaxExemption": "operator.billing",
    "rejectTaxExemption": "operator.billing",
    "recordTaxRegistration": "operator.billing",
    "enterExchangeRate": "operator.billing",
    "withdrawExchangeRate": "operator.billing",
    "importExchangeRates": "operator.billing",
    "setReportingCurrency": "operator.billing",
    "setDunningSchedule": "operator.billing",
    "pauseDunning": "operator.billing",
    "resumeDunning": "operator.billing",
    "connectLmsSite": "association.owner",
    "changeLmsConnection": "association.owner",
    "replaceLmsCredential": "association.owner",
    "configureLmsSite": "association.owner",
    "announceLmsMaintenance": "association.owner",
    "withdrawLmsMaintenance": "association.owner",
    "syncCompletions": "vendor.delivery",
    "readDrift": "vendor.delivery",
    "assignDriftFinding": "vendor.delivery",
    "resolveDriftFinding": "vendor.delivery",
    "narrowGrant": "association.owner",
    "liftNarrowing": "association.owner",
    "previewRosterImport": "vendor.delivery",
    "previewEnrolments": "vendor.delivery",
    "previewSuspension": "vendor.delivery",
    "previewAccessReset": "vendor.delivery",
    "previewCourses": "vendor.delivery",
    "previewUndo": "vendor.delivery",
    "optOutOfPlanRows": "vendor.delivery",
    "approveLmsPlan": "association.owner",
    "withdrawLmsPlan": "vendor.delivery",
    "createLmsTask": "vendor.delivery",
    "completeLmsTask": "vendor.delivery",
    "withdrawLmsTask": "vendor.delivery",
    "executeLmsPlan": "vendor.delivery",
    "pauseLmsJob": "vendor.delivery",
    "resumeLmsJob": "vendor.delivery",
    "cancelLmsJob": "vendor.delivery",
    "verifyLmsItem": "vendor.delivery",
    "meterLmsJob": "vendor.delivery",
    "disconnectLmsSite": "association.owner",
    "submitPackage": "vendor.delivery",
    "waivePackageRules": "association.acceptor",
    "signAccessibilityReview": "vendor.delivery",
    "previewPublishing": "vendor.delivery",
    "withdrawPackage": "vendor.delivery",
    "approveCreditActivity": "association.owner",
    "approveCreditRule": "association.owner",
    "awardCredits": "vendor.delivery",
    "revokeCredit": "association.owner",
    "reissueCredit": "vendor.delivery",
    "eraseLearner": "association.owner",
    "eraseLmsLearner": "association.owner",
    "withdrawCreditRule": "association.owner",
    "withdrawCreditActivity": "association.owner",
    "retireOffering": "vendor.catalog",
    "revokeContractAccess": "association.owner",
    "terminateContract": "association.owner",
    "endMembership": "vendor.owner",
    "revokeApiKey": "vendor.owner",
}
"""Who may: with the same inputs they are not turned away for who they are, so the inputs reach what they aim at.

What takes away what others need comes last.
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(database: OneDatabase, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with marketplace(database, tmp_path_factory.mktemp("world")) as world:
        person = {"name": "Ola Lind", "email": "ola@guild.example", "roles": ["FINANCE"]}
        await world.do("association.owner", "inviteMember", "invitation { id }", person)
        key = {"name": "Ledger", "roles": ["FINANCE"]}
        await world.do("association.owner", "createApiKey", "apiKey { id }", key)
        token = issue_token(
            SigningKeys(world.settings.signing_keys_dir),
            issuer=world.settings.issuer,
            audience=world.settings.issuer,
            subject="known to nobody",
            lifetime=timedelta(hours=1),
            now=datetime.now(UTC),
        )
        path = f"/evidence?contractId={world.names['contract']}&name=a.csv"
        sender = {**world.onlookers["vendor.delivery"].headers, "content-type": "text/csv"}
        upload = await world.client.post(path, content=b"a,b", headers=sender)
        world.names["upload"] = upload.json()["id"]
        bearer = {"authorization": f"Bearer {token}"}
        world.onlookers["member of nothing"] = replace(NOBODY, name="member of nothing", headers=bearer)
        yield world


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def superuser(database: OneDatabase) -> AsyncIterator[asyncpg.Connection[Any]]:
    async with connected(database.superuser_url, variable="the superuser") as connection:
        yield connection


async def inputs(world: World, database: OneDatabase) -> list[tuple[str, dict[str, Any]]]:
    """Every mutation with the ids of the vendor, and again with those of the association where that differs."""
    rows = await rows_by_type(database.superuser_url)
    found: list[tuple[str, dict[str, Any]]] = []
    for organization in (LAKESIDE, GUILD):
        victims = dict(of(rows, world, organization))
        for name, field in MUTATIONS.items():
            for given in inputs_of(field, victims, {"contentHash": world.names["hash"]}):
                if (name, given) not in found:
                    found.append((name, given))
    return found


def of(rows: dict[str, dict[str, Any]], world: World, organization: DemoOrganization) -> Iterator[tuple[str, str]]:
    """One thing of each type that is the organization's, or stands under the contract of both."""
    contract, owner = decode("con", world.names["contract"])[0], organization_id(organization)
    named = {"Contract": "contract", "Offering": "offering", "WorkRecord": "admin", "Evidence": "upload"}
    for type_name, of_type in rows.items():
        if type_name in named:
            yield type_name, world.names[named[type_name]]
            continue
        for public_id, row in of_type.items():
            if RULES[type_name] in {bills, oversees_billing, sees_exemption}:
                is_theirs = True  # the operator's own: nobody else's, and theirs to lose as much
            elif "contract_id" in row:
                is_theirs = row["contract_id"] == contract
            elif "organization_id" in row:
                is_theirs = row["organization_id"] == owner
            else:
                is_theirs = owner in (row["id"], row.get("vendor_id"))
            if is_theirs and row.get("revoked_at") is None:
                yield type_name, public_id
                break


def text_of(name: str, field: GraphQLField) -> str:
    payload = get_named_type(field.type)
    assert isinstance(payload, GraphQLObjectType)
    asked = [
        f"{part} {{ id }}" if isinstance(get_named_type(declared.type), GraphQLObjectType) else part
        for part, declared in payload.fields.items()
        if part != "userErrors" and not isinstance(declared.type, GraphQLNonNull)
    ]
    kind = field.args["input"].type
    return f"mutation($input: {kind}) {{ {name}(input: $input) {{ {' '.join(asked)} userErrors {{ code message }} }} }}"


async def send(world: World, onlooker: str, name: str, given: dict[str, Any]) -> tuple[dict[str, Any], set[str]]:
    """Return what is in the payload, and the codes of the refusals."""
    answer = await world.ask(onlooker, text_of(name, MUTATIONS[name]), {"input": given})
    assert "errors" not in answer, (name, onlooker, answer)
    payload = answer["data"][name]
    codes = {error["code"] for error in payload.pop("userErrors")}
    return payload, codes


async def test_no_outsider_changes_anything_by_any_mutation(
    world: World, database: OneDatabase, superuser: asyncpg.Connection[Any], proved: Proved
) -> None:
    victims = {public_id for of_type in (await rows_by_type(database.superuser_url)).values() for public_id in of_type}
    tried = 0
    before = await every_row(superuser)
    for name, given in await inputs(world, database):
        for outsider, words in OUTSIDERS.items():
            payload, codes = await send(world, outsider, name, given)
            after = await every_row(superuser)
            tried += 1
            if (name, outsider) in FOR_THEMSELVES:
                assert before <= after, f"{outsider} changed a row by {name}"
                shown = {word for word in json.dumps(payload).split('"') if "_" in word}
                assert not shown & victims, f"{outsider} was shown a victim's by {name}"
                made_for = {str(owner) for owner in OWNERS for _, row in after - before if str(owner) in row}
                assert not made_for or name == "proposeContract", f"{outsider} made a row of a victim's by {name}"
                before = after
                continue
            assert after == before, f"{outsider} changed something by {name}"
            assert set(payload.values()) <= {None}, f"{outsider} was shown something by {name}"
            if name == ANSWERED_BY_ITS_CODE and outsider != "nobody":
                words = {"INVITATION_NOT_OPEN"}  # noqa: PLW2901 - the code that is sent is none
            assert codes, f"{outsider} was not refused {name}"
            assert codes <= words, f"{outsider} was refused {name} with {codes}"
    proved(f"{len(MUTATIONS)} mutations x {len(OUTSIDERS)} outsiders: {tried} refused")
    assert tried >= len(MUTATIONS) * len(OUTSIDERS)


async def test_insiders_are_not_turned_away_for_who_they_are(world: World, database: OneDatabase) -> None:
    missing = set(MUTATIONS) - set(INSIDERS) - {ANSWERED_BY_ITS_CODE}
    assert not missing, f"the guard does not know who may {sorted(missing)}"
    of_the_vendor = dict(reversed(await inputs(world, database)))
    for name, insider in INSIDERS.items():
        _, codes = await send(world, insider, name, of_the_vendor[name])
        assert not codes & {"UNAUTHENTICATED", "FORBIDDEN", "NOT_FOUND"}, (name, codes)
