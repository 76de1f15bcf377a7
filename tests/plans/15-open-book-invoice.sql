SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r17$) AS row_to_json_1
      FROM (
        SELECT 'inv_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.number AS number,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS id,
              r2.title AS title
            FROM contract AS r2
            WHERE r2.id = r1.contract_id) AS r3$) AS contract,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.disclosure_tier AS "disclosureTier",
              r4.cost_basis AS "costBasis",
              CASE WHEN (r4.price_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $1::INTEGER THEN CAST(r4.price_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r4.price_minor AS NUMERIC) * 0.001 ELSE CAST(r4.price_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS price,
              CASE WHEN (r4.cost_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $3::INTEGER THEN CAST(r4.cost_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r4.cost_minor AS NUMERIC) * 0.001 ELSE CAST(r4.cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS cost,
              CASE WHEN (r4.gross_margin_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $5::INTEGER THEN CAST(r4.gross_margin_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r4.gross_margin_minor AS NUMERIC) * 0.001 ELSE CAST(r4.gross_margin_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "grossMargin",
              CAST(round(app.round_half_even(r4.gross_margin_percent, 2), 2) AS TEXT) AS "grossMarginPercent",
              CAST(round(app.round_half_even(r4.markup_percent, 2), 2) AS TEXT) AS "markupPercent",
              CASE WHEN (r4.platform_fee_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $7::INTEGER THEN CAST(r4.platform_fee_minor AS NUMERIC) WHEN $8::INTEGER THEN CAST(r4.platform_fee_minor AS NUMERIC) * 0.001 ELSE CAST(r4.platform_fee_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "platformFee",
              CASE WHEN (r4.vendor_margin_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $9::INTEGER THEN CAST(r4.vendor_margin_minor AS NUMERIC) WHEN $10::INTEGER THEN CAST(r4.vendor_margin_minor AS NUMERIC) * 0.001 ELSE CAST(r4.vendor_margin_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "vendorMargin",
              CAST(round(app.round_half_even(r4.vendor_margin_percent, 2), 2) AS TEXT) AS "vendorMarginPercent",
              CASE WHEN (r4.vendor_proceeds_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $11::INTEGER THEN CAST(r4.vendor_proceeds_minor AS NUMERIC) WHEN $12::INTEGER THEN CAST(r4.vendor_proceeds_minor AS NUMERIC) * 0.001 ELSE CAST(r4.vendor_proceeds_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "vendorProceeds"
            FROM (
              SELECT seen.currency_code AS currency_code,
                seen.disclosure AS disclosure,
                seen.disclosure_tier AS disclosure_tier,
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
                OFFSET 0) AS seen) AS r4) AS r5$) AS "openBook",
          (
          SELECT coalesce(json_agg(r16$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r6.description AS description,
              CAST(trim_scale(r6.quantity) AS TEXT) AS quantity,
              CASE WHEN (r6.amount_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r6.currency_code) WHEN $13::INTEGER THEN CAST(r6.amount_minor AS NUMERIC) WHEN $14::INTEGER THEN CAST(r6.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r6.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                  r6.currency_code AS "currencyCode") AS o$) ELSE NULL END AS amount,
              (
              SELECT row_to_json(r8$) AS row_to_json_4
              FROM (
                SELECT r7.disclosure_tier AS "disclosureTier",
                  r7.cost_basis AS "costBasis",
                  CASE WHEN (r7.price_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $15::INTEGER THEN CAST(r7.price_minor AS NUMERIC) WHEN $16::INTEGER THEN CAST(r7.price_minor AS NUMERIC) * 0.001 ELSE CAST(r7.price_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS price,
                  CASE WHEN (r7.cost_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $17::INTEGER THEN CAST(r7.cost_minor AS NUMERIC) WHEN $18::INTEGER THEN CAST(r7.cost_minor AS NUMERIC) * 0.001 ELSE CAST(r7.cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS cost,
                  CASE WHEN (r7.gross_margin_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $19::INTEGER THEN CAST(r7.gross_margin_minor AS NUMERIC) WHEN $20::INTEGER THEN CAST(r7.gross_margin_minor AS NUMERIC) * 0.001 ELSE CAST(r7.gross_margin_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "grossMargin",
                  CAST(round(app.round_half_even(r7.gross_margin_percent, 2), 2) AS TEXT) AS "grossMarginPercent",
                  CAST(round(app.round_half_even(r7.markup_percent, 2), 2) AS TEXT) AS "markupPercent",
                  CASE WHEN (r7.platform_fee_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $21::INTEGER THEN CAST(r7.platform_fee_minor AS NUMERIC) WHEN $22::INTEGER THEN CAST(r7.platform_fee_minor AS NUMERIC) * 0.001 ELSE CAST(r7.platform_fee_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "platformFee",
                  CASE WHEN (r7.vendor_margin_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $23::INTEGER THEN CAST(r7.vendor_margin_minor AS NUMERIC) WHEN $24::INTEGER THEN CAST(r7.vendor_margin_minor AS NUMERIC) * 0.001 ELSE CAST(r7.vendor_margin_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "vendorMargin",
                  CAST(round(app.round_half_even(r7.vendor_margin_percent, 2), 2) AS TEXT) AS "vendorMarginPercent",
                  CASE WHEN (r7.vendor_proceeds_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $25::INTEGER THEN CAST(r7.vendor_proceeds_minor AS NUMERIC) WHEN $26::INTEGER THEN CAST(r7.vendor_proceeds_minor AS NUMERIC) * 0.001 ELSE CAST(r7.vendor_proceeds_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "vendorProceeds"
                FROM (
                  SELECT seen.currency_code AS currency_code,
                    seen.disclosure AS disclosure,
                    seen.disclosure_tier AS disclosure_tier,
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
                      WHERE invoice_line.contract_id = r6.contract_id AND invoice_line.id = r6.id) AS total ON true
                    WHERE contract.id = r6.contract_id
                    LIMIT ALL
                    OFFSET 0) AS seen) AS r7) AS r8$) AS "openBook",
              (
              SELECT (
                SELECT row_to_json(o$)
                FROM (
                  SELECT (
                    SELECT count(*) AS count_1
                    FROM (
                      SELECT r6.rate_card_key AS rate_card_key,
                        r6.rate_version AS rate_version
                      FROM invoice_source LEFT OUTER JOIN decision ON decision.contract_id = invoice_source.contract_id AND decision.id = invoice_source.decision_id
                      WHERE invoice_source.contract_id = r6.contract_id AND invoice_source.invoice_line_id = r6.id) AS r12) AS "totalCount",
                    r11.part_0 AS "edges") AS o$) AS json_object_of_2
              FROM (
                SELECT coalesce(json_agg((
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT (
                          SELECT row_to_json(o$)
                          FROM (
                            SELECT (
                              SELECT row_to_json(r14$) AS row_to_json_5
                              FROM (
                                SELECT 'wrk_' || translate(encode(uuid_send(r13.contract_id) || uuid_send(r13.id), 'base64'), E'+/=\n', '-_') AS id,
                                  r13.performed_to AS "performedTo",
                                  r13.description AS description
                                FROM work_record AS r13
                                WHERE r13.contract_id = r10.contract_id AND r13.id = r10.work_record_id) AS r14$) AS "workRecord",
                              CAST(trim_scale(r10.accepted_quantity) AS TEXT) AS "acceptedQuantity",
                              (
                              SELECT row_to_json(o$)
                              FROM (
                                SELECT r10.rate_card_key AS "key",
                                  r10.rate_version AS "version") AS o$) AS "rate") AS o$) AS "node") AS o$) ORDER BY r10.page_position) FILTER (WHERE r10.page_position <= $27::INTEGER), '[]'::json) AS part_0
                FROM (
                  SELECT r15.*,
                    row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC) AS page_position
                  FROM (
                    SELECT r9.contract_id AS contract_id,
                      r9.work_record_id AS work_record_id,
                      r9.accepted_quantity AS accepted_quantity,
                      r9.rate_card_key AS rate_card_key,
                      r9.rate_version AS rate_version,
                      r9.id AS page_order_0,
                      r9.contract_id AS page_order_1
                    FROM (
                      SELECT invoice_source.contract_id AS contract_id,
                        invoice_source.id AS id,
                        decision.work_record_id AS work_record_id,
                        decision.accepted_quantity AS accepted_quantity,
                        r6.rate_card_key AS rate_card_key,
                        r6.rate_version AS rate_version
                      FROM invoice_source LEFT OUTER JOIN decision ON decision.contract_id = invoice_source.contract_id AND decision.id = invoice_source.decision_id
                      WHERE invoice_source.contract_id = r6.contract_id AND invoice_source.invoice_line_id = r6.id) AS r9
                    ORDER BY r9.id ASC,
                      r9.contract_id ASC
                    LIMIT $27::INTEGER + 1) AS r15) AS r10) AS r11) AS sources
            FROM invoice_line AS r6
            WHERE r6.contract_id = r1.contract_id AND r6.invoice_id = r1.id
            ORDER BY r6.position) AS r16$) AS lines
        FROM (
          SELECT invoice.contract_id AS contract_id,
            invoice.id AS id,
            invoice.number AS number
          FROM invoice
          WHERE invoice.association_id = $28::UUID AND invoice.contract_id = $29::UUID AND invoice.id = $30::UUID) AS r1) AS r17$) AS "invoice") AS o$) AS json_object_of_1
