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
                SELECT 'mto_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.currency_code AS "currencyCode",
                  CASE WHEN (r2.amount_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r2.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount",
                  CAST(round(app.round_half_even(r2.percent, 2), 2) AS TEXT) AS "percent",
                  r2.reason AS "reason") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r4.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.currency_code AS currency_code,
              r1.amount_minor AS amount_minor,
              r1.percent AS percent,
              r1.reason AS reason,
              r1.configured_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT match_tolerance.id AS id,
                match_tolerance.currency_code AS currency_code,
                match_tolerance.amount_minor AS amount_minor,
                match_tolerance.percent AS percent,
                match_tolerance.configured_at AS configured_at,
                match_tolerance.reason AS reason
              FROM match_tolerance
              WHERE true) AS r1
            ORDER BY r1.configured_at DESC,
              r1.id DESC
            LIMIT $3::INTEGER + 1) AS r4) AS r2) AS r3) AS "matchTolerances") AS o$) AS json_object_of_1
