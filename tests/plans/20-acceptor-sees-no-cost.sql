SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r4$) AS row_to_json_1
      FROM (
        SELECT CASE WHEN (r1.total_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.total_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.total_minor AS NUMERIC) * 0.001 ELSE CAST(r1.total_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS total,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.disclosure AS disclosure,
              CASE WHEN (r2.price_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.price_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.price_minor AS NUMERIC) * 0.001 ELSE CAST(r2.price_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS price,
              CASE WHEN (r2.cost_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $5::INTEGER THEN CAST(r2.cost_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r2.cost_minor AS NUMERIC) * 0.001 ELSE CAST(r2.cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS cost,
              CASE WHEN (r2.gross_margin_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $7::INTEGER THEN CAST(r2.gross_margin_minor AS NUMERIC) WHEN $8::INTEGER THEN CAST(r2.gross_margin_minor AS NUMERIC) * 0.001 ELSE CAST(r2.gross_margin_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "grossMargin",
              CASE WHEN (r2.vendor_margin_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $9::INTEGER THEN CAST(r2.vendor_margin_minor AS NUMERIC) WHEN $10::INTEGER THEN CAST(r2.vendor_margin_minor AS NUMERIC) * 0.001 ELSE CAST(r2.vendor_margin_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "vendorMargin"
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
                  app.margin_band_verdict(r1.contract_id, r1.id) AS verdict,
                  total.price_minor AS price_minor,
                  total.cost_minor AS cost_minor,
                  total.platform_fee_minor AS platform_fee_minor,
                  total.unaccepted_cost_minor AS unaccepted_cost_minor
                FROM contract JOIN (
                  SELECT CAST(coalesce(sum(invoice_line.amount_minor), 0) AS BIGINT) AS price_minor,
                    CAST(coalesce(sum(invoice_line_cost.cost_minor), 0) AS BIGINT) AS cost_minor,
                    CAST(coalesce(sum(invoice_line_cost.platform_fee_minor), 0) AS BIGINT) AS platform_fee_minor,
                    CAST(NULL AS BIGINT) AS unaccepted_cost_minor
                  FROM invoice_line LEFT OUTER JOIN invoice_line_cost ON invoice_line_cost.contract_id = invoice_line.contract_id AND invoice_line_cost.invoice_line_id = invoice_line.id
                  WHERE invoice_line.contract_id = r1.contract_id AND invoice_line.invoice_id = r1.id) AS total ON true
                WHERE contract.id = r1.contract_id
                LIMIT ALL
                OFFSET 0) AS seen) AS r2) AS r3$) AS "openBook"
        FROM (
          SELECT invoice.contract_id AS contract_id,
            invoice.id AS id,
            invoice.currency_code AS currency_code,
            invoice.total_minor AS total_minor
          FROM invoice
          WHERE invoice.association_id = $11::UUID AND invoice.contract_id = $12::UUID AND invoice.id = $13::UUID) AS r1) AS r4$) AS "invoice") AS o$) AS json_object_of_1
