"""Whether a member is still who they were: asked by the very statement that reads as them."""

from __future__ import annotations

from migrations.sql import lookup_function, run

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the function; what it looks at is what `app.memberships` answers, put into one text."""
    lookup_function(
        "app.standing(of_issuer text, of_subject text) returns text",
        """language plpgsql stable security definer set search_path = public, pg_temp as $$
            begin
                return (
                    select string_agg(row(m.id, o.id, m.person_id, o.kind, o.name, m.name, m.email, m.roles)::text, ' '
                        order by m.id)
                    from subject s join member m on m.person_id = s.person_id join organization o on o.id = m.organization_id
                    where s.issuer = of_issuer and s.subject = of_subject and m.ended_at is null);
            end $$""",
    )


def downgrade() -> None:
    """Take it away."""
    run("drop function app.standing")
