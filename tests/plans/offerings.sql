SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      WITH r12 AS (
        SELECT r8.id AS id,
          r8.title AS title,
          r8.vendor_id AS vendor_id,
          r8.version_id AS version_id,
          r8.published_at AS page_order_0,
          r8.id AS page_order_1
        FROM (
          SELECT r11.published_at AS published_at,
            r11.id AS id,
            r11.languages AS languages,
            r11.title AS title,
            r11.vendor_id AS vendor_id,
            r11.version_id AS version_id
          FROM (
            SELECT catalog_listing.id AS id,
              catalog_listing.vendor_id AS vendor_id,
              catalog_listing.version_id AS version_id,
              catalog_listing.title AS title,
              catalog_listing.category AS category,
              catalog_listing.languages AS languages,
              catalog_listing.published_at AS published_at
            FROM catalog_listing) AS r11
          WHERE r11.category = $1::VARCHAR
          ORDER BY r11.published_at DESC,
            r11.id DESC
          LIMIT 2000) AS r8
        WHERE r8.languages && $2::TEXT[]
        ORDER BY r8.published_at DESC,
          r8.id DESC
        LIMIT $3::INTEGER + 1),
        r10 AS MATERIALIZED (
        SELECT r9.id AS id,
          r9.title AS title,
          r9.vendor_id AS vendor_id,
          r9.version_id AS version_id,
          r9.published_at AS place_0,
          r9.id AS place_1
        FROM (
          SELECT catalog_listing.id AS id,
            catalog_listing.vendor_id AS vendor_id,
            catalog_listing.version_id AS version_id,
            catalog_listing.title AS title,
            catalog_listing.category AS category,
            catalog_listing.languages AS languages,
            catalog_listing.published_at AS published_at
          FROM catalog_listing) AS r9
        WHERE r9.category = $1::VARCHAR AND (r9.languages && $2::TEXT[]) AND (
          SELECT count(*) AS count_1
          FROM r12) <= $3::INTEGER)
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r3.part_0 AS "hasNextPage",
                (r3.part_1)[1] AS "endCursor") AS o$) AS "pageInfo",
            r3.part_2 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT count(*) > $3::INTEGER AS part_0,
          array_agg(translate(encode(convert_to(CAST(json_build_array('Offering.NEWEST'::text, r2.page_order_0, r2.page_order_1) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') ORDER BY r2.page_position DESC) FILTER (WHERE r2.page_position <= $3::INTEGER) AS part_1,
          coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'off_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r2.title AS "title",
                      (
                      SELECT row_to_json(r5$) AS row_to_json_1
                      FROM (
                        SELECT r4.name AS name
                        FROM organization AS r4
                        WHERE r4.id = r2.vendor_id) AS r5$) AS "vendor",
                      (
                      SELECT coalesce(json_agg(r7$), '[]'::json) AS coalesce_1
                      FROM (
                        SELECT r6.key AS key,
                          CASE WHEN (r6.unit_price IS NOT NULL) THEN (
                          SELECT row_to_json(o$)
                          FROM (
                            SELECT CAST(round(r6.unit_price, least(6, greatest(app.currency_digits(r6.currency_code), scale(trim_scale(r6.unit_price))))) AS TEXT) AS "amount",
                              r6.currency_code AS "currencyCode") AS o$) ELSE NULL END AS "unitPrice"
                        FROM (
                          SELECT rate_card_entry.key AS key,
                            rate_card_entry.position AS position,
                            rate_card_entry.unit_price AS unit_price,
                            rate_card_entry.currency_code AS currency_code,
                            CAST(NULL AS NUMERIC) AS unit_cost
                          FROM rate_card_entry
                          WHERE rate_card_entry.version_id = r2.version_id) AS r6
                        ORDER BY r6.position) AS r7$) AS "rateCard") AS o$) AS "node") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_2
        FROM (
          SELECT r14.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r12.*
            FROM r12
            WHERE (
              SELECT count(*) AS count_1
              FROM r12) > $3::INTEGER
            UNION ALL
            SELECT r13.*
            FROM (
              SELECT r10.id AS id,
                r10.title AS title,
                r10.vendor_id AS vendor_id,
                r10.version_id AS version_id,
                r10.place_0 AS page_order_0,
                r10.place_1 AS page_order_1
              FROM r10
              ORDER BY r10.place_0 DESC,
                r10.place_1 DESC
              LIMIT $3::INTEGER + 1) AS r13) AS r14) AS r2) AS r3) AS "offerings") AS o$) AS json_object_of_1
