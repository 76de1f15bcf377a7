SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT r3.part_0 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'idp_' || translate(encode(uuid_send(r2.contract_id) || uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r2.status AS "status",
                      rtrim(rtrim(to_char(r2.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "openedAt",
                      CASE WHEN (r2.disputed_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.disputed_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.disputed_minor AS NUMERIC) * 0.001 ELSE CAST(r2.disputed_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                          r2.currency_code AS "currencyCode") AS o$) ELSE NULL END AS "disputed",
                      (
                      SELECT row_to_json(r5$) AS row_to_json_1
                      FROM (
                        SELECT r4.number AS number
                        FROM invoice AS r4
                        WHERE r4.contract_id = r2.contract_id AND r4.id = r2.invoice_id) AS r5$) AS "invoice") AS o$) AS "node") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r6.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
          FROM (
            SELECT r1.contract_id AS contract_id,
              r1.id AS id,
              r1.status AS status,
              r1.opened_at AS opened_at,
              r1.disputed_minor AS disputed_minor,
              r1.currency_code AS currency_code,
              r1.invoice_id AS invoice_id,
              r1.opened_at AS page_order_0,
              r1.contract_id AS page_order_1,
              r1.id AS page_order_2
            FROM (
              SELECT invoice_dispute.contract_id AS contract_id,
                invoice_dispute.id AS id,
                invoice_dispute.invoice_id AS invoice_id,
                invoice_dispute.status AS status,
                invoice_dispute.currency_code AS currency_code,
                invoice_dispute.disputed_minor AS disputed_minor,
                invoice_dispute.opened_at AS opened_at
              FROM invoice_dispute
              WHERE invoice_dispute.association_id = $4::UUID) AS r1
            ORDER BY r1.opened_at DESC,
              r1.contract_id DESC,
              r1.id DESC
            LIMIT $3::INTEGER + 1) AS r6) AS r2) AS r3) AS "invoiceDisputes") AS o$) AS json_object_of_1
