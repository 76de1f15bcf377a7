SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT r3.part_0 AS "nodes") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT 'wof_' || translate(encode(uuid_send(r2.contract_id) || uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.kind AS "kind",
                  r2.status AS "status",
                  CASE WHEN (r2.amount_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r2.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount",
                  r2.reason AS "reason",
                  rtrim(rtrim(to_char(r2.requested_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "requestedAt",
                  (
                  SELECT row_to_json(r5$) AS row_to_json_1
                  FROM (
                    SELECT r4.name AS name
                    FROM (
                      SELECT r2.requested_by_name AS name,
                        r2.requested_by_email AS email,
                        r2.requested_by_organization_name AS organization_name) AS r4) AS r5$) AS "requestedBy",
                  (
                  SELECT row_to_json(r7$) AS row_to_json_2
                  FROM (
                    SELECT r6.number AS number
                    FROM invoice AS r6
                    WHERE r6.contract_id = r2.contract_id AND r6.id = r2.invoice_id) AS r7$) AS "invoice",
                  (
                  SELECT row_to_json(r9$) AS row_to_json_3
                  FROM (
                    SELECT r8.kind AS kind
                    FROM billing_exception AS r8
                    WHERE r8.id = r2.exception_id) AS r9$) AS "exception") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r10.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
          FROM (
            SELECT r1.contract_id AS contract_id,
              r1.id AS id,
              r1.kind AS kind,
              r1.status AS status,
              r1.amount_minor AS amount_minor,
              r1.currency_code AS currency_code,
              r1.reason AS reason,
              r1.requested_at AS requested_at,
              r1.requested_by_name AS requested_by_name,
              r1.requested_by_email AS requested_by_email,
              r1.requested_by_organization_name AS requested_by_organization_name,
              r1.invoice_id AS invoice_id,
              r1.exception_id AS exception_id,
              r1.requested_at AS page_order_0,
              r1.contract_id AS page_order_1,
              r1.id AS page_order_2
            FROM (
              SELECT write_off.contract_id AS contract_id,
                write_off.id AS id,
                write_off.invoice_id AS invoice_id,
                write_off.kind AS kind,
                write_off.status AS status,
                write_off.currency_code AS currency_code,
                write_off.amount_minor AS amount_minor,
                write_off.reason AS reason,
                write_off.exception_id AS exception_id,
                write_off.requested_at AS requested_at,
                write_off.requested_by_name AS requested_by_name,
                write_off.requested_by_email AS requested_by_email,
                write_off.requested_by_organization_name AS requested_by_organization_name
              FROM write_off
              WHERE true) AS r1
            WHERE r1.status = ANY ($4::TEXT[])
            ORDER BY r1.requested_at DESC,
              r1.contract_id DESC,
              r1.id DESC
            LIMIT $3::INTEGER + 1) AS r10) AS r2) AS r3) AS "writeOffs") AS o$) AS json_object_of_1
