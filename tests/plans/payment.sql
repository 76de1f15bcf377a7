SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r10$) AS row_to_json_1
      FROM (
        SELECT r1.status AS status,
          CASE WHEN (r1.received_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.received_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.received_minor AS NUMERIC) * 0.001 ELSE CAST(r1.received_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
              r1.currency_code AS "currencyCode") AS o$) ELSE NULL END AS received,
          r1.page_url AS "pageUrl",
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r4.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r3.status AS "status",
                      CASE WHEN (r3.amount_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r3.currency_code) WHEN $3::INTEGER THEN CAST(r3.amount_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r3.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r3.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount") AS o$) ORDER BY r3.page_position) FILTER (WHERE r3.page_position <= $5::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r5.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r2.status AS status,
                  r2.amount_minor AS amount_minor,
                  r2.currency_code AS currency_code,
                  r2.started_at AS page_order_0,
                  r2.contract_id AS page_order_1,
                  r2.id AS page_order_2
                FROM refund AS r2
                WHERE r2.contract_id = r1.contract_id AND r2.payment_id = r1.id
                ORDER BY r2.started_at ASC,
                  r2.contract_id ASC,
                  r2.id ASC
                LIMIT $5::INTEGER + 1) AS r5) AS r3) AS r4) AS refunds,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r8.part_0 AS "nodes") AS o$) AS json_object_of_3
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r7.status AS "status",
                      rtrim(rtrim(to_char(r7.respond_by AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "respondBy") AS o$) ORDER BY r7.page_position) FILTER (WHERE r7.page_position <= $6::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r9.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r6.status AS status,
                  r6.respond_by AS respond_by,
                  r6.opened_at AS page_order_0,
                  r6.contract_id AS page_order_1,
                  r6.id AS page_order_2
                FROM chargeback AS r6
                WHERE r6.contract_id = r1.contract_id AND r6.payment_id = r1.id
                ORDER BY r6.opened_at ASC,
                  r6.contract_id ASC,
                  r6.id ASC
                LIMIT $6::INTEGER + 1) AS r9) AS r7) AS r8) AS chargebacks
        FROM (
          SELECT payment.contract_id AS contract_id,
            payment.id AS id,
            payment.currency_code AS currency_code,
            payment.status AS status,
            payment.received_minor AS received_minor,
            payment.page_url AS page_url
          FROM payment
          WHERE payment.association_id = $7::UUID AND payment.contract_id = $8::UUID AND payment.id = $9::UUID) AS r1) AS r10$) AS "payment") AS o$) AS json_object_of_1
