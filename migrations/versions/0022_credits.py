"""Continuing education: activities, rules, certificates, and the ledger of credits, chained for each contract."""

from __future__ import annotations

from migrations.sql import (
    KEY_COLUMNS,
    SEES_LEARNERS,
    SEES_ROWS,
    SIGNED,
    contract_table,
    drop_tables,
    lookup_function,
    run,
)

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

CREDIT = """credit_type_code text not null check (credit_type_code ~ '^[A-Z0-9][A-Z0-9._+/-]{0,31}$'),
            credit_type_name text not null check (length(credit_type_name) between 1 and 200),
            unit text not null check (unit in ('CONTACT_HOUR', 'CEU', 'CREDIT')),
            quantity numeric(18, 6) not null check (quantity > 0)"""

ERASED = """number, member_number, learner_name, licence_number, licence_jurisdiction, score_percent, attestation,
                reissue_reason, revoke_reason, salt"""
"""What an erasure takes out of a certificate."""

WITHDRAWN = "withdrawn_at, withdraw_reason, " + ", ".join(
    f"withdrawn_by_{part}" for part in ("member_id", "name", "email", "organization_id", "organization_name")
)


def upgrade() -> None:
    """Bring them."""
    run(
        f"""
        create table credit_activity (
            {KEY_COLUMNS},
            title text not null check (length(title) between 1 and 300),
            accreditor text not null check (length(accreditor) between 1 and 200),
            provider_number text not null check (length(provider_number) between 1 and 100),
            approval_number text not null check (length(approval_number) between 1 and 100),
            site_id uuid,
            course_key text check (length(course_key) between 1 and 200),
            {CREDIT},
            approved_from date not null,
            approved_to date not null,
            jurisdictions text[] not null default array[]::text[],
            approved_at timestamptz not null,
            {SIGNED.format("approved_by")},
            withdrawn_from date,
            withdrawn_at timestamptz,
            withdraw_reason text check (length(withdraw_reason) between 1 and 2000),
            {SIGNED.format("withdrawn_by")},
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            check (approved_from <= approved_to),
            check ((site_id is null) = (course_key is null)),
            check (num_nulls(withdrawn_from, withdrawn_at, withdraw_reason) in (0, 3)),
            constraint one_approval_at_a_time exclude using gist
                (contract_id with =, accreditor with =, provider_number with =, approval_number with =,
                 credit_type_code with =, daterange(approved_from, approved_to, '[]') with &&)
                where (withdrawn_at is null)
        ) --;
        create index credit_activity_newest on credit_activity (contract_id, approved_at desc, id desc) --;
        create index credit_activity_ends on credit_activity (contract_id, approved_to, id) --;
        create table credit_rule (
            {KEY_COLUMNS},
            activity_id uuid not null,
            needs_completion boolean not null,
            minimum_score_percent numeric(5, 2) check (minimum_score_percent between 0 and 100),
            needs_attestation boolean not null,
            periods_begin_on date not null,
            period_months int not null check (period_months between 1 and 120),
            retention_years int not null check (retention_years between 1 and 100),
            approved_at timestamptz not null,
            {SIGNED.format("approved_by")},
            withdrawn_at timestamptz,
            withdraw_reason text check (length(withdraw_reason) between 1 and 2000),
            {SIGNED.format("withdrawn_by")},
            foreign key (contract_id, activity_id) references credit_activity (contract_id, id),
            check (needs_completion or needs_attestation),
            check (minimum_score_percent is null or needs_completion),
            check ((withdrawn_at is null) = (withdraw_reason is null))
        ) --;
        create unique index one_rule_of_an_activity on credit_rule (contract_id, activity_id)
            where withdrawn_at is null --;
        create index credit_rule_activity on credit_rule (contract_id, activity_id, approved_at desc, id desc) --;
        create table certificate (
            {KEY_COLUMNS},
            site_id uuid,
            activity_id uuid not null,
            rule_id uuid not null,
            status text not null check (status in ('VALID', 'REVOKED', 'REPLACED')),
            period_starts_on date not null,
            period_ends_on date not null,
            keep_until date not null,
            number text unique check (number ~ '^[0-9A-HJKMNP-TV-Z]{{28}}$'),
            member_number text check (length(member_number) between 1 and 200),
            learner_name text check (length(learner_name) between 1 and 200),
            licence_number text check (length(licence_number) between 1 and 100),
            licence_jurisdiction text check (length(licence_jurisdiction) between 1 and 100),
            score_percent numeric(6, 2),
            attestation text check (length(attestation) between 1 and 4000),
            reissue_reason text check (length(reissue_reason) between 1 and 2000),
            revoke_reason text check (length(revoke_reason) between 1 and 2000),
            salt bytea check (length(salt) = 32),
            erased_at timestamptz,
            foreign key (contract_id, site_id) references lms_site (contract_id, id),
            foreign key (contract_id, activity_id) references credit_activity (contract_id, id),
            foreign key (contract_id, rule_id) references credit_rule (contract_id, id),
            check (period_starts_on <= period_ends_on),
            check (erased_at is not null or num_nulls(number, member_number, learner_name, salt) = 0),
            constraint erased_whole check (erased_at is null or num_nonnulls({ERASED}) = 0),
            constraint one_award_of_a_period exclude using gist
                (contract_id with =, activity_id with =, member_number with =,
                 daterange(period_starts_on, period_ends_on, '[]') with &&)
                where (status = 'VALID')
        ) --;
        create index certificate_member on certificate (contract_id, member_number, id) --;
        create table credit_entry (
            {KEY_COLUMNS},
            sequence bigint not null check (sequence > 0),
            kind text not null check (kind in ('AWARDED', 'REVOKED', 'REISSUED')),
            certificate_id uuid not null,
            replaces_certificate_id uuid,
            activity_id uuid not null,
            rule_id uuid not null,
            {CREDIT},
            earned_on date not null,
            period_starts_on date not null,
            period_ends_on date not null,
            evidence_id uuid,
            on_behalf_of text not null,
            recorded_at timestamptz not null,
            {SIGNED.format("recorded_by")},
            subject_digest bytea not null check (length(subject_digest) = 32),
            digest bytea not null check (length(digest) = 32),
            previous_hash bytea not null check (length(previous_hash) = 32),
            hash bytea not null check (length(hash) = 32),
            constraint one_credit_entry_of_a_sequence unique (contract_id, sequence),
            foreign key (contract_id, certificate_id) references certificate (contract_id, id),
            foreign key (contract_id, replaces_certificate_id) references certificate (contract_id, id),
            foreign key (contract_id, activity_id) references credit_activity (contract_id, id),
            foreign key (contract_id, rule_id) references credit_rule (contract_id, id),
            foreign key (contract_id, evidence_id) references evidence (contract_id, id),
            check ((kind = 'REISSUED') = (replaces_certificate_id is not null))
        ) --;
        create unique index one_award_and_one_revocation on credit_entry
            (contract_id, certificate_id, (kind = 'REVOKED')) --;
        create unique index one_replacement_of_a_certificate on credit_entry (contract_id, replaces_certificate_id)
            where replaces_certificate_id is not null
        """
    )
    contract_table("credit_activity", using=SEES_ROWS, grants=f"select, insert, update (withdrawn_from, {WITHDRAWN})")
    contract_table("credit_rule", using=SEES_ROWS, grants=f"select, insert, update ({WITHDRAWN})")
    contract_table("certificate", using=SEES_LEARNERS, grants=f"select, insert, update (status, erased_at, {ERASED})")
    contract_table("credit_entry", using=SEES_ROWS, grants="select, insert")
    lookup_function(
        "app.certificate_shown(of_number text) returns table (status text, association text, activity text, "
        "quantity numeric, unit text, credit_type text, earned_on date, initials text)",
        """language sql stable security definer set search_path = public, pg_temp as $$
            select c.status, e.on_behalf_of, a.title, e.quantity, e.unit, e.credit_type_name, e.earned_on,
                (select string_agg(left(word, 1) || '.', ' ' order by place)
                    from regexp_split_to_table(c.learner_name, '[[:space:]]+') with ordinality w (word, place)
                    where word !~ '^[[:punct:][:digit:]]')
            from certificate c
            join credit_activity a on a.contract_id = c.contract_id and a.id = c.activity_id
            join credit_entry e on e.contract_id = c.contract_id and e.certificate_id = c.id and e.kind <> 'REVOKED'
            where c.number = of_number $$""",
    )


def downgrade() -> None:
    """Take them away."""
    run("drop function app.certificate_shown")
    drop_tables("credit_activity", "credit_rule", "certificate", "credit_entry")
