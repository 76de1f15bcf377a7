SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r8$) AS row_to_json_1
      FROM (
        SELECT 'off_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.title AS title,
          r1.status AS status,
          (
          SELECT coalesce(json_agg(r3$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r2.key AS key,
              CASE WHEN (r2.unit_price IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(round(r2.unit_price, least(6, greatest(app.currency_digits(r2.currency_code), scale(trim_scale(r2.unit_price))))) AS TEXT) AS "amount") AS o$) ELSE NULL END AS "unitPrice",
              CASE WHEN (r2.unit_cost IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(round(r2.unit_cost, least(6, greatest(app.currency_digits(r2.currency_code), scale(trim_scale(r2.unit_cost))))) AS TEXT) AS "amount") AS o$) ELSE NULL END AS "unitCost"
            FROM (
              SELECT rate_card_entry.key AS key,
                rate_card_entry.position AS position,
                rate_card_entry.unit_price AS unit_price,
                rate_card_entry.currency_code AS currency_code,
                rate_card_cost.unit_cost AS unit_cost
              FROM rate_card_entry LEFT OUTER JOIN rate_card_cost ON rate_card_cost.version_id = rate_card_entry.version_id AND rate_card_cost.key = rate_card_entry.key AND rate_card_cost.vendor_id = $1::UUID
              WHERE rate_card_entry.version_id = r1.version_id) AS r2
            ORDER BY r2.position) AS r3$) AS "rateCard",
          (
          SELECT row_to_json(r7$) AS row_to_json_2
          FROM (
            SELECT r4.number AS number,
              r4.title AS title,
              (
              SELECT coalesce(json_agg(r6$), '[]'::json) AS coalesce_2
              FROM (
                SELECT r5.key AS key,
                  CASE WHEN (r5.unit_price IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(round(r5.unit_price, least(6, greatest(app.currency_digits(r5.currency_code), scale(trim_scale(r5.unit_price))))) AS TEXT) AS "amount") AS o$) ELSE NULL END AS "unitPrice",
                  CASE WHEN (r5.unit_cost IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(round(r5.unit_cost, least(6, greatest(app.currency_digits(r5.currency_code), scale(trim_scale(r5.unit_cost))))) AS TEXT) AS "amount") AS o$) ELSE NULL END AS "unitCost"
                FROM (
                  SELECT rate_card_entry.key AS key,
                    rate_card_entry.position AS position,
                    rate_card_entry.unit_price AS unit_price,
                    rate_card_entry.currency_code AS currency_code,
                    rate_card_cost.unit_cost AS unit_cost
                  FROM rate_card_entry LEFT OUTER JOIN rate_card_cost ON rate_card_cost.version_id = rate_card_entry.version_id AND rate_card_cost.key = rate_card_entry.key AND rate_card_cost.vendor_id = $1::UUID
                  WHERE rate_card_entry.version_id = r4.version_id) AS r5
                ORDER BY r5.position) AS r6$) AS "rateCard"
            FROM (
              SELECT offering_version.id AS version_id,
                offering_version.offering_id AS offering_id,
                offering_version.vendor_id AS vendor_id,
                offering_version.number AS number,
                offering_version.published_at AS published_at,
                offering_version.title AS title
              FROM offering_version
              WHERE offering_version.published_at IS NOT NULL OR offering_version.vendor_id = app.organization_id()) AS r4
            WHERE r4.offering_id = r1.id AND r4.published_at IS NULL AND r4.vendor_id = $1::UUID) AS r7$) AS draft
        FROM (
          SELECT offering.id AS id,
            offering.status AS status,
            offering_version.id AS version_id,
            offering_version.title AS title
          FROM offering JOIN offering_version ON offering_version.id = CASE WHEN (offering.current_version_id IS NOT NULL) THEN offering.current_version_id ELSE offering.draft_version_id END
          WHERE (offering.published_at IS NOT NULL OR offering.vendor_id = app.organization_id()) AND offering.id = $2::UUID AND (offering.published_at IS NOT NULL OR offering.vendor_id = $1::UUID)) AS r1) AS r8$) AS "offering") AS o$) AS json_object_of_1
