SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r8$) AS row_to_json_1
      FROM (
        SELECT 'inv_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.number AS number,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name,
              r2.country_code AS "countryCode"
            FROM (
              SELECT r1.seller_name AS name,
                r1.seller_country_code AS country_code) AS r2) AS r3$) AS seller,
          CASE WHEN (r1.total_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.total_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.total_minor AS NUMERIC) * 0.001 ELSE CAST(r1.total_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
              r1.currency_code AS "currencyCode") AS o$) ELSE NULL END AS total,
          (
          SELECT coalesce(json_agg(r7$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r4.description AS description,
              CAST(trim_scale(r4.quantity) AS TEXT) AS quantity,
              CASE WHEN (r4.amount_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $3::INTEGER THEN CAST(r4.amount_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r4.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r4.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS amount,
              (
              SELECT row_to_json(r6$) AS row_to_json_3
              FROM (
                SELECT CASE WHEN (r5.vendor_proceeds_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r5.currency_code) WHEN $5::INTEGER THEN CAST(r5.vendor_proceeds_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r5.vendor_proceeds_minor AS NUMERIC) * 0.001 ELSE CAST(r5.vendor_proceeds_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "vendorProceeds"
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
                    CAST(NULL AS NUMERIC) AS margin_floor_percent,
                    CAST(NULL AS NUMERIC) AS margin_ceiling_percent,
                    CASE WHEN (seen.disclosure IN ('FULL', 'BAND_ONLY')) THEN seen.verdict END AS verdict
                  FROM (
                    SELECT contract.currency_code AS currency_code,
                      contract.disclosure_tier AS disclosure_tier,
                      contract.margin_floor_percent AS margin_floor_percent,
                      contract.margin_ceiling_percent AS margin_ceiling_percent,
                      app.disclosure(contract.id, contract.association_id, contract.vendor_id) AS disclosure,
                      CAST(NULL AS TEXT) AS verdict,
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
                      WHERE invoice_line.contract_id = r4.contract_id AND invoice_line.id = r4.id) AS total ON true
                    WHERE contract.id = r4.contract_id
                    LIMIT ALL
                    OFFSET 0) AS seen) AS r5) AS r6$) AS "openBook"
            FROM invoice_line AS r4
            WHERE r4.contract_id = r1.contract_id AND r4.invoice_id = r1.id
            ORDER BY r4.position) AS r7$) AS lines
        FROM (
          SELECT invoice.contract_id AS contract_id,
            invoice.id AS id,
            invoice.number AS number,
            invoice.currency_code AS currency_code,
            invoice.seller_name AS seller_name,
            invoice.seller_country_code AS seller_country_code,
            invoice.total_minor AS total_minor
          FROM invoice
          WHERE invoice.vendor_id = $7::UUID AND invoice.contract_id = $8::UUID AND invoice.id = $9::UUID) AS r1) AS r8$) AS "invoice") AS o$) AS json_object_of_1
