WITH wanted_p6 AS (
  SELECT app.catalog_query(left($1::VARCHAR, 200)) AS query)
SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      WITH r2 AS MATERIALIZED (
        SELECT r1.currency_code AS currency_code,
          r1.deepest_disclosure_tier AS deepest_disclosure_tier,
          r1.delivery_countries AS delivery_countries,
          r1.languages AS languages,
          r1.office_types AS office_types,
          r1.units AS units,
          r1.id AS id,
          r1.title AS title,
          r1.summary AS summary,
          r1.category AS category,
          r1.vendor_id AS vendor_id,
          r1.version_id AS version_id,
          r1.deliverables AS deliverables,
          r1.exclusions AS exclusions,
          r1.assumptions AS assumptions,
          r1.buyer_inputs AS buyer_inputs,
          CAST(ts_rank('{0.05, 0.05, 0.1, 0.3}'::real[], r1.search, (
              SELECT wanted_p6.query
              FROM wanted_p6)) + 0.1 / CAST(length(r1.title) AS NUMERIC) + CAST(lower(r1.title) = lower(btrim(left($1::VARCHAR, 200))) AS INTEGER) AS DOUBLE PRECISION) AS place_0,
          r1.published_at AS place_1,
          r1.id AS place_2
        FROM (
          SELECT catalog_listing.id AS id,
            catalog_listing.vendor_id AS vendor_id,
            catalog_listing.version_id AS version_id,
            catalog_listing.title AS title,
            catalog_listing.summary AS summary,
            catalog_listing.category AS category,
            catalog_listing.delivery_countries AS delivery_countries,
            catalog_listing.languages AS languages,
            catalog_listing.office_types AS office_types,
            catalog_listing.deepest_disclosure_tier AS deepest_disclosure_tier,
            catalog_listing.deliverables AS deliverables,
            catalog_listing.exclusions AS exclusions,
            catalog_listing.assumptions AS assumptions,
            catalog_listing.buyer_inputs AS buyer_inputs,
            catalog_listing.units AS units,
            catalog_listing.currency_code AS currency_code,
            catalog_listing.published_at AS published_at,
            catalog_listing.search AS search
          FROM catalog_listing) AS r1
        WHERE r1.category = $2::VARCHAR AND (r1.delivery_countries && (
            SELECT array_agg(country.code) AS array_agg_1
            FROM country AS country JOIN organization ON organization.id = $3::UUID JOIN country AS home ON home.code = organization.country_code
            WHERE CASE WHEN (country.code = home.code) THEN $4::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $5::VARCHAR ELSE $6::VARCHAR END = ANY ($7::TEXT[]))) AND (r1.search @@ (
            SELECT wanted_p6.query
            FROM wanted_p6))),
        r5 AS (
        SELECT r2.currency_code AS currency_code,
          r2.deepest_disclosure_tier AS deepest_disclosure_tier,
          r2.delivery_countries AS delivery_countries,
          r2.languages AS languages,
          r2.office_types AS office_types,
          r2.units AS units,
          grouping(r2.currency_code, r2.deepest_disclosure_tier, r2.delivery_countries, r2.languages, r2.office_types, r2.units) AS grouped,
          count(*) AS row_count
        FROM r2
        GROUP BY GROUPING SETS ((), (r2.currency_code), (r2.deepest_disclosure_tier), (r2.delivery_countries), (r2.languages), (r2.office_types), (r2.units)))
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT (
            SELECT row_count
            FROM r5
            WHERE 63 = grouped) AS "totalCount",
            json_build_array((
              SELECT row_to_json(o$)
              FROM (
                SELECT 'category'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o$)
                        FROM (
                          SELECT r9.value AS "value",
                            r9.count AS "count") AS o$) ORDER BY r9.count DESC, r9.value), '[]'::json) AS coalesce_1
                  FROM (
                    SELECT CAST(r8.value AS TEXT) AS value,
                      CAST(sum(r8.row_count) AS BIGINT) AS count
                    FROM (
                      SELECT r7.category AS value,
                        row_count
                      FROM (
                        SELECT r6.category AS category,
                          count(*) AS row_count
                        FROM (
                          SELECT catalog_listing.category AS category,
                            catalog_listing.delivery_countries AS delivery_countries,
                            catalog_listing.search AS search
                          FROM catalog_listing) AS r6
                        WHERE (r6.delivery_countries && (
                            SELECT array_agg(country.code) AS array_agg_2
                            FROM country AS country JOIN organization ON organization.id = $3::UUID JOIN country AS home ON home.code = organization.country_code
                            WHERE CASE WHEN (country.code = home.code) THEN $8::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $9::VARCHAR ELSE $10::VARCHAR END = ANY ($7::TEXT[]))) AND (r6.search @@ (
                            SELECT wanted_p6.query
                            FROM wanted_p6))
                        GROUP BY r6.category) AS r7) AS r8
                    WHERE CAST(r8.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r8.value AS TEXT)) AS r9) AS "values") AS o$), (
              SELECT row_to_json(o$)
              FROM (
                SELECT 'deliveryModel'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o$)
                        FROM (
                          SELECT r13.value AS "value",
                            r13.count AS "count") AS o$) ORDER BY r13.count DESC, r13.value), '[]'::json) AS coalesce_2
                  FROM (
                    SELECT CAST(r12.value AS TEXT) AS value,
                      CAST(sum(r12.row_count) AS BIGINT) AS count
                    FROM (
                      SELECT unnest(array_remove(ARRAY[CASE WHEN (r11.delivery_countries && (
                              SELECT array_agg(country.code) AS array_agg_3
                              FROM country AS country JOIN organization ON organization.id = $3::UUID JOIN country AS home ON home.code = organization.country_code
                              WHERE CASE WHEN (country.code = home.code) THEN $11::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $12::VARCHAR ELSE $13::VARCHAR END = ANY ($14::TEXT[]))) THEN $15::VARCHAR END, CASE WHEN (r11.delivery_countries && (
                              SELECT array_agg(country.code) AS array_agg_4
                              FROM country AS country JOIN organization ON organization.id = $3::UUID JOIN country AS home ON home.code = organization.country_code
                              WHERE CASE WHEN (country.code = home.code) THEN $16::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $17::VARCHAR ELSE $18::VARCHAR END = ANY ($19::TEXT[]))) THEN $20::VARCHAR END, CASE WHEN (r11.delivery_countries && (
                              SELECT array_agg(country.code) AS array_agg_5
                              FROM country AS country JOIN organization ON organization.id = $3::UUID JOIN country AS home ON home.code = organization.country_code
                              WHERE CASE WHEN (country.code = home.code) THEN $21::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $22::VARCHAR ELSE $23::VARCHAR END = ANY ($24::TEXT[]))) THEN $25::VARCHAR END], NULL)) AS value,
                        row_count
                      FROM (
                        SELECT r10.delivery_countries AS delivery_countries,
                          count(*) AS row_count
                        FROM (
                          SELECT catalog_listing.category AS category,
                            catalog_listing.delivery_countries AS delivery_countries,
                            catalog_listing.search AS search
                          FROM catalog_listing) AS r10
                        WHERE r10.category = $2::VARCHAR AND (r10.search @@ (
                            SELECT wanted_p6.query
                            FROM wanted_p6))
                        GROUP BY r10.delivery_countries) AS r11) AS r12
                    WHERE CAST(r12.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r12.value AS TEXT)) AS r13) AS "values") AS o$), (
              SELECT row_to_json(o$)
              FROM (
                SELECT 'deliveryCountry'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o$)
                        FROM (
                          SELECT r15.value AS "value",
                            r15.count AS "count") AS o$) ORDER BY r15.count DESC, r15.value), '[]'::json) AS coalesce_3
                  FROM (
                    SELECT CAST(r14.value AS TEXT) AS value,
                      CAST(sum(r14.row_count) AS BIGINT) AS count
                    FROM (
                      SELECT unnest(r5.delivery_countries) AS value,
                        row_count
                      FROM r5
                      WHERE 55 = grouped) AS r14
                    WHERE CAST(r14.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r14.value AS TEXT)) AS r15) AS "values") AS o$), (
              SELECT row_to_json(o$)
              FROM (
                SELECT 'language'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o$)
                        FROM (
                          SELECT r17.value AS "value",
                            r17.count AS "count") AS o$) ORDER BY r17.count DESC, r17.value), '[]'::json) AS coalesce_4
                  FROM (
                    SELECT CAST(r16.value AS TEXT) AS value,
                      CAST(sum(r16.row_count) AS BIGINT) AS count
                    FROM (
                      SELECT unnest(r5.languages) AS value,
                        row_count
                      FROM r5
                      WHERE 59 = grouped) AS r16
                    WHERE CAST(r16.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r16.value AS TEXT)) AS r17) AS "values") AS o$), (
              SELECT row_to_json(o$)
              FROM (
                SELECT 'officeType'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o$)
                        FROM (
                          SELECT r19.value AS "value",
                            r19.count AS "count") AS o$) ORDER BY r19.count DESC, r19.value), '[]'::json) AS coalesce_5
                  FROM (
                    SELECT CAST(r18.value AS TEXT) AS value,
                      CAST(sum(r18.row_count) AS BIGINT) AS count
                    FROM (
                      SELECT unnest(r5.office_types) AS value,
                        row_count
                      FROM r5
                      WHERE 61 = grouped) AS r18
                    WHERE CAST(r18.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r18.value AS TEXT)) AS r19) AS "values") AS o$), (
              SELECT row_to_json(o$)
              FROM (
                SELECT 'unit'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o$)
                        FROM (
                          SELECT r21.value AS "value",
                            r21.count AS "count") AS o$) ORDER BY r21.count DESC, r21.value), '[]'::json) AS coalesce_6
                  FROM (
                    SELECT CAST(r20.value AS TEXT) AS value,
                      CAST(sum(r20.row_count) AS BIGINT) AS count
                    FROM (
                      SELECT unnest(r5.units) AS value,
                        row_count
                      FROM r5
                      WHERE 62 = grouped) AS r20
                    WHERE CAST(r20.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r20.value AS TEXT)) AS r21) AS "values") AS o$), (
              SELECT row_to_json(o$)
              FROM (
                SELECT 'currency'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o$)
                        FROM (
                          SELECT r23.value AS "value",
                            r23.count AS "count") AS o$) ORDER BY r23.count DESC, r23.value), '[]'::json) AS coalesce_7
                  FROM (
                    SELECT CAST(r22.value AS TEXT) AS value,
                      CAST(sum(r22.row_count) AS BIGINT) AS count
                    FROM (
                      SELECT r5.currency_code AS value,
                        row_count
                      FROM r5
                      WHERE 31 = grouped) AS r22
                    WHERE CAST(r22.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r22.value AS TEXT)) AS r23) AS "values") AS o$), (
              SELECT row_to_json(o$)
              FROM (
                SELECT 'deepestDisclosureTier'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o$)
                        FROM (
                          SELECT r25.value AS "value",
                            r25.count AS "count") AS o$) ORDER BY r25.count DESC, r25.value), '[]'::json) AS coalesce_8
                  FROM (
                    SELECT CAST(r24.value AS TEXT) AS value,
                      CAST(sum(r24.row_count) AS BIGINT) AS count
                    FROM (
                      SELECT unnest(CASE WHEN (r5.deepest_disclosure_tier = $26::VARCHAR) THEN $27::TEXT[] WHEN (r5.deepest_disclosure_tier = $28::VARCHAR) THEN $29::TEXT[] WHEN (r5.deepest_disclosure_tier = $30::VARCHAR) THEN $31::TEXT[] ELSE $32::TEXT[] END) AS value,
                        row_count
                      FROM r5
                      WHERE 47 = grouped) AS r24
                    WHERE CAST(r24.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r24.value AS TEXT)) AS r25) AS "values") AS o$)) AS "facets",
            (
            SELECT row_to_json(o$)
            FROM (
              SELECT r4.part_0 AS "hasNextPage",
                (r4.part_1)[1] AS "endCursor") AS o$) AS "pageInfo",
            r4.part_2 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT count(*) > $33::INTEGER AS part_0,
          array_agg(translate(encode(convert_to(CAST(json_build_array('Offering.RELEVANCE'::text, r3.page_order_0, r3.page_order_1, r3.page_order_2) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') ORDER BY r3.page_position DESC) FILTER (WHERE r3.page_position <= $33::INTEGER) AS part_1,
          coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT translate(encode(convert_to(CAST(json_build_array('Offering.RELEVANCE'::text, r3.page_order_0, r3.page_order_1, r3.page_order_2) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') AS "cursor",
                  (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'off_' || translate(encode(uuid_send(r3.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r3.title AS "title",
                      r3.summary AS "summary",
                      r3.category AS "category",
                      array_remove(ARRAY[CASE WHEN (r3.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_6
                          FROM country AS country JOIN organization ON organization.id = $3::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $34::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $35::VARCHAR ELSE $36::VARCHAR END = ANY ($37::TEXT[]))) THEN $38::VARCHAR END, CASE WHEN (r3.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_7
                          FROM country AS country JOIN organization ON organization.id = $3::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $39::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $40::VARCHAR ELSE $41::VARCHAR END = ANY ($42::TEXT[]))) THEN $43::VARCHAR END, CASE WHEN (r3.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_8
                          FROM country AS country JOIN organization ON organization.id = $3::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $44::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $45::VARCHAR ELSE $46::VARCHAR END = ANY ($47::TEXT[]))) THEN $48::VARCHAR END], NULL) AS "deliveryModels",
                      r3.delivery_countries AS "deliveryCountries",
                      r3.office_types AS "officeTypes",
                      r3.languages AS "languages",
                      r3.deepest_disclosure_tier AS "deepestDisclosureTier",
                      (
                      SELECT row_to_json(r27$) AS row_to_json_1
                      FROM (
                        SELECT 'org_' || translate(encode(uuid_send(r26.id), 'base64'), E'+/=\n', '-_') AS id,
                          r26.name AS name
                        FROM organization AS r26
                        WHERE r26.id = r3.vendor_id) AS r27$) AS "vendor",
                      (
                      SELECT coalesce(json_agg(r29$), '[]'::json) AS coalesce_9
                      FROM (
                        SELECT r28.key AS key,
                          r28.title AS title,
                          r28.unit AS unit,
                          CASE WHEN (r28.unit_price IS NOT NULL) THEN (
                          SELECT row_to_json(o$)
                          FROM (
                            SELECT CAST(round(r28.unit_price, least(6, greatest(app.currency_digits(r28.currency_code), scale(trim_scale(r28.unit_price))))) AS TEXT) AS "amount",
                              r28.currency_code AS "currencyCode") AS o$) ELSE NULL END AS "unitPrice"
                        FROM (
                          SELECT rate_card_entry.key AS key,
                            rate_card_entry.position AS position,
                            rate_card_entry.title AS title,
                            rate_card_entry.unit AS unit,
                            rate_card_entry.unit_price AS unit_price,
                            rate_card_entry.currency_code AS currency_code,
                            CAST(NULL AS NUMERIC) AS unit_cost
                          FROM rate_card_entry
                          WHERE rate_card_entry.version_id = r3.version_id) AS r28
                        ORDER BY r28.position) AS r29$) AS "rateCard",
                      (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT r3.deliverables AS "deliverables",
                          r3.exclusions AS "exclusions",
                          r3.assumptions AS "assumptions",
                          r3.buyer_inputs AS "buyerInputs") AS o$) AS "scope",
                      (
                      SELECT coalesce(json_agg(r31$), '[]'::json) AS coalesce_10
                      FROM (
                        SELECT r30.key AS key,
                          r30.metric AS metric,
                          r30.threshold_minutes AS "thresholdMinutes",
                          CAST(round(app.round_half_even(r30.target_percent, 2), 2) AS TEXT) AS "targetPercent",
                          r30.period AS period
                        FROM (
                          SELECT service_level.key AS key,
                            service_level.position AS position,
                            service_level.metric AS metric,
                            service_level.threshold_minutes AS threshold_minutes,
                            service_level.target_percent AS target_percent,
                            service_level.period AS period
                          FROM service_level
                          WHERE service_level.version_id = r3.version_id) AS r30
                        ORDER BY r30.position) AS r31$) AS "serviceLevels") AS o$) AS "node") AS o$) ORDER BY r3.page_position) FILTER (WHERE r3.page_position <= $33::INTEGER), '[]'::json) AS part_2
        FROM (
          SELECT r32.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
          FROM (
            SELECT r2.id AS id,
              r2.title AS title,
              r2.summary AS summary,
              r2.category AS category,
              r2.delivery_countries AS delivery_countries,
              r2.office_types AS office_types,
              r2.languages AS languages,
              r2.deepest_disclosure_tier AS deepest_disclosure_tier,
              r2.vendor_id AS vendor_id,
              r2.version_id AS version_id,
              r2.deliverables AS deliverables,
              r2.exclusions AS exclusions,
              r2.assumptions AS assumptions,
              r2.buyer_inputs AS buyer_inputs,
              r2.place_0 AS page_order_0,
              r2.place_1 AS page_order_1,
              r2.place_2 AS page_order_2
            FROM r2
            ORDER BY r2.place_0 DESC,
              r2.place_1 DESC,
              r2.place_2 DESC
            LIMIT $33::INTEGER + 1) AS r32) AS r3) AS r4) AS "offerings") AS o$) AS json_object_of_1
