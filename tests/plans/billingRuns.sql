SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT (
            SELECT count(*) AS count_1
            FROM (
              SELECT billing_run.period_ends_on AS period_ends_on
              FROM billing_run
              WHERE app.has_role('BILLING_ADMIN')) AS r4
            WHERE r4.period_ends_on >= $1::DATE) AS "totalCount",
            r3.part_0 AS "nodes") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT 'run_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.status AS "status",
                  (
                  SELECT row_to_json(r6$) AS row_to_json_1
                  FROM (
                    SELECT r5.name AS name
                    FROM organization AS r5
                    WHERE r5.id = r2.vendor_id) AS r6$) AS "vendor",
                  rtrim(rtrim(to_char(r2.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "startedAt",
                  rtrim(rtrim(to_char(r2.ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "endedAt") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $2::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r7.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.status AS status,
              r1.vendor_id AS vendor_id,
              r1.started_at AS started_at,
              r1.ended_at AS ended_at,
              r1.started_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT billing_run.id AS id,
                billing_run.status AS status,
                billing_run.period_ends_on AS period_ends_on,
                billing_run.vendor_id AS vendor_id,
                billing_run.started_at AS started_at,
                billing_run.ended_at AS ended_at
              FROM billing_run
              WHERE app.has_role('BILLING_ADMIN')) AS r1
            WHERE r1.period_ends_on >= $1::DATE
            ORDER BY r1.started_at DESC,
              r1.id DESC
            LIMIT $2::INTEGER + 1) AS r7) AS r2) AS r3) AS "billingRuns") AS o$) AS json_object_of_1
