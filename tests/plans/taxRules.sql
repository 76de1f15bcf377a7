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
                SELECT 'txr_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.trade AS "trade",
                  r2.buyer_country_code AS "buyerCountryCode",
                  r2.buyer_region_code AS "buyerRegionCode",
                  r2.unit AS "unit",
                  r2.category_code AS "category",
                  CAST(trim_scale(r2.rate_percent) AS TEXT) AS "ratePercent",
                  r2.valid_from AS "validFrom",
                  r2.valid_until AS "validUntil",
                  (
                  SELECT row_to_json(r5$) AS row_to_json_1
                  FROM (
                    SELECT r4.name AS name
                    FROM (
                      SELECT r2.recorded_by_name AS name,
                        r2.recorded_by_email AS email,
                        r2.recorded_by_organization_name AS organization_name) AS r4) AS r5$) AS "recordedBy") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $1::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r6.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.trade AS trade,
              r1.buyer_country_code AS buyer_country_code,
              r1.buyer_region_code AS buyer_region_code,
              r1.unit AS unit,
              r1.category_code AS category_code,
              r1.rate_percent AS rate_percent,
              r1.valid_from AS valid_from,
              r1.valid_until AS valid_until,
              r1.recorded_by_name AS recorded_by_name,
              r1.recorded_by_email AS recorded_by_email,
              r1.recorded_by_organization_name AS recorded_by_organization_name,
              r1.valid_from AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT tax_rule.id AS id,
                tax_rule.supply AS supply,
                tax_rule.trade AS trade,
                tax_rule.buyer_country_code AS buyer_country_code,
                tax_rule.buyer_region_code AS buyer_region_code,
                tax_rule.unit AS unit,
                tax_rule.category_code AS category_code,
                tax_rule.rate_percent AS rate_percent,
                tax_rule.valid_from AS valid_from,
                tax_rule.valid_until AS valid_until,
                tax_rule.recorded_by_name AS recorded_by_name,
                tax_rule.recorded_by_email AS recorded_by_email,
                tax_rule.recorded_by_organization_name AS recorded_by_organization_name
              FROM tax_rule
              WHERE true) AS r1
            WHERE r1.supply = $2::VARCHAR AND r1.valid_from <= $3::DATE AND (r1.valid_until IS NULL OR r1.valid_until >= $3::DATE)
            ORDER BY r1.valid_from DESC,
              r1.id DESC
            LIMIT $1::INTEGER + 1) AS r6) AS r2) AS r3) AS "taxRules") AS o$) AS json_object_of_1
