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
              SELECT contract.status AS status
              FROM contract
              WHERE contract.association_id = $1::UUID AND (app.has_role($2::VARCHAR, $3::VARCHAR, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR) OR contract.id IN (
                  SELECT contract_grant.contract_id
                  FROM contract_grant
                  WHERE contract_grant.member_id = $8::UUID AND contract_grant.revoked_at IS NULL))) AS r4
            WHERE r4.status = ANY ($9::TEXT[])) AS "totalCount",
            (
            SELECT row_to_json(o$)
            FROM (
              SELECT r3.part_0 AS "hasNextPage",
                (r3.part_1)[1] AS "endCursor") AS o$) AS "pageInfo",
            r3.part_2 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT count(*) > $10::INTEGER AS part_0,
          array_agg(translate(encode(convert_to(CAST(json_build_array('Contract.NEWEST'::text, r2.page_order_0, r2.page_order_1) AS TEXT), 'UTF8'), 'base64'), E'+/=\n', '-_') ORDER BY r2.page_position DESC) FILTER (WHERE r2.page_position <= $10::INTEGER) AS part_1,
          coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r2.title AS "title",
                      (
                      SELECT row_to_json(r6$) AS row_to_json_1
                      FROM (
                        SELECT r5.name AS name
                        FROM organization AS r5
                        WHERE r5.id = r2.vendor_id) AS r6$) AS "vendor",
                      CASE WHEN (r2.total_value_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $11::INTEGER THEN CAST(r2.total_value_minor AS NUMERIC) WHEN $12::INTEGER THEN CAST(r2.total_value_minor AS NUMERIC) * 0.001 ELSE CAST(r2.total_value_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "totalValue",
                      (
                      SELECT row_to_json(r8$) AS row_to_json_2
                      FROM (
                        SELECT r7.disclosure AS disclosure,
                          CASE WHEN (r7.gross_margin_minor IS NOT NULL) THEN (
                          SELECT row_to_json(o$)
                          FROM (
                            SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $13::INTEGER THEN CAST(r7.gross_margin_minor AS NUMERIC) WHEN $14::INTEGER THEN CAST(r7.gross_margin_minor AS NUMERIC) * 0.001 ELSE CAST(r7.gross_margin_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "grossMargin"
                        FROM (
                          SELECT seen.currency_code AS currency_code,
                            seen.disclosure AS disclosure,
                            CASE WHEN (seen.disclosure = 'FULL') THEN 'STANDARD' END AS cost_basis,
                            seen.price_minor AS price_minor,
                            CASE WHEN (seen.disclosure = 'FULL') THEN seen.cost_minor END AS cost_minor,
                            CASE WHEN (seen.disclosure = 'FULL') THEN seen.price_minor - seen.cost_minor END AS gross_margin_minor,
                            CASE WHEN (seen.disclosure = 'FULL') THEN ((seen.price_minor - seen.cost_minor) * 100) / CAST(nullif(seen.price_minor, 0) AS NUMERIC) END AS gross_margin_percent,
                            CASE WHEN (seen.disclosure = 'FULL') THEN ((seen.price_minor - seen.cost_minor) * 100) / CAST(nullif(seen.cost_minor, 0) AS NUMERIC) END AS markup_percent,
                            CASE WHEN (seen.disclosure = 'FULL') THEN seen.platform_fee_minor END AS platform_fee_minor,
                            CASE WHEN (seen.disclosure = 'FULL') THEN (seen.price_minor - seen.cost_minor) - seen.platform_fee_minor END AS vendor_margin_minor,
                            CASE WHEN (seen.disclosure = 'FULL') THEN (((seen.price_minor - seen.cost_minor) - seen.platform_fee_minor) * 100) / CAST(nullif(seen.price_minor, 0) AS NUMERIC) END AS vendor_margin_percent,
                            CASE WHEN (seen.disclosure = 'FULL') THEN seen.price_minor - seen.platform_fee_minor END AS vendor_proceeds_minor,
                            CASE WHEN (seen.disclosure = 'FULL') THEN seen.unaccepted_cost_minor END AS unaccepted_cost_minor,
                            CASE WHEN (seen.disclosure IN ('FULL', 'BAND_ONLY')) THEN seen.margin_floor_percent END AS margin_floor_percent,
                            CASE WHEN (seen.disclosure IN ('FULL', 'BAND_ONLY')) THEN seen.margin_ceiling_percent END AS margin_ceiling_percent,
                            CASE WHEN (seen.disclosure IN ('FULL', 'BAND_ONLY')) THEN seen.verdict END AS verdict
                          FROM (
                            SELECT contract.currency_code AS currency_code,
                              contract.disclosure_tier AS disclosure_tier,
                              contract.margin_floor_percent AS margin_floor_percent,
                              contract.margin_ceiling_percent AS margin_ceiling_percent,
                              app.disclosure(contract.id, contract.association_id, contract.vendor_id) AS disclosure,
                              app.margin_band_verdict(r2.id, CAST(NULL AS UUID)) AS verdict,
                              total.price_minor AS price_minor,
                              total.cost_minor AS cost_minor,
                              total.platform_fee_minor AS platform_fee_minor,
                              total.unaccepted_cost_minor AS unaccepted_cost_minor
                            FROM contract JOIN (
                              SELECT CAST(coalesce(sum(CASE WHEN (contract_line.kind IN ('RECURRING', 'MINIMUM_COMMITMENT')) THEN contract_line.billed_minor ELSE CASE WHEN (contract_line.kind = 'UNIT' AND (
                                        SELECT contract_line_pricing.tiering
                                        FROM contract_line_pricing
                                        WHERE contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(contract_line.contract_id, contract_line.id, contract_line.currency_code) ELSE app.extended_minor(contract_line.accepted_quantity, contract_line.unit_price, contract_line.currency_code) END END), 0) AS BIGINT) AS price_minor,
                                CAST(coalesce(sum(app.extended_minor(CASE WHEN (contract_line.kind = $15::VARCHAR) THEN contract_line.billed_quantity ELSE contract_line.accepted_quantity END, contract_line_cost.unit_cost, contract_line.currency_code)), 0) AS BIGINT) AS cost_minor,
                                CAST(coalesce(sum(CAST(app.round_half_even((CASE WHEN (contract_line.kind IN ('RECURRING', 'MINIMUM_COMMITMENT')) THEN contract_line.billed_minor ELSE CASE WHEN (contract_line.kind = 'UNIT' AND (
                                              SELECT contract_line_pricing.tiering
                                              FROM contract_line_pricing
                                              WHERE contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(contract_line.contract_id, contract_line.id, contract_line.currency_code) ELSE app.extended_minor(contract_line.accepted_quantity, contract_line.unit_price, contract_line.currency_code) END END * contract.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT)), 0) AS BIGINT) AS platform_fee_minor,
                                CAST(coalesce(sum(app.extended_minor(greatest(contract_line.submitted_quantity - contract_line.accepted_quantity, $16::INTEGER), contract_line_cost.unit_cost, contract_line.currency_code)), 0) AS BIGINT) AS unaccepted_cost_minor
                              FROM contract_line JOIN contract ON contract.id = contract_line.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = contract_line.contract_id AND contract_line_cost.line_id = contract_line.id
                              WHERE contract_line.contract_id = r2.id AND contract_line.revision = r2.revision) AS total ON true
                            WHERE contract.id = r2.id
                            LIMIT ALL
                            OFFSET 0) AS seen) AS r7) AS r8$) AS "openBook") AS o$) AS "node") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $10::INTEGER), '[]'::json) AS part_2
        FROM (
          SELECT r9.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.title AS title,
              r1.vendor_id AS vendor_id,
              r1.total_value_minor AS total_value_minor,
              r1.currency_code AS currency_code,
              r1.revision AS revision,
              r1.proposed_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT contract.id AS id,
                contract.vendor_id AS vendor_id,
                contract.revision AS revision,
                contract.status AS status,
                contract.title AS title,
                contract.currency_code AS currency_code,
                contract.total_value_minor AS total_value_minor,
                contract.proposed_at AS proposed_at
              FROM contract
              WHERE contract.association_id = $1::UUID AND (app.has_role($2::VARCHAR, $3::VARCHAR, $4::VARCHAR, $5::VARCHAR, $6::VARCHAR, $7::VARCHAR) OR contract.id IN (
                  SELECT contract_grant.contract_id
                  FROM contract_grant
                  WHERE contract_grant.member_id = $8::UUID AND contract_grant.revoked_at IS NULL))) AS r1
            WHERE r1.status = ANY ($9::TEXT[])
            ORDER BY r1.proposed_at DESC,
              r1.id DESC
            LIMIT $10::INTEGER + 1) AS r9) AS r2) AS r3) AS "contracts") AS o$) AS json_object_of_1
