"""Queries and mutations of sites."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query
from api.schema.lms_site import (
    ChangeLmsConnectionInput,
    ChangeLmsConnectionPayload,
    ConfigureLmsSiteInput,
    ConfigureLmsSitePayload,
    ConnectLmsSiteInput,
    ConnectLmsSitePayload,
    DisconnectLmsSiteInput,
    DisconnectLmsSitePayload,
    LmsSite,
    ReplaceLmsCredentialInput,
    ReplaceLmsCredentialPayload,
    SecretValueInput,
)
from services.lms_admin.sites import configuring, connecting, reads
from services.lms_admin.sites.credentials import SecretValue


@strawberry.type
class LmsSiteQueries:
    """Which learning management systems are administered."""

    @query
    def lms_site(self, reader: Reader, id: Id[LmsSite]) -> Rows[LmsSite | None]:
        """One site by id; null when it does not exist or you may not see it."""
        return reads.site(reader, id.contract_id, id.id)


@strawberry.type
class LmsSiteMutations:
    """Connecting sites, and looking after their connections."""

    @mutation
    async def connect_lms_site(self, info: Info, input: ConnectLmsSiteInput) -> ConnectLmsSitePayload:
        """Connect an association's learning management system; it is asked at once how it is."""
        tx = info.context.tx
        site = await connecting.connect_site(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            name=input.name,
            system=input.system.name,
            base_url=input.base_url,
            secret=_secret(input.secret),
            keys=info.context.keys,
            allow_loopback=info.context.settings.allow_loopback_lms,
            now=tx.now,
        )
        return ConnectLmsSitePayload(site=site)

    @mutation
    async def change_lms_connection(self, info: Info, input: ChangeLmsConnectionInput) -> ChangeLmsConnectionPayload:
        """Rename a site, or say where it is now; another address takes a credential along."""
        tx = info.context.tx
        site = await connecting.change_connection(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            site_id=input.site_id.id,
            name=input.name,
            base_url=input.base_url,
            secret=None if input.secret is None else _secret(input.secret),
            keys=info.context.keys,
            allow_loopback=info.context.settings.allow_loopback_lms,
            now=tx.now,
        )
        return ChangeLmsConnectionPayload(site=site)

    @mutation
    async def replace_lms_credential(self, info: Info, input: ReplaceLmsCredentialInput) -> ReplaceLmsCredentialPayload:
        """Enter a site with another credential from now on."""
        tx = info.context.tx
        site = await connecting.replace_credential(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            site_id=input.site_id.id,
            secret=_secret(input.secret),
            keys=info.context.keys,
            now=tx.now,
        )
        return ReplaceLmsCredentialPayload(site=site)

    @mutation
    async def configure_lms_site(self, info: Info, input: ConfigureLmsSiteInput) -> ConfigureLmsSitePayload:
        """Set from how many removals on a second person decides, and which members are never touched."""
        tx = info.context.tx
        site = await configuring.configure_site(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            site_id=input.site_id.id,
            removal_threshold_percent=input.removal_threshold_percent,
            removal_threshold_rows=input.removal_threshold_rows,
            protected_member_numbers=input.protected_member_numbers,
            now=tx.now,
        )
        return ConfigureLmsSitePayload(site=site)

    @mutation
    async def disconnect_lms_site(self, info: Info, input: DisconnectLmsSiteInput) -> DisconnectLmsSitePayload:
        """Let a site go, for good: nothing is sent to it any more, and its credential is forgotten."""
        tx = info.context.tx
        site = await connecting.disconnect_site(
            tx,
            actor=tx.actor,
            contract_id=input.site_id.contract_id,
            site_id=input.site_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return DisconnectLmsSitePayload(site=site)


def _secret(given: list[SecretValueInput]) -> list[SecretValue]:
    return [SecretValue(each.name, each.value) for each in given]
