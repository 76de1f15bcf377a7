SELECT (
  SELECT row_to_json(o)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o)
        FROM (
          SELECT (
            SELECT count(*) AS count_1
            FROM (
              SELECT catalog_listing.category AS category,
                catalog_listing.delivery_countries AS delivery_countries,
                catalog_listing.search AS search,
                catalog_listing.names AS names
              FROM catalog_listing) AS r4
            WHERE r4.category = ANY ($1::TEXT[]) AND (r4.delivery_countries && (
                SELECT array_agg(country.code) AS array_agg_1
                FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                WHERE CASE WHEN (country.code = home.code) THEN $3::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $4::VARCHAR ELSE $5::VARCHAR END = ANY ($6::TEXT[]))) AND ((r4.search @@ (
                  SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_1)) OR (r4.names %> left($7::VARCHAR, 200)))) AS "totalCount",
            json_build_array((
              SELECT row_to_json(o)
              FROM (
                SELECT 'category'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r7.value AS "value",
                            r7.count AS "count") AS o) ORDER BY r7.count DESC, r7.value), '[]'::json) AS coalesce_1
                  FROM (
                    SELECT CAST(r6.value AS TEXT) AS value,
                      count(*) AS count
                    FROM (
                      SELECT r5.category AS value
                      FROM (
                        SELECT catalog_listing.category AS category,
                          catalog_listing.delivery_countries AS delivery_countries,
                          catalog_listing.search AS search,
                          catalog_listing.names AS names
                        FROM catalog_listing) AS r5
                      WHERE (r5.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_2
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $8::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $9::VARCHAR ELSE $10::VARCHAR END = ANY ($6::TEXT[]))) AND ((r5.search @@ (
                            SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_2)) OR (r5.names %> left($7::VARCHAR, 200)))) AS r6
                    WHERE CAST(r6.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r6.value AS TEXT)) AS r7) AS "values") AS o), (
              SELECT row_to_json(o)
              FROM (
                SELECT 'deliveryModel'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r10.value AS "value",
                            r10.count AS "count") AS o) ORDER BY r10.count DESC, r10.value), '[]'::json) AS coalesce_2
                  FROM (
                    SELECT CAST(r9.value AS TEXT) AS value,
                      count(*) AS count
                    FROM (
                      SELECT unnest(array_remove(ARRAY[CASE WHEN (r8.delivery_countries && (
                              SELECT array_agg(country.code) AS array_agg_3
                              FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                              WHERE CASE WHEN (country.code = home.code) THEN $11::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $12::VARCHAR ELSE $13::VARCHAR END = ANY ($14::TEXT[]))) THEN $15::VARCHAR END, CASE WHEN (r8.delivery_countries && (
                              SELECT array_agg(country.code) AS array_agg_4
                              FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                              WHERE CASE WHEN (country.code = home.code) THEN $16::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $17::VARCHAR ELSE $18::VARCHAR END = ANY ($19::TEXT[]))) THEN $20::VARCHAR END, CASE WHEN (r8.delivery_countries && (
                              SELECT array_agg(country.code) AS array_agg_5
                              FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                              WHERE CASE WHEN (country.code = home.code) THEN $21::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $22::VARCHAR ELSE $23::VARCHAR END = ANY ($24::TEXT[]))) THEN $25::VARCHAR END], NULL)) AS value
                      FROM (
                        SELECT catalog_listing.category AS category,
                          catalog_listing.delivery_countries AS delivery_countries,
                          catalog_listing.search AS search,
                          catalog_listing.names AS names
                        FROM catalog_listing) AS r8
                      WHERE r8.category = ANY ($1::TEXT[]) AND ((r8.search @@ (
                            SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_3)) OR (r8.names %> left($7::VARCHAR, 200)))) AS r9
                    WHERE CAST(r9.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r9.value AS TEXT)) AS r10) AS "values") AS o), (
              SELECT row_to_json(o)
              FROM (
                SELECT 'deliveryCountry'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r13.value AS "value",
                            r13.count AS "count") AS o) ORDER BY r13.count DESC, r13.value), '[]'::json) AS coalesce_3
                  FROM (
                    SELECT CAST(r12.value AS TEXT) AS value,
                      count(*) AS count
                    FROM (
                      SELECT unnest(r11.delivery_countries) AS value
                      FROM (
                        SELECT catalog_listing.category AS category,
                          catalog_listing.delivery_countries AS delivery_countries,
                          catalog_listing.search AS search,
                          catalog_listing.names AS names
                        FROM catalog_listing) AS r11
                      WHERE r11.category = ANY ($1::TEXT[]) AND (r11.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_6
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $26::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $27::VARCHAR ELSE $28::VARCHAR END = ANY ($6::TEXT[]))) AND ((r11.search @@ (
                            SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_4)) OR (r11.names %> left($7::VARCHAR, 200)))) AS r12
                    WHERE CAST(r12.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r12.value AS TEXT)) AS r13) AS "values") AS o), (
              SELECT row_to_json(o)
              FROM (
                SELECT 'language'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r16.value AS "value",
                            r16.count AS "count") AS o) ORDER BY r16.count DESC, r16.value), '[]'::json) AS coalesce_4
                  FROM (
                    SELECT CAST(r15.value AS TEXT) AS value,
                      count(*) AS count
                    FROM (
                      SELECT unnest(r14.languages) AS value
                      FROM (
                        SELECT catalog_listing.category AS category,
                          catalog_listing.delivery_countries AS delivery_countries,
                          catalog_listing.languages AS languages,
                          catalog_listing.search AS search,
                          catalog_listing.names AS names
                        FROM catalog_listing) AS r14
                      WHERE r14.category = ANY ($1::TEXT[]) AND (r14.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_7
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $29::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $30::VARCHAR ELSE $31::VARCHAR END = ANY ($6::TEXT[]))) AND ((r14.search @@ (
                            SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_5)) OR (r14.names %> left($7::VARCHAR, 200)))) AS r15
                    WHERE CAST(r15.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r15.value AS TEXT)) AS r16) AS "values") AS o), (
              SELECT row_to_json(o)
              FROM (
                SELECT 'officeType'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r19.value AS "value",
                            r19.count AS "count") AS o) ORDER BY r19.count DESC, r19.value), '[]'::json) AS coalesce_5
                  FROM (
                    SELECT CAST(r18.value AS TEXT) AS value,
                      count(*) AS count
                    FROM (
                      SELECT unnest(r17.office_types) AS value
                      FROM (
                        SELECT catalog_listing.category AS category,
                          catalog_listing.delivery_countries AS delivery_countries,
                          catalog_listing.office_types AS office_types,
                          catalog_listing.search AS search,
                          catalog_listing.names AS names
                        FROM catalog_listing) AS r17
                      WHERE r17.category = ANY ($1::TEXT[]) AND (r17.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_8
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $32::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $33::VARCHAR ELSE $34::VARCHAR END = ANY ($6::TEXT[]))) AND ((r17.search @@ (
                            SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_6)) OR (r17.names %> left($7::VARCHAR, 200)))) AS r18
                    WHERE CAST(r18.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r18.value AS TEXT)) AS r19) AS "values") AS o), (
              SELECT row_to_json(o)
              FROM (
                SELECT 'unit'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r22.value AS "value",
                            r22.count AS "count") AS o) ORDER BY r22.count DESC, r22.value), '[]'::json) AS coalesce_6
                  FROM (
                    SELECT CAST(r21.value AS TEXT) AS value,
                      count(*) AS count
                    FROM (
                      SELECT unnest(r20.units) AS value
                      FROM (
                        SELECT catalog_listing.category AS category,
                          catalog_listing.delivery_countries AS delivery_countries,
                          catalog_listing.units AS units,
                          catalog_listing.search AS search,
                          catalog_listing.names AS names
                        FROM catalog_listing) AS r20
                      WHERE r20.category = ANY ($1::TEXT[]) AND (r20.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_9
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $35::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $36::VARCHAR ELSE $37::VARCHAR END = ANY ($6::TEXT[]))) AND ((r20.search @@ (
                            SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_7)) OR (r20.names %> left($7::VARCHAR, 200)))) AS r21
                    WHERE CAST(r21.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r21.value AS TEXT)) AS r22) AS "values") AS o), (
              SELECT row_to_json(o)
              FROM (
                SELECT 'currency'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r25.value AS "value",
                            r25.count AS "count") AS o) ORDER BY r25.count DESC, r25.value), '[]'::json) AS coalesce_7
                  FROM (
                    SELECT CAST(r24.value AS TEXT) AS value,
                      count(*) AS count
                    FROM (
                      SELECT r23.currency_code AS value
                      FROM (
                        SELECT catalog_listing.category AS category,
                          catalog_listing.delivery_countries AS delivery_countries,
                          catalog_listing.currency_code AS currency_code,
                          catalog_listing.search AS search,
                          catalog_listing.names AS names
                        FROM catalog_listing) AS r23
                      WHERE r23.category = ANY ($1::TEXT[]) AND (r23.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_10
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $38::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $39::VARCHAR ELSE $40::VARCHAR END = ANY ($6::TEXT[]))) AND ((r23.search @@ (
                            SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_8)) OR (r23.names %> left($7::VARCHAR, 200)))) AS r24
                    WHERE CAST(r24.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r24.value AS TEXT)) AS r25) AS "values") AS o), (
              SELECT row_to_json(o)
              FROM (
                SELECT 'deepestDisclosureTier'::text AS "field",
                  (
                  SELECT coalesce(json_agg((
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r28.value AS "value",
                            r28.count AS "count") AS o) ORDER BY r28.count DESC, r28.value), '[]'::json) AS coalesce_8
                  FROM (
                    SELECT CAST(r27.value AS TEXT) AS value,
                      count(*) AS count
                    FROM (
                      SELECT unnest(CASE WHEN (r26.deepest_disclosure_tier = $41::VARCHAR) THEN $42::TEXT[] WHEN (r26.deepest_disclosure_tier = $43::VARCHAR) THEN $44::TEXT[] WHEN (r26.deepest_disclosure_tier = $45::VARCHAR) THEN $46::TEXT[] ELSE $47::TEXT[] END) AS value
                      FROM (
                        SELECT catalog_listing.category AS category,
                          catalog_listing.delivery_countries AS delivery_countries,
                          catalog_listing.deepest_disclosure_tier AS deepest_disclosure_tier,
                          catalog_listing.search AS search,
                          catalog_listing.names AS names
                        FROM catalog_listing) AS r26
                      WHERE r26.category = ANY ($1::TEXT[]) AND (r26.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_11
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $48::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $49::VARCHAR ELSE $50::VARCHAR END = ANY ($6::TEXT[]))) AND ((r26.search @@ (
                            SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_9)) OR (r26.names %> left($7::VARCHAR, 200)))) AS r27
                    WHERE CAST(r27.value AS TEXT) IS NOT NULL
                    GROUP BY CAST(r27.value AS TEXT)) AS r28) AS "values") AS o)) AS "facets",
            (
            SELECT row_to_json(o)
            FROM (
              SELECT r3.part_0 AS "hasNextPage",
                (r3.part_1)[1] AS "endCursor") AS o) AS "pageInfo",
            r3.part_2 AS "edges") AS o) AS json_object_of_2
      FROM (
        SELECT count(*) > $51::INTEGER AS part_0,
          array_agg(translate(encode(convert_to(CAST(json_build_array('Offering.RELEVANCE'::text, r2.page_order_0, r2.page_order_1, r2.page_order_2) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') ORDER BY r2.page_position DESC) FILTER (WHERE r2.page_position <= $51::INTEGER) AS part_1,
          coalesce(json_agg((
              SELECT row_to_json(o)
              FROM (
                SELECT translate(encode(convert_to(CAST(json_build_array('Offering.RELEVANCE'::text, r2.page_order_0, r2.page_order_1, r2.page_order_2) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') AS "cursor",
                  (
                  SELECT row_to_json(o)
                  FROM (
                    SELECT 'off_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r2.title AS "title",
                      r2.summary AS "summary",
                      r2.category AS "category",
                      array_remove(ARRAY[CASE WHEN (r2.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_12
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $52::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $53::VARCHAR ELSE $54::VARCHAR END = ANY ($55::TEXT[]))) THEN $56::VARCHAR END, CASE WHEN (r2.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_13
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $57::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $58::VARCHAR ELSE $59::VARCHAR END = ANY ($60::TEXT[]))) THEN $61::VARCHAR END, CASE WHEN (r2.delivery_countries && (
                          SELECT array_agg(country.code) AS array_agg_14
                          FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                          WHERE CASE WHEN (country.code = home.code) THEN $62::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $63::VARCHAR ELSE $64::VARCHAR END = ANY ($65::TEXT[]))) THEN $66::VARCHAR END], NULL) AS "deliveryModels",
                      r2.delivery_countries AS "deliveryCountries",
                      r2.office_types AS "officeTypes",
                      r2.languages AS "languages",
                      r2.deepest_disclosure_tier AS "deepestDisclosureTier",
                      (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT 'org_' || translate(encode(uuid_send(r29.id), 'base64'), E'+/=\n', '-_') AS "id",
                            r29.name AS "name") AS o) AS json_object_of_3
                      FROM organization AS r29
                      WHERE r29.id = r2.vendor_id) AS "vendor",
                      (
                      SELECT coalesce(json_agg((
                            SELECT row_to_json(o)
                            FROM (
                              SELECT r30.key AS "key",
                                r30.title AS "title",
                                r30.unit AS "unit",
                                CASE WHEN (r30.unit_price IS NOT NULL) THEN (
                                SELECT row_to_json(o)
                                FROM (
                                  SELECT CAST(round(round(r30.unit_price, 6), greatest(app.currency_digits(r30.currency_code), scale(trim_scale(round(r30.unit_price, 6))))) AS TEXT) AS "amount",
                                    r30.currency_code AS "currencyCode") AS o) ELSE NULL END AS "unitPrice") AS o) ORDER BY r30.position), '[]'::json) AS coalesce_9
                      FROM (
                        SELECT rate_card_entry.key AS key,
                          rate_card_entry.position AS position,
                          rate_card_entry.title AS title,
                          rate_card_entry.unit AS unit,
                          rate_card_entry.unit_price AS unit_price,
                          rate_card_entry.currency_code AS currency_code,
                          CAST(NULL AS NUMERIC) AS unit_cost
                        FROM rate_card_entry
                        WHERE rate_card_entry.version_id = r2.version_id) AS r30) AS "rateCard",
                      (
                      SELECT row_to_json(o)
                      FROM (
                        SELECT r2.deliverables AS "deliverables",
                          r2.exclusions AS "exclusions",
                          r2.assumptions AS "assumptions",
                          r2.buyer_inputs AS "buyerInputs") AS o) AS "scope",
                      (
                      SELECT coalesce(json_agg((
                            SELECT row_to_json(o)
                            FROM (
                              SELECT r31.key AS "key",
                                r31.metric AS "metric",
                                r31.threshold_minutes AS "thresholdMinutes",
                                CAST(round(app.round_half_even(r31.target_percent, 2), 2) AS TEXT) AS "targetPercent",
                                r31.period AS "period") AS o) ORDER BY r31.position), '[]'::json) AS coalesce_10
                      FROM (
                        SELECT service_level.key AS key,
                          service_level.position AS position,
                          service_level.metric AS metric,
                          service_level.threshold_minutes AS threshold_minutes,
                          service_level.target_percent AS target_percent,
                          service_level.period AS period
                        FROM service_level
                        WHERE service_level.version_id = r2.version_id) AS r31) AS "serviceLevels") AS o) AS "node") AS o) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $51::INTEGER), '[]'::json) AS part_2
        FROM (
          SELECT r32.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.title AS title,
              r1.summary AS summary,
              r1.category AS category,
              r1.delivery_countries AS delivery_countries,
              r1.office_types AS office_types,
              r1.languages AS languages,
              r1.deepest_disclosure_tier AS deepest_disclosure_tier,
              r1.vendor_id AS vendor_id,
              r1.version_id AS version_id,
              r1.deliverables AS deliverables,
              r1.exclusions AS exclusions,
              r1.assumptions AS assumptions,
              r1.buyer_inputs AS buyer_inputs,
              CAST(ts_rank(r1.search, (
                  SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_10)) + similarity(r1.title, left($7::VARCHAR, 200)) + CAST(lower(r1.title) = lower(btrim(left($7::VARCHAR, 200))) AS INTEGER) AS REAL) AS page_order_0,
              r1.published_at AS page_order_1,
              r1.id AS page_order_2
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
                catalog_listing.published_at AS published_at,
                catalog_listing.search AS search,
                catalog_listing.names AS names
              FROM catalog_listing) AS r1
            WHERE r1.category = ANY ($1::TEXT[]) AND (r1.delivery_countries && (
                SELECT array_agg(country.code) AS array_agg_15
                FROM country AS country JOIN organization ON organization.id = $2::UUID JOIN country AS home ON home.code = organization.country_code
                WHERE CASE WHEN (country.code = home.code) THEN $67::VARCHAR WHEN (country.continent_code = home.continent_code) THEN $68::VARCHAR ELSE $69::VARCHAR END = ANY ($6::TEXT[]))) AND ((r1.search @@ (
                  SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_11)) OR (r1.names %> left($7::VARCHAR, 200)))
            ORDER BY CAST(ts_rank(r1.search, (
                  SELECT app.search_query(left($7::VARCHAR, 200)) AS search_query_10)) + similarity(r1.title, left($7::VARCHAR, 200)) + CAST(lower(r1.title) = lower(btrim(left($7::VARCHAR, 200))) AS INTEGER) AS REAL) DESC,
              r1.published_at DESC,
              r1.id DESC
            LIMIT $51::INTEGER + 1) AS r32) AS r2) AS r3) AS "offerings") AS o) AS json_object_of_1
