SELECT (
  SELECT row_to_json(o)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o)
        FROM (
          SELECT 'inv_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS "id",
            r1.number AS "number",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.title AS "title") AS o) AS json_object_of_3
            FROM contract AS r2
            WHERE r2.id = r1.contract_id) AS "contract",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT r3.disclosure_tier AS "disclosureTier",
                  r3.cost_basis AS "costBasis",
                  CASE WHEN (r3.price_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o)
                  FROM (
                    SELECT CAST(round(CAST(r3.price_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r3.currency_code)) AS NUMERIC), app.currency_digits(r3.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "price",
                  CASE WHEN (r3.cost_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o)
                  FROM (
                    SELECT CAST(round(CAST(r3.cost_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r3.currency_code)) AS NUMERIC), app.currency_digits(r3.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "cost",
                  CASE WHEN (r3.gross_margin_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o)
                  FROM (
                    SELECT CAST(round(CAST(r3.gross_margin_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r3.currency_code)) AS NUMERIC), app.currency_digits(r3.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "grossMargin",
                  CAST(round(app.round_half_even(r3.gross_margin_percent, 2), 2) AS TEXT) AS "grossMarginPercent",
                  CAST(round(app.round_half_even(r3.markup_percent, 2), 2) AS TEXT) AS "markupPercent",
                  CASE WHEN (r3.platform_fee_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o)
                  FROM (
                    SELECT CAST(round(CAST(r3.platform_fee_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r3.currency_code)) AS NUMERIC), app.currency_digits(r3.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "platformFee",
                  CASE WHEN (r3.vendor_margin_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o)
                  FROM (
                    SELECT CAST(round(CAST(r3.vendor_margin_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r3.currency_code)) AS NUMERIC), app.currency_digits(r3.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "vendorMargin",
                  CAST(round(app.round_half_even(r3.vendor_margin_percent, 2), 2) AS TEXT) AS "vendorMarginPercent",
                  CASE WHEN (r3.vendor_proceeds_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o)
                  FROM (
                    SELECT CAST(round(CAST(r3.vendor_proceeds_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r3.currency_code)) AS NUMERIC), app.currency_digits(r3.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "vendorProceeds") AS o) AS json_object_of_4
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
                OFFSET 0) AS seen) AS r3) AS "openBook",
            (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o)
                  FROM (
                    SELECT r4.description AS "description",
                      CAST(trim_scale(r4.quantity) AS TEXT) AS "quantity",
                      CASE WHEN (r4.amount_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o)
                      FROM (
                        SELECT CAST(round(CAST(r4.amount_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r4.currency_code)) AS NUMERIC), app.currency_digits(r4.currency_code)) AS TEXT) AS "amount",
                          r4.currency_code AS "currencyCode") AS o) ELSE NULL END AS "amount",
                      (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT r5.disclosure_tier AS "disclosureTier",
                            r5.cost_basis AS "costBasis",
                            CASE WHEN (r5.price_minor IS NOT NULL) THEN (
                            SELECT row_to_json(o)
                            FROM (
                              SELECT CAST(round(CAST(r5.price_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r5.currency_code)) AS NUMERIC), app.currency_digits(r5.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "price",
                            CASE WHEN (r5.cost_minor IS NOT NULL) THEN (
                            SELECT row_to_json(o)
                            FROM (
                              SELECT CAST(round(CAST(r5.cost_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r5.currency_code)) AS NUMERIC), app.currency_digits(r5.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "cost",
                            CASE WHEN (r5.gross_margin_minor IS NOT NULL) THEN (
                            SELECT row_to_json(o)
                            FROM (
                              SELECT CAST(round(CAST(r5.gross_margin_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r5.currency_code)) AS NUMERIC), app.currency_digits(r5.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "grossMargin",
                            CAST(round(app.round_half_even(r5.gross_margin_percent, 2), 2) AS TEXT) AS "grossMarginPercent",
                            CAST(round(app.round_half_even(r5.markup_percent, 2), 2) AS TEXT) AS "markupPercent",
                            CASE WHEN (r5.platform_fee_minor IS NOT NULL) THEN (
                            SELECT row_to_json(o)
                            FROM (
                              SELECT CAST(round(CAST(r5.platform_fee_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r5.currency_code)) AS NUMERIC), app.currency_digits(r5.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "platformFee",
                            CASE WHEN (r5.vendor_margin_minor IS NOT NULL) THEN (
                            SELECT row_to_json(o)
                            FROM (
                              SELECT CAST(round(CAST(r5.vendor_margin_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r5.currency_code)) AS NUMERIC), app.currency_digits(r5.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "vendorMargin",
                            CAST(round(app.round_half_even(r5.vendor_margin_percent, 2), 2) AS TEXT) AS "vendorMarginPercent",
                            CASE WHEN (r5.vendor_proceeds_minor IS NOT NULL) THEN (
                            SELECT row_to_json(o)
                            FROM (
                              SELECT CAST(round(CAST(r5.vendor_proceeds_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r5.currency_code)) AS NUMERIC), app.currency_digits(r5.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "vendorProceeds") AS o) AS json_object_of_5
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
                            WHERE invoice_line.contract_id = r4.contract_id AND invoice_line.id = r4.id) AS total ON true
                          WHERE contract.id = r4.contract_id
                          LIMIT ALL
                          OFFSET 0) AS seen) AS r5) AS "openBook",
                      (
                      SELECT (
                        SELECT row_to_json(o)
                        FROM (
                          SELECT (
                            SELECT count(*) AS count_1
                            FROM (
                              SELECT r4.rate_card_key AS rate_card_key,
                                r4.rate_version AS rate_version
                              FROM invoice_source LEFT OUTER JOIN decision ON decision.contract_id = invoice_source.contract_id AND decision.id = invoice_source.decision_id
                              WHERE invoice_source.contract_id = r4.contract_id AND invoice_source.invoice_line_id = r4.id) AS r9) AS "totalCount",
                            r8.part_0 AS "edges") AS o) AS json_object_of_6
                      FROM (
                        SELECT coalesce(json_agg((
                              SELECT row_to_json(o)
                              FROM (
                                SELECT (
                                  SELECT row_to_json(o)
                                  FROM (
                                    SELECT (
                                      SELECT (
                                        SELECT row_to_json(o)
                                        FROM (
                                          SELECT 'wrk_' || translate(encode(uuid_send(r10.contract_id) || uuid_send(r10.id), 'base64'), E'+/=\n', '-_') AS "id",
                                            r10.performed_to AS "performedTo",
                                            r10.description AS "description") AS o) AS json_object_of_7
                                      FROM work_record AS r10
                                      WHERE r10.contract_id = r7.contract_id AND r10.id = r7.work_record_id) AS "workRecord",
                                      CAST(trim_scale(r7.accepted_quantity) AS TEXT) AS "acceptedQuantity",
                                      (
                                      SELECT row_to_json(o)
                                      FROM (
                                        SELECT r7.rate_card_key AS "key",
                                          r7.rate_version AS "version") AS o) AS "rate") AS o) AS "node") AS o) ORDER BY r7.page_position) FILTER (WHERE r7.page_position <= $1::INTEGER), '[]'::json) AS part_0
                        FROM (
                          SELECT r11.*,
                            row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC) AS page_position
                          FROM (
                            SELECT r6.contract_id AS contract_id,
                              r6.work_record_id AS work_record_id,
                              r6.accepted_quantity AS accepted_quantity,
                              r6.rate_card_key AS rate_card_key,
                              r6.rate_version AS rate_version,
                              r6.id AS page_order_0,
                              r6.contract_id AS page_order_1
                            FROM (
                              SELECT invoice_source.contract_id AS contract_id,
                                invoice_source.id AS id,
                                decision.work_record_id AS work_record_id,
                                decision.accepted_quantity AS accepted_quantity,
                                r4.rate_card_key AS rate_card_key,
                                r4.rate_version AS rate_version
                              FROM invoice_source LEFT OUTER JOIN decision ON decision.contract_id = invoice_source.contract_id AND decision.id = invoice_source.decision_id
                              WHERE invoice_source.contract_id = r4.contract_id AND invoice_source.invoice_line_id = r4.id) AS r6
                            ORDER BY r6.id ASC,
                              r6.contract_id ASC
                            LIMIT $1::INTEGER + 1) AS r11) AS r7) AS r8) AS "sources") AS o) ORDER BY r4.position), '[]'::json) AS coalesce_1
            FROM invoice_line AS r4
            WHERE r4.contract_id = r1.contract_id AND r4.invoice_id = r1.id) AS "lines") AS o) AS json_object_of_2
      FROM (
        SELECT invoice.contract_id AS contract_id,
          invoice.id AS id,
          invoice.number AS number
        FROM invoice
        WHERE invoice.association_id = $2::UUID AND invoice.contract_id = $3::UUID AND invoice.id = $4::UUID) AS r1) AS "invoice") AS o) AS json_object_of_1
