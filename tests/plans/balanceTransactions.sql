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
                SELECT r2.type AS "type",
                  CASE WHEN (r2.amount_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r2.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount",
                  CASE WHEN (r2.net_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.net_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.net_minor AS NUMERIC) * 0.001 ELSE CAST(r2.net_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "net",
                  (
                  SELECT row_to_json(r5$) AS row_to_json_1
                  FROM (
                    SELECT 'con_' || translate(encode(uuid_send(r4.id), 'base64'), E'+/=\n', '-_') AS id
                    FROM contract AS r4
                    WHERE r4.id = r2.contract_id) AS r5$) AS "contract") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $5::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r6.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.type AS type,
              r1.amount_minor AS amount_minor,
              r1.currency_code AS currency_code,
              r1.net_minor AS net_minor,
              r1.contract_id AS contract_id,
              r1.created_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT balance_transaction.id AS id,
                balance_transaction.type AS type,
                balance_transaction.currency_code AS currency_code,
                balance_transaction.amount_minor AS amount_minor,
                balance_transaction.net_minor AS net_minor,
                balance_transaction.created_at AS created_at,
                balance_transaction.contract_id AS contract_id
              FROM balance_transaction
              WHERE true) AS r1
            ORDER BY r1.created_at DESC,
              r1.id DESC
            LIMIT $5::INTEGER + 1) AS r6) AS r2) AS r3) AS "balanceTransactions") AS o$) AS json_object_of_1
