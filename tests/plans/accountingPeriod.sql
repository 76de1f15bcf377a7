SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r4$) AS row_to_json_1
      FROM (
        SELECT r1.starts_on AS "startsOn",
          r1.ends_on AS "endsOn",
          r1.status AS status,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name
            FROM (
              SELECT r1.closed_by_name AS name,
                r1.closed_by_email AS email,
                r1.closed_by_organization_name AS organization_name
              WHERE r1.closed_by_member_id IS NOT NULL) AS r2) AS r3$) AS "closedBy",
          r1.close_reason AS "closeReason",
          r1.open_exception_count AS "openExceptionCount",
          r1.override_reason AS "overrideReason"
        FROM (
          SELECT accounting_period.starts_on AS starts_on,
            accounting_period.ends_on AS ends_on,
            accounting_period.status AS status,
            accounting_period.closed_by_member_id AS closed_by_member_id,
            accounting_period.closed_by_name AS closed_by_name,
            accounting_period.closed_by_email AS closed_by_email,
            accounting_period.closed_by_organization_name AS closed_by_organization_name,
            accounting_period.close_reason AS close_reason,
            accounting_period.open_exception_count AS open_exception_count,
            accounting_period.override_reason AS override_reason
          FROM accounting_period
          WHERE accounting_period.id = $1::UUID) AS r1) AS r4$) AS "accountingPeriod") AS o$) AS json_object_of_1
