SELECT (
  SELECT row_to_json(o)
  FROM (
    SELECT (
      WITH r10 AS (
        SELECT r6.id AS id,
          r6.title AS title,
          r6.vendor_id AS vendor_id,
          r6.version_id AS version_id,
          r6.published_at AS page_order_0,
          r6.id AS page_order_1
        FROM (
          SELECT r9.published_at AS published_at,
            r9.id AS id,
            r9.languages AS languages,
            r9.title AS title,
            r9.vendor_id AS vendor_id,
            r9.version_id AS version_id
          FROM (
            SELECT catalog_listing.id AS id,
              catalog_listing.vendor_id AS vendor_id,
              catalog_listing.version_id AS version_id,
              catalog_listing.title AS title,
              catalog_listing.category AS category,
              catalog_listing.languages AS languages,
              catalog_listing.published_at AS published_at
            FROM catalog_listing) AS r9
          WHERE r9.category = ANY ($1::TEXT[])
          ORDER BY r9.published_at DESC,
            r9.id DESC
          LIMIT 2000) AS r6
        WHERE r6.languages && $2::TEXT[]
        ORDER BY r6.published_at DESC,
          r6.id DESC
        LIMIT $3::INTEGER + 1),
        r8 AS MATERIALIZED (
        SELECT r7.id AS id,
          r7.title AS title,
          r7.vendor_id AS vendor_id,
          r7.version_id AS version_id,
          r7.published_at AS place_0,
          r7.id AS place_1
        FROM (
          SELECT catalog_listing.id AS id,
            catalog_listing.vendor_id AS vendor_id,
            catalog_listing.version_id AS version_id,
            catalog_listing.title AS title,
            catalog_listing.category AS category,
            catalog_listing.languages AS languages,
            catalog_listing.published_at AS published_at
          FROM catalog_listing) AS r7
        WHERE r7.category = ANY ($1::TEXT[]) AND (r7.languages && $2::TEXT[]) AND (
          SELECT count(*) AS count_1
          FROM r10) <= $3::INTEGER)
      SELECT (
        SELECT row_to_json(o)
        FROM (
          SELECT (
            SELECT row_to_json(o)
            FROM (
              SELECT r3.part_0 AS "hasNextPage",
                (r3.part_1)[1] AS "endCursor") AS o) AS "pageInfo",
            r3.part_2 AS "edges") AS o) AS json_object_of_2
      FROM (
        SELECT count(*) > $3::INTEGER AS part_0,
          array_agg(translate(encode(convert_to(CAST(json_build_array('Offering.NEWEST'::text, r2.page_order_0, r2.page_order_1) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') ORDER BY r2.page_position DESC) FILTER (WHERE r2.page_position <= $3::INTEGER) AS part_1,
          coalesce(json_agg((
              SELECT row_to_json(o)
              FROM (
                SELECT (
                  SELECT row_to_json(o)
                  FROM (
                    SELECT 'off_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r2.title AS "title",
                      (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r4.name AS "name") AS o) AS json_object_of_3
                      FROM organization AS r4
                      WHERE r4.id = r2.vendor_id) AS "vendor",
                      (
                      SELECT coalesce(json_agg((
                            SELECT row_to_json(o)
                            FROM (
                              SELECT r5.key AS "key",
                                CASE WHEN (r5.unit_price IS NOT NULL) THEN (
                                SELECT row_to_json(o)
                                FROM (
                                  SELECT CAST(round(round(r5.unit_price, 6), greatest(app.currency_digits(r5.currency_code), scale(trim_scale(round(r5.unit_price, 6))))) AS TEXT) AS "amount",
                                    r5.currency_code AS "currencyCode") AS o) ELSE NULL END AS "unitPrice") AS o) ORDER BY r5.position), '[]'::json) AS coalesce_1
                      FROM (
                        SELECT rate_card_entry.key AS key,
                          rate_card_entry.position AS position,
                          rate_card_entry.unit_price AS unit_price,
                          rate_card_entry.currency_code AS currency_code,
                          CAST(NULL AS NUMERIC) AS unit_cost
                        FROM rate_card_entry
                        WHERE rate_card_entry.version_id = r2.version_id) AS r5) AS "rateCard") AS o) AS "node") AS o) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_2
        FROM (
          SELECT r12.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r10.*
            FROM r10
            WHERE (
              SELECT count(*) AS count_1
              FROM r10) > $3::INTEGER
            UNION ALL
            SELECT r11.*
            FROM (
              SELECT r8.id AS id,
                r8.title AS title,
                r8.vendor_id AS vendor_id,
                r8.version_id AS version_id,
                r8.place_0 AS page_order_0,
                r8.place_1 AS page_order_1
              FROM r8
              ORDER BY r8.place_0 DESC,
                r8.place_1 DESC
              LIMIT $3::INTEGER + 1) AS r11) AS r12) AS r2) AS r3) AS "offerings") AS o) AS json_object_of_1
