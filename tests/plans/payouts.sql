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
                SELECT r2.status AS "status",
                  CASE WHEN (r2.amount_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r2.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount",
                  (
                  SELECT (
                    SELECT row_to_json(o$)
                    FROM (
                      SELECT r6.part_0 AS "nodes") AS o$) AS json_object_of_3
                  FROM (
                    SELECT coalesce(json_agg((
                          SELECT row_to_json(o$)
                          FROM (
                            SELECT r5.type AS "type",
                              CASE WHEN (r5.net_minor IS NOT NULL) THEN (
                              SELECT row_to_json(o$)
                              FROM (
                                SELECT CAST(CASE app.currency_digits(r5.currency_code) WHEN $3::INTEGER THEN CAST(r5.net_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r5.net_minor AS NUMERIC) * 0.001 ELSE CAST(r5.net_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "net",
                              (
                              SELECT row_to_json(r8$) AS row_to_json_1
                              FROM (
                                SELECT 'pay_' || translate(encode(uuid_send(r7.contract_id) || uuid_send(r7.id), 'base64'), E'+/=\n', '-_') AS id
                                FROM payment AS r7
                                WHERE r7.contract_id = r5.contract_id AND r7.id = r5.payment_id) AS r8$) AS "payment") AS o$) ORDER BY r5.page_position) FILTER (WHERE r5.page_position <= $5::INTEGER), '[]'::json) AS part_0
                    FROM (
                      SELECT r9.*,
                        row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC) AS page_position
                      FROM (
                        SELECT r4.type AS type,
                          r4.net_minor AS net_minor,
                          r4.currency_code AS currency_code,
                          r4.contract_id AS contract_id,
                          r4.payment_id AS payment_id,
                          r4.created_at AS page_order_0,
                          r4.id AS page_order_1
                        FROM balance_transaction AS r4
                        WHERE r4.payout_id = r2.id
                        ORDER BY r4.created_at ASC,
                          r4.id ASC
                        LIMIT $5::INTEGER + 1) AS r9) AS r5) AS r6) AS "balanceTransactions") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $6::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r10.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.status AS status,
              r1.amount_minor AS amount_minor,
              r1.currency_code AS currency_code,
              r1.id AS id,
              r1.created_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT payout.id AS id,
                payout.status AS status,
                payout.amount_minor AS amount_minor,
                payout.currency_code AS currency_code,
                payout.created_at AS created_at
              FROM payout
              WHERE true) AS r1
            ORDER BY r1.created_at DESC,
              r1.id DESC
            LIMIT $6::INTEGER + 1) AS r10) AS r2) AS r3) AS "payouts") AS o$) AS json_object_of_1
