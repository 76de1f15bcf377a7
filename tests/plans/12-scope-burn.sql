SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r8$) AS row_to_json_1
      FROM (
        SELECT 'con_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.title AS title,
          r1.status AS status,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name
            FROM organization AS r2
            WHERE r2.id = r1.association_id) AS r3$) AS association,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.name AS name
            FROM organization AS r4
            WHERE r4.id = r1.vendor_id) AS r5$) AS vendor,
          (
          SELECT coalesce(json_agg(r7$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r6.key AS key,
              r6.title AS title,
              r6.kind AS kind,
              r6.unit AS unit,
              CASE WHEN ((r6.kind NOT IN ('OBLIGATION', 'MINIMUM_COMMITMENT'))) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(trim_scale(r6.quantity) AS TEXT) AS "contracted",
                  CAST(trim_scale(r6.submitted_quantity) AS TEXT) AS "submitted",
                  CAST(trim_scale(r6.accepted_quantity) AS TEXT) AS "accepted",
                  CAST(trim_scale(r6.billed_quantity) AS TEXT) AS "billed",
                  CAST(trim_scale((r6.quantity + r6.extended_quantity) - CASE WHEN (r6.kind = $1::VARCHAR) THEN r6.billed_quantity ELSE r6.accepted_quantity END) AS TEXT) AS "remaining",
                  CAST(round(app.round_half_even((CASE WHEN (r6.kind = $2::VARCHAR) THEN r6.billed_quantity ELSE r6.accepted_quantity END * $3::INTEGER) / CAST(r6.quantity AS NUMERIC(18, 6)), 2), 2) AS TEXT) AS "burnPercent",
                  CASE WHEN (r6.not_to_exceed_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r6.currency_code) WHEN $4::INTEGER THEN CAST(r6.not_to_exceed_minor AS NUMERIC) WHEN $5::INTEGER THEN CAST(r6.not_to_exceed_minor AS NUMERIC) * 0.001 ELSE CAST(r6.not_to_exceed_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "notToExceed",
                  CASE WHEN (CASE WHEN (r6.kind = $6::VARCHAR) THEN r6.billed_minor ELSE CASE WHEN (r6.kind = 'UNIT' AND (
                      SELECT contract_line_pricing.tiering
                      FROM contract_line_pricing
                      WHERE contract_line_pricing.contract_id = r6.contract_id AND contract_line_pricing.line_id = r6.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(r6.contract_id, r6.id, r6.currency_code) ELSE app.extended_minor(r6.accepted_quantity, r6.unit_price, r6.currency_code) END END IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r6.currency_code) WHEN $7::INTEGER THEN CAST(CASE WHEN (r6.kind = $6::VARCHAR) THEN r6.billed_minor ELSE CASE WHEN (r6.kind = 'UNIT' AND (
                            SELECT contract_line_pricing.tiering
                            FROM contract_line_pricing
                            WHERE contract_line_pricing.contract_id = r6.contract_id AND contract_line_pricing.line_id = r6.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(r6.contract_id, r6.id, r6.currency_code) ELSE app.extended_minor(r6.accepted_quantity, r6.unit_price, r6.currency_code) END END AS NUMERIC) WHEN $8::INTEGER THEN CAST(CASE WHEN (r6.kind = $6::VARCHAR) THEN r6.billed_minor ELSE CASE WHEN (r6.kind = 'UNIT' AND (
                            SELECT contract_line_pricing.tiering
                            FROM contract_line_pricing
                            WHERE contract_line_pricing.contract_id = r6.contract_id AND contract_line_pricing.line_id = r6.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(r6.contract_id, r6.id, r6.currency_code) ELSE app.extended_minor(r6.accepted_quantity, r6.unit_price, r6.currency_code) END END AS NUMERIC) * 0.001 ELSE CAST(CASE WHEN (r6.kind = $6::VARCHAR) THEN r6.billed_minor ELSE CASE WHEN (r6.kind = 'UNIT' AND (
                            SELECT contract_line_pricing.tiering
                            FROM contract_line_pricing
                            WHERE contract_line_pricing.contract_id = r6.contract_id AND contract_line_pricing.line_id = r6.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(r6.contract_id, r6.id, r6.currency_code) ELSE app.extended_minor(r6.accepted_quantity, r6.unit_price, r6.currency_code) END END AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "acceptedValue",
                  CASE WHEN ((r6.value_minor + r6.extended_minor) - CASE WHEN (r6.kind = $9::VARCHAR) THEN r6.billed_minor ELSE CASE WHEN (r6.kind = 'UNIT' AND (
                      SELECT contract_line_pricing.tiering
                      FROM contract_line_pricing
                      WHERE contract_line_pricing.contract_id = r6.contract_id AND contract_line_pricing.line_id = r6.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(r6.contract_id, r6.id, r6.currency_code) ELSE app.extended_minor(r6.accepted_quantity, r6.unit_price, r6.currency_code) END END IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r6.currency_code) WHEN $10::INTEGER THEN CAST((r6.value_minor + r6.extended_minor) - CASE WHEN (r6.kind = $9::VARCHAR) THEN r6.billed_minor ELSE CASE WHEN (r6.kind = 'UNIT' AND (
                            SELECT contract_line_pricing.tiering
                            FROM contract_line_pricing
                            WHERE contract_line_pricing.contract_id = r6.contract_id AND contract_line_pricing.line_id = r6.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(r6.contract_id, r6.id, r6.currency_code) ELSE app.extended_minor(r6.accepted_quantity, r6.unit_price, r6.currency_code) END END AS NUMERIC) WHEN $11::INTEGER THEN CAST((r6.value_minor + r6.extended_minor) - CASE WHEN (r6.kind = $9::VARCHAR) THEN r6.billed_minor ELSE CASE WHEN (r6.kind = 'UNIT' AND (
                            SELECT contract_line_pricing.tiering
                            FROM contract_line_pricing
                            WHERE contract_line_pricing.contract_id = r6.contract_id AND contract_line_pricing.line_id = r6.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(r6.contract_id, r6.id, r6.currency_code) ELSE app.extended_minor(r6.accepted_quantity, r6.unit_price, r6.currency_code) END END AS NUMERIC) * 0.001 ELSE CAST((r6.value_minor + r6.extended_minor) - CASE WHEN (r6.kind = $9::VARCHAR) THEN r6.billed_minor ELSE CASE WHEN (r6.kind = 'UNIT' AND (
                            SELECT contract_line_pricing.tiering
                            FROM contract_line_pricing
                            WHERE contract_line_pricing.contract_id = r6.contract_id AND contract_line_pricing.line_id = r6.id) IS NOT NULL) THEN app.accepted_by_tiers_minor(r6.contract_id, r6.id, r6.currency_code) ELSE app.extended_minor(r6.accepted_quantity, r6.unit_price, r6.currency_code) END END AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "remainingValue") AS o$) ELSE NULL END AS "scopeBurn"
            FROM contract_line AS r6
            WHERE r6.contract_id = r1.id AND r6.revision = r1.revision
            ORDER BY r6.position) AS r7$) AS lines
        FROM (
          SELECT contract.id AS id,
            contract.association_id AS association_id,
            contract.vendor_id AS vendor_id,
            contract.revision AS revision,
            contract.status AS status,
            contract.title AS title
          FROM contract
          WHERE contract.id = $12::UUID AND contract.association_id = $13::UUID) AS r1) AS r8$) AS "contract") AS o$) AS json_object_of_1
