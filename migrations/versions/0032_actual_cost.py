"""Actual cost with its evidence and its questions, alerts about the margin, and shares of what was gained."""

from __future__ import annotations

from alembic import op

from migrations.sql import KEY_COLUMNS, READS_COST, SEES_CONTRACT, SIGNED, contract_table, drop_tables, run

revision = "0032"
down_revision = "0036"
branch_labels = None
depends_on = None

STANDING = "status not in ('SUPERSEDED', 'WITHDRAWN')"

READS_BAND = f"{SEES_CONTRACT} and app.disclosure(contract_id, association_id, vendor_id) in ('FULL', 'BAND_ONLY')"

SEES_EVIDENCE = """case when learners_site_id is null
    then case when strpos(current_setting('app.granted', true), contract_id::text) > 0 then true
        else app.sees(contract_id, association_id, vendor_id) end
    else app.sees_learners(contract_id, association_id, vendor_id, learners_site_id) end"""

SEES_EVENTS = """case when contract_id is null
    then actor_organization_id = app.organization_id() and app.has_role('OWNER', 'AUDITOR')
    else app.sees(contract_id, association_id, vendor_id) end"""

ALERTS = "'MARGIN_ALERT_RAISED', 'MARGIN_ALERT_CLEARED'"


def upgrade() -> None:
    """Bring them."""
    run(
        f"""
        alter table actual_cost drop constraint one_actual_cost_per_period --;
        alter table actual_cost rename recorded_at to entered_at --;
        alter table actual_cost
            add currency_code text not null check (length(currency_code) = 3),
            add category text not null check (category in ('DIRECT', 'INDIRECT', 'PASS_THROUGH')),
            add description text not null check (length(description) between 1 and 500),
            add quantity numeric(18, 6) check (quantity > 0),
            add allowable boolean not null,
            add allowable_reason text check (length(allowable_reason) between 1 and 2000),
            add status text not null
                check (status in ('ENTERED', 'QUESTIONED', 'PARTLY_DISALLOWED', 'DISALLOWED', 'SUPERSEDED', 'WITHDRAWN')),
            add questioned_minor bigint not null default 0 check (questioned_minor >= 0),
            add disallowed_minor bigint not null default 0 check (disallowed_minor >= 0),
            add allowed_minor bigint generated always as (case when allowable and {STANDING}
                then cost_minor - disallowed_minor else 0 end) virtual,
            add billed boolean not null default false,
            add supersedes_id uuid,
            add reason text not null check (length(reason) between 1 and 2000),
            add ended_at timestamptz,
            {_added(SIGNED.format("entered_by"))},
            add foreign key (contract_id, supersedes_id) references actual_cost (contract_id, id),
            add constraint superseded_once unique (contract_id, supersedes_id),
            add check (allowable or allowable_reason is not null),
            add check (questioned_minor + disallowed_minor <= cost_minor),
            add check ((status = 'QUESTIONED') = (questioned_minor > 0)),
            add check (status <> 'DISALLOWED' or disallowed_minor = cost_minor),
            add check ((status in ('SUPERSEDED', 'WITHDRAWN')) = (ended_at is not null)),
            add constraint one_calendar_of_costs exclude using gist (contract_id with =, contract_line_id with =,
                daterange(period_starts_on, period_ends_on, '[]') with &&,
                ((period_starts_on - '2000-01-01'::date)::bigint * 100000 + (period_ends_on - period_starts_on)) with <>)
                where ({STANDING}) --;
        create unique index one_standing_cost on actual_cost
            (contract_id, contract_line_id, period_starts_on, period_ends_on, category, allowable) where {STANDING} --;
        create index actual_cost_newest on actual_cost (contract_id, period_starts_on desc, id desc) --;
        create index actual_cost_line on actual_cost (contract_id, contract_line_id, period_starts_on desc, id desc) --;
        revoke insert, update on actual_cost from chapterhouse_app --;
        grant insert on actual_cost to chapterhouse_app --;
        grant update (status, questioned_minor, disallowed_minor, billed, ended_at) on actual_cost to chapterhouse_app --;
        create table cost_question (
            {KEY_COLUMNS},
            actual_cost_id uuid not null,
            status text not null
                check (status in ('OPEN', 'ANSWERED', 'WITHDRAWN', 'CONCEDED', 'DISALLOWED', 'OVERTAKEN')),
            currency_code text not null check (length(currency_code) = 3),
            questioned_minor bigint not null check (questioned_minor > 0),
            question text not null check (length(question) between 1 and 2000),
            asked_at timestamptz not null,
            {SIGNED.format("asked_by")},
            answer text check (length(answer) between 1 and 2000),
            answered_at timestamptz,
            {SIGNED.format("answered_by")},
            disallowed_minor bigint not null default 0 check (disallowed_minor between 0 and questioned_minor),
            outcome text check (length(outcome) between 1 and 2000),
            closed_at timestamptz,
            {SIGNED.format("closed_by")},
            foreign key (contract_id, actual_cost_id) references actual_cost (contract_id, id),
            check ((answer is null) = (answered_at is null)),
            check (status <> 'ANSWERED' or answer is not null),
            check ((status in ('OPEN', 'ANSWERED')) = (closed_at is null)),
            check ((outcome is null) = (closed_at is null)),
            check ((status in ('CONCEDED', 'DISALLOWED')) = (disallowed_minor > 0))
        ) --;
        create unique index one_open_question on cost_question (contract_id, actual_cost_id)
            where status in ('OPEN', 'ANSWERED') --;
        create index cost_question_asked on cost_question (contract_id, actual_cost_id, asked_at, id) --;
        alter table evidence
            add shows_cost boolean not null default false,
            add actual_cost_id uuid,
            add foreign key (contract_id, actual_cost_id) references actual_cost (contract_id, id),
            add check (actual_cost_id is null or shows_cost),
            add check (work_record_id is null or not shows_cost) --;
        create index evidence_of_cost on evidence (contract_id, actual_cost_id) where actual_cost_id is not null --;
        alter policy app on evidence using (case when shows_cost then {READS_COST} else {SEES_EVIDENCE} end)
            with check ({SEES_CONTRACT} and (not shows_cost
                or app.disclosure(contract_id, association_id, vendor_id) = 'FULL')) --;
        alter policy app on audit_event using (case when type in ({ALERTS}) then {READS_BAND} else {SEES_EVENTS} end) --;
        create table margin_alert (
            {KEY_COLUMNS},
            kind text not null check (kind in ('SQUEEZE', 'EXCESS')),
            cost_basis text not null check (cost_basis in ('STANDARD', 'ACTUAL', 'MIXED')),
            margin_floor_percent numeric(5, 2) not null,
            margin_ceiling_percent numeric(5, 2) not null,
            raised_at timestamptz not null,
            cleared_at timestamptz
        ) --;
        create unique index one_open_alert on margin_alert (contract_id, kind) where cleared_at is null --;
        create index margin_alert_newest on margin_alert (contract_id, raised_at desc, id desc) --;
        create index margin_alert_association on margin_alert (association_id, raised_at desc, contract_id desc, id desc) --;
        create index margin_alert_vendor on margin_alert (vendor_id, raised_at desc, contract_id desc, id desc) --;
        create index margin_alert_all on margin_alert (raised_at desc, contract_id desc, id desc) --;
        create table margin_alert_cost (
            contract_id uuid not null,
            alert_id uuid not null,
            association_id uuid not null,
            vendor_id uuid not null,
            currency_code text not null check (length(currency_code) = 3),
            price_minor bigint not null,
            cost_minor bigint not null,
            primary key (contract_id, alert_id),
            foreign key (contract_id, alert_id) references margin_alert (contract_id, id)
        ) --;
        create table gainshare_agreement (
            {KEY_COLUMNS},
            status text not null check (status in ('PROPOSED', 'AGREED', 'DECLINED', 'REPLACED')),
            under_share_percent numeric(5, 2) not null check (under_share_percent between 0 and 100),
            over_share_percent numeric(5, 2) not null check (over_share_percent between 0 and 100),
            effective_from date not null,
            reason text not null check (length(reason) between 1 and 2000),
            proposed_at timestamptz not null,
            {SIGNED.format("proposed_by")},
            answer_reason text check (length(answer_reason) between 1 and 2000),
            answered_at timestamptz,
            {SIGNED.format("answered_by")},
            check ((status = 'PROPOSED') = (answered_at is null)),
            constraint two_parties_agree check (answered_by_organization_id <> proposed_by_organization_id
                or status in ('DECLINED', 'REPLACED'))
        ) --;
        create unique index one_proposed_gainshare on gainshare_agreement (contract_id) where status = 'PROPOSED' --;
        create unique index one_agreed_gainshare on gainshare_agreement (contract_id) where status = 'AGREED' --;
        create index gainshare_agreement_newest on gainshare_agreement (contract_id, proposed_at desc, id desc) --;
        create table gainshare (
            {KEY_COLUMNS},
            agreement_id uuid,
            status text not null check (status in ('CLOSED', 'SETTLED')),
            period_starts_on date not null,
            period_ends_on date not null,
            currency_code text not null check (length(currency_code) = 3),
            under_share_percent numeric(5, 2) not null check (under_share_percent between 0 and 100),
            over_share_percent numeric(5, 2) not null check (over_share_percent between 0 and 100),
            target_cost_minor bigint not null check (target_cost_minor >= 0),
            actual_cost_minor bigint not null check (actual_cost_minor >= 0),
            association_share_minor bigint not null,
            vendor_share_minor bigint not null,
            reason text not null check (length(reason) between 1 and 2000),
            closed_at timestamptz not null,
            {SIGNED.format("closed_by")},
            settled_at timestamptz,
            credit_note_id uuid,
            invoice_id uuid,
            foreign key (contract_id, agreement_id) references gainshare_agreement (contract_id, id),
            foreign key (contract_id, invoice_id) references invoice (contract_id, id),
            check (period_starts_on <= period_ends_on),
            constraint shares_are_the_variance
                check (association_share_minor + vendor_share_minor = target_cost_minor - actual_cost_minor),
            check ((status = 'SETTLED') = (settled_at is not null)),
            constraint shared_once exclude using gist
                (contract_id with =, daterange(period_starts_on, period_ends_on, '[]') with &&)
        ) --;
        create index gainshare_newest on gainshare (contract_id, period_starts_on desc, id desc)
        """
    )
    contract_table("cost_question", using=READS_COST)
    contract_table("margin_alert", using=READS_BAND, grants="select")
    contract_table("margin_alert_cost", using=READS_COST, grants="select")
    contract_table("gainshare_agreement")
    contract_table("gainshare", using=READS_COST)


def downgrade() -> None:
    """Take them away; costs keep what a cost had before."""
    drop_tables("cost_question", "margin_alert", "margin_alert_cost", "gainshare_agreement", "gainshare")
    run(
        f"""
        alter policy app on audit_event using ({SEES_EVENTS}) --;
        alter policy app on evidence using ({SEES_EVIDENCE}) with check ({SEES_CONTRACT}) --;
        alter table evidence drop actual_cost_id, drop shows_cost --;
        drop index actual_cost_newest --;
        drop index actual_cost_line --;
        drop index one_standing_cost --;
        revoke insert on actual_cost from chapterhouse_app --;
        revoke update (status, questioned_minor, disallowed_minor, billed, ended_at) on actual_cost from chapterhouse_app --;
        alter table actual_cost drop constraint one_calendar_of_costs, drop constraint superseded_once --;
        delete from actual_cost where not ({STANDING}) --;
        alter table actual_cost rename entered_at to recorded_at
        """
    )
    for column in ADDED:
        op.execute(f"alter table actual_cost drop {column} cascade")
    run(
        """
        alter table actual_cost add constraint one_actual_cost_per_period exclude using gist (contract_id with =,
            contract_line_id with =, daterange(period_starts_on, period_ends_on, '[]') with &&)
        """
    )


ADDED = """allowed_minor currency_code category description quantity allowable allowable_reason status questioned_minor
    disallowed_minor billed supersedes_id reason ended_at entered_by_member_id entered_by_name entered_by_email
    entered_by_organization_id entered_by_organization_name""".split()


def _added(columns: str) -> str:
    return ", ".join(f"add {column.strip()}" for column in columns.split(","))
