SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r6$) AS row_to_json_1
      FROM (
        SELECT r1.status AS status,
          r1.content_hash AS "contentHash",
          CAST(round(app.round_half_even(r1.platform_fee_percent, 2), 2) AS TEXT) AS "platformFeePercent",
          r1.disclosure_tier AS "disclosureTier",
          CASE WHEN (r1.margin_floor_percent IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(round(app.round_half_even(r1.margin_floor_percent, 2), 2) AS TEXT) AS "floorPercent",
              CAST(round(app.round_half_even(r1.margin_ceiling_percent, 2), 2) AS TEXT) AS "ceilingPercent") AS o$) ELSE NULL END AS "marginBand",
          (
          SELECT coalesce(json_agg(r3$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r2.party AS party
            FROM contract_signature AS r2
            WHERE r2.contract_id = r1.id AND r2.revision = r1.revision
            ORDER BY r2.signed_at,
              r2.id) AS r3$) AS signatures,
          (
          SELECT coalesce(json_agg(r5$), '[]'::json) AS coalesce_2
          FROM (
            SELECT r4.key AS key,
              r4.title AS title,
              CAST(trim_scale(r4.quantity) AS TEXT) AS quantity,
              CASE WHEN (r4.unit_price IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(round(r4.unit_price, least(6, greatest(app.currency_digits(r4.currency_code), scale(trim_scale(r4.unit_price))))) AS TEXT) AS "amount") AS o$) ELSE NULL END AS "unitPrice",
              CASE WHEN ((
                SELECT contract_line_cost.unit_cost
                FROM contract_line_cost
                WHERE contract_line_cost.contract_id = r4.contract_id AND contract_line_cost.line_id = r4.id) IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(round((
                      SELECT contract_line_cost.unit_cost
                      FROM contract_line_cost
                      WHERE contract_line_cost.contract_id = r4.contract_id AND contract_line_cost.line_id = r4.id), least(6, greatest(app.currency_digits(r4.currency_code), scale(trim_scale((
                              SELECT contract_line_cost.unit_cost
                              FROM contract_line_cost
                              WHERE contract_line_cost.contract_id = r4.contract_id AND contract_line_cost.line_id = r4.id)))))) AS TEXT) AS "amount") AS o$) ELSE NULL END AS "unitCost"
            FROM contract_line AS r4
            WHERE r4.contract_id = r1.id AND r4.revision = r1.revision
            ORDER BY r4.position) AS r5$) AS lines
        FROM (
          SELECT contract.id AS id,
            contract.revision AS revision,
            contract.status AS status,
            contract.disclosure_tier AS disclosure_tier,
            contract.margin_floor_percent AS margin_floor_percent,
            contract.margin_ceiling_percent AS margin_ceiling_percent,
            contract.platform_fee_percent AS platform_fee_percent,
            contract.content_hash AS content_hash
          FROM contract
          WHERE contract.id = $1::UUID AND contract.vendor_id = $2::UUID) AS r1) AS r6$) AS "contract") AS o$) AS json_object_of_1
