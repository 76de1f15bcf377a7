WITH wanted_p6 AS (
  SELECT app.catalog_query(left($2::VARCHAR, 200)) AS query)
SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r2$) AS row_to_json_1
      FROM (
        SELECT 'con_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id
        FROM (
          SELECT contract.id AS id
          FROM contract
          WHERE false) AS r1) AS r2$) AS "contract",
      (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT r5.part_0 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r4.title AS "title",
                      CAST(NULL AS TEXT[]) AS "deliveryModels",
                      (
                      SELECT coalesce(json_agg(r7$), '[]'::json) AS coalesce_1
                      FROM (
                        SELECT r6.title AS title,
                          CASE WHEN (r6.unit_price IS NOT NULL) THEN (
                          SELECT row_to_json(o$)
                          FROM (
                            SELECT CAST(round(r6.unit_price, least(6, greatest(app.currency_digits(r6.currency_code), scale(trim_scale(r6.unit_price))))) AS TEXT) AS "amount") AS o$) ELSE NULL END AS "unitPrice"
                        FROM (
                          SELECT rate_card_entry.position AS position,
                            rate_card_entry.title AS title,
                            rate_card_entry.unit_price AS unit_price,
                            rate_card_entry.currency_code AS currency_code,
                            CAST(NULL AS NUMERIC) AS unit_cost
                          FROM rate_card_entry
                          WHERE rate_card_entry.version_id = r4.version_id) AS r6
                        ORDER BY r6.position) AS r7$) AS "rateCard") AS o$) AS "node") AS o$) ORDER BY r4.page_position) FILTER (WHERE r4.page_position <= $1::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r8.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
          FROM (
            SELECT r3.title AS title,
              r3.delivery_countries AS delivery_countries,
              r3.version_id AS version_id,
              CAST(ts_rank('{0.05, 0.05, 0.1, 0.3}'::real[], r3.search, (
                  SELECT wanted_p6.query
                  FROM wanted_p6)) + 0.1 / CAST(length(r3.title) AS NUMERIC) + CAST(lower(r3.title) = lower(btrim(left($2::VARCHAR, 200))) AS INTEGER) AS DOUBLE PRECISION) AS page_order_0,
              r3.published_at AS page_order_1,
              r3.id AS page_order_2
            FROM (
              SELECT catalog_listing.id AS id,
                catalog_listing.version_id AS version_id,
                catalog_listing.title AS title,
                catalog_listing.category AS category,
                catalog_listing.delivery_countries AS delivery_countries,
                catalog_listing.published_at AS published_at,
                catalog_listing.search AS search
              FROM catalog_listing) AS r3
            WHERE r3.category = $3::VARCHAR AND (r3.search @@ (
                SELECT wanted_p6.query
                FROM wanted_p6))
            ORDER BY CAST(ts_rank('{0.05, 0.05, 0.1, 0.3}'::real[], r3.search, (
                  SELECT wanted_p6.query
                  FROM wanted_p6)) + 0.1 / CAST(length(r3.title) AS NUMERIC) + CAST(lower(r3.title) = lower(btrim(left($2::VARCHAR, 200))) AS INTEGER) AS DOUBLE PRECISION) DESC,
              r3.published_at DESC,
              r3.id DESC
            LIMIT $1::INTEGER + 1) AS r8) AS r4) AS r5) AS "offerings") AS o$) AS json_object_of_1
