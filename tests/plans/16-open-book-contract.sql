SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r6$) AS row_to_json_1
      FROM (
        SELECT (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT CASE WHEN (r2.price_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.price_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.price_minor AS NUMERIC) * 0.001 ELSE CAST(r2.price_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS price,
              CASE WHEN (r2.cost_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.cost_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.cost_minor AS NUMERIC) * 0.001 ELSE CAST(r2.cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS cost,
              CASE WHEN (r2.unaccepted_cost_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $5::INTEGER THEN CAST(r2.unaccepted_cost_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r2.unaccepted_cost_minor AS NUMERIC) * 0.001 ELSE CAST(r2.unaccepted_cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "unacceptedCost",
              CAST(round(app.round_half_even(r2.gross_margin_percent, 2), 2) AS TEXT) AS "grossMarginPercent",
              CASE WHEN (r2.margin_floor_percent IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(round(app.round_half_even(r2.margin_floor_percent, 2), 2) AS TEXT) AS "floorPercent",
                  CAST(round(app.round_half_even(r2.margin_ceiling_percent, 2), 2) AS TEXT) AS "ceilingPercent",
                  r2.verdict AS "verdict") AS o$) ELSE NULL END AS "marginBand"
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
                  app.margin_band_verdict(r1.id, CAST(NULL AS UUID)) AS verdict,
                  total.price_minor AS price_minor,
                  total.cost_minor AS cost_minor,
                  total.platform_fee_minor AS platform_fee_minor,
                  total.unaccepted_cost_minor AS unaccepted_cost_minor
                FROM contract JOIN (
                  SELECT CAST(coalesce(sum(CASE WHEN (contract_line.kind IN ('RECURRING', 'MINIMUM_COMMITMENT')) THEN contract_line.billed_minor ELSE CASE WHEN (contract_line.kind = 'UNIT' AND (
                            SELECT contract_line_pricing.tiering
                            FROM contract_line_pricing
                            WHERE contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(contract_line.contract_id, contract_line.id, contract_line.currency_code) ELSE app.extended_minor(contract_line.accepted_quantity, contract_line.unit_price, contract_line.currency_code) END END), 0) AS BIGINT) AS price_minor,
                    CAST(coalesce(sum(app.extended_minor(CASE WHEN (contract_line.kind = $7::VARCHAR) THEN contract_line.billed_quantity ELSE contract_line.accepted_quantity END, contract_line_cost.unit_cost, contract_line.currency_code)), 0) AS BIGINT) AS cost_minor,
                    CAST(coalesce(sum(CAST(app.round_half_even((CASE WHEN (contract_line.kind IN ('RECURRING', 'MINIMUM_COMMITMENT')) THEN contract_line.billed_minor ELSE CASE WHEN (contract_line.kind = 'UNIT' AND (
                                  SELECT contract_line_pricing.tiering
                                  FROM contract_line_pricing
                                  WHERE contract_line_pricing.contract_id = contract_line.contract_id AND contract_line_pricing.line_id = contract_line.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(contract_line.contract_id, contract_line.id, contract_line.currency_code) ELSE app.extended_minor(contract_line.accepted_quantity, contract_line.unit_price, contract_line.currency_code) END END * contract.platform_fee_percent) / CAST(100 AS NUMERIC), 0) AS BIGINT)), 0) AS BIGINT) AS platform_fee_minor,
                    CAST(coalesce(sum(app.extended_minor(greatest(contract_line.submitted_quantity - contract_line.accepted_quantity, $8::INTEGER), contract_line_cost.unit_cost, contract_line.currency_code)), 0) AS BIGINT) AS unaccepted_cost_minor
                  FROM contract_line JOIN contract ON contract.id = contract_line.contract_id LEFT OUTER JOIN contract_line_cost ON contract_line_cost.contract_id = contract_line.contract_id AND contract_line_cost.line_id = contract_line.id
                  WHERE contract_line.contract_id = r1.id AND contract_line.revision = r1.revision) AS total ON true
                WHERE contract.id = r1.id
                LIMIT ALL
                OFFSET 0) AS seen) AS r2) AS r3$) AS "openBook",
          (
          SELECT coalesce(json_agg(r5$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r4.key AS key,
              CASE WHEN ((r4.kind NOT IN ('OBLIGATION', 'MINIMUM_COMMITMENT'))) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(trim_scale(r4.billed_quantity) AS TEXT) AS "billed") AS o$) ELSE NULL END AS "scopeBurn"
            FROM contract_line AS r4
            WHERE r4.contract_id = r1.id AND r4.revision = r1.revision
            ORDER BY r4.position) AS r5$) AS lines
        FROM (
          SELECT contract.id AS id,
            contract.revision AS revision
          FROM contract
          WHERE contract.id = $9::UUID AND contract.association_id = $10::UUID) AS r1) AS r6$) AS "contract") AS o$) AS json_object_of_1
