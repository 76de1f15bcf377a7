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
              SELECT invoice.contract_id AS contract_id
              FROM invoice
              WHERE true) AS r4) AS "totalCount",
            r3.part_0 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'inv_' || translate(encode(uuid_send(r2.contract_id) || uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r2.number AS "number",
                      r2.status AS "status",
                      CASE WHEN (r2.total_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.total_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.total_minor AS NUMERIC) * 0.001 ELSE CAST(r2.total_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                          r2.currency_code AS "currencyCode") AS o$) ELSE NULL END AS "total",
                      (
                      SELECT row_to_json(r6$) AS row_to_json_1
                      FROM (
                        SELECT 'con_' || translate(encode(uuid_send(r5.id), 'base64'), E'+/=\n', '-_') AS id,
                          r5.title AS title
                        FROM contract AS r5
                        WHERE r5.id = r2.contract_id) AS r6$) AS "contract") AS o$) AS "node") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r7.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
          FROM (
            SELECT r1.contract_id AS contract_id,
              r1.id AS id,
              r1.number AS number,
              r1.status AS status,
              r1.total_minor AS total_minor,
              r1.currency_code AS currency_code,
              r1.issued_at AS page_order_0,
              r1.contract_id AS page_order_1,
              r1.id AS page_order_2
            FROM (
              SELECT invoice.contract_id AS contract_id,
                invoice.id AS id,
                invoice.number AS number,
                invoice.status AS status,
                invoice.issued_at AS issued_at,
                invoice.currency_code AS currency_code,
                invoice.total_minor AS total_minor
              FROM invoice
              WHERE true) AS r1
            ORDER BY r1.issued_at DESC,
              r1.contract_id DESC,
              r1.id DESC
            LIMIT $3::INTEGER + 1) AS r7) AS r2) AS r3) AS "invoices") AS o$) AS json_object_of_1
