SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r18$) AS row_to_json_1
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
                r1.seller_country_code AS country_code,
                r1.seller_region_code AS region_code,
                r1.seller_tax_number AS tax_number) AS r2) AS r3$) AS seller,
          CASE WHEN (r1.total_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.total_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.total_minor AS NUMERIC) * 0.001 ELSE CAST(r1.total_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
              r1.currency_code AS "currencyCode") AS o$) ELSE NULL END AS total,
          (
          SELECT coalesce(json_agg(r17$), '[]'::json) AS coalesce_1
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
                    OFFSET 0) AS seen) AS r5) AS r6$) AS "openBook",
              (
              SELECT (
                SELECT row_to_json(o$)
                FROM (
                  SELECT r9.part_0 AS "nodes") AS o$) AS json_object_of_2
              FROM (
                SELECT coalesce(json_agg((
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT r8.sequence AS "sequence",
                          r8.outcome AS "outcome",
                          (
                          SELECT row_to_json(r11$) AS row_to_json_4
                          FROM (
                            SELECT r10.member_number AS "memberNumber"
                            FROM lms_act_subject AS r10
                            WHERE r10.contract_id = r8.contract_id AND r10.act_id = r8.id) AS r11$) AS "subject",
                          (
                          SELECT row_to_json(r13$) AS row_to_json_5
                          FROM (
                            SELECT 'job_' || translate(encode(uuid_send(r12.contract_id) || uuid_send(r12.id), 'base64'), E'+/=\n', '-_') AS id
                            FROM lms_job AS r12
                            WHERE r12.contract_id = r8.contract_id AND r12.id = r8.job_id) AS r13$) AS "job",
                          (
                          SELECT row_to_json(r15$) AS row_to_json_6
                          FROM (
                            SELECT 'wrk_' || translate(encode(uuid_send(r14.contract_id) || uuid_send(r14.id), 'base64'), E'+/=\n', '-_') AS id
                            FROM (
                              SELECT work_record.contract_id AS contract_id,
                                work_record.id AS id
                              FROM lms_metered_item JOIN work_record ON work_record.contract_id = lms_metered_item.contract_id AND work_record.id = lms_metered_item.work_record_id
                              WHERE lms_metered_item.contract_id = r8.contract_id AND lms_metered_item.item_id = r8.item_id) AS r14) AS r15$) AS "workRecord") AS o$) ORDER BY r8.page_position) FILTER (WHERE r8.page_position <= $7::INTEGER), '[]'::json) AS part_0
                FROM (
                  SELECT r16.*,
                    row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC, page_order_3 ASC) AS page_position
                  FROM (
                    SELECT r7.sequence AS sequence,
                      r7.outcome AS outcome,
                      r7.contract_id AS contract_id,
                      r7.id AS id,
                      r7.job_id AS job_id,
                      r7.item_id AS item_id,
                      r7.item_id AS page_order_0,
                      r7.sequence AS page_order_1,
                      r7.contract_id AS page_order_2,
                      r7.id AS page_order_3
                    FROM (
                      SELECT lms_act.contract_id AS contract_id,
                        lms_act.id AS id,
                        lms_act.sequence AS sequence,
                        lms_act.job_id AS job_id,
                        lms_act.item_id AS item_id,
                        lms_act.outcome AS outcome
                      FROM lms_metered_item JOIN lms_act ON lms_act.contract_id = lms_metered_item.contract_id AND lms_act.item_id = lms_metered_item.item_id
                      WHERE lms_metered_item.contract_id = r4.contract_id AND lms_metered_item.work_record_id IN (
                        SELECT decision.work_record_id
                        FROM decision JOIN invoice_source ON invoice_source.contract_id = decision.contract_id AND invoice_source.decision_id = decision.id
                        WHERE invoice_source.contract_id = r4.contract_id AND invoice_source.invoice_line_id = r4.id)) AS r7
                    ORDER BY r7.item_id ASC,
                      r7.sequence ASC,
                      r7.contract_id ASC,
                      r7.id ASC
                    LIMIT $7::INTEGER + 1) AS r16) AS r8) AS r9) AS "lmsActs"
            FROM invoice_line AS r4
            WHERE r4.contract_id = r1.contract_id AND r4.invoice_id = r1.id
            ORDER BY r4.position) AS r17$) AS lines
        FROM (
          SELECT invoice.contract_id AS contract_id,
            invoice.id AS id,
            invoice.number AS number,
            invoice.currency_code AS currency_code,
            invoice.seller_name AS seller_name,
            invoice.seller_country_code AS seller_country_code,
            invoice.total_minor AS total_minor,
            invoice.seller_region_code AS seller_region_code,
            invoice.seller_tax_number AS seller_tax_number
          FROM invoice
          WHERE invoice.vendor_id = $8::UUID AND invoice.contract_id = $9::UUID AND invoice.id = $10::UUID) AS r1) AS r18$) AS "invoice") AS o$) AS json_object_of_1
