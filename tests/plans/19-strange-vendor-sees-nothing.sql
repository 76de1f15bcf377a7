SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r2$) AS row_to_json_1
      FROM (
        SELECT 'con_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.title AS title
        FROM (
          SELECT contract.id AS id,
            contract.title AS title
          FROM contract
          WHERE contract.id = $1::UUID AND contract.vendor_id = $2::UUID) AS r1) AS r2$) AS "contract",
      (
      SELECT row_to_json(r6$) AS row_to_json_2
      FROM (
        SELECT 'inv_' || translate(encode(uuid_send(r3.contract_id) || uuid_send(r3.id), 'base64'), E'+/=\n', '-_') AS id,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT CASE WHEN (r4.cost_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $3::INTEGER THEN CAST(r4.cost_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r4.cost_minor AS NUMERIC) * 0.001 ELSE CAST(r4.cost_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS cost
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
                  app.margin_band_verdict(r3.contract_id, r3.id) AS verdict,
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
                  WHERE invoice_line.contract_id = r3.contract_id AND invoice_line.invoice_id = r3.id) AS total ON true
                WHERE contract.id = r3.contract_id
                LIMIT ALL
                OFFSET 0) AS seen) AS r4) AS r5$) AS "openBook"
        FROM (
          SELECT invoice.contract_id AS contract_id,
            invoice.id AS id
          FROM invoice
          WHERE invoice.vendor_id = $2::UUID AND invoice.contract_id = $5::UUID AND invoice.id = $6::UUID) AS r3) AS r6$) AS "invoice",
      (
      SELECT row_to_json(r8$) AS row_to_json_4
      FROM (
        SELECT 'con_' || translate(encode(uuid_send(r7.id), 'base64'), E'+/=\n', '-_') AS id
        FROM contract AS r7
        WHERE r7.id = $7::UUID) AS r8$) AS "a",
      (
      SELECT row_to_json(r10$) AS row_to_json_5
      FROM (
        SELECT 'inv_' || translate(encode(uuid_send(r9.contract_id) || uuid_send(r9.id), 'base64'), E'+/=\n', '-_') AS id
        FROM invoice AS r9
        WHERE r9.contract_id = $8::UUID AND r9.id = $9::UUID) AS r10$) AS "b",
      (
      SELECT row_to_json(r12$) AS row_to_json_6
      FROM (
        SELECT 'wrk_' || translate(encode(uuid_send(r11.contract_id) || uuid_send(r11.id), 'base64'), E'+/=\n', '-_') AS id
        FROM work_record AS r11
        WHERE r11.contract_id = $10::UUID AND r11.id = $11::UUID) AS r12$) AS "c",
      (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT (
            SELECT count(*) AS count_1
            FROM (
              SELECT contract.id AS id
              FROM contract
              WHERE contract.vendor_id = $2::UUID AND (app.has_role($12::VARCHAR, $13::VARCHAR) OR contract.id IN (
                  SELECT contract_grant.contract_id
                  FROM contract_grant
                  WHERE contract_grant.member_id = $14::UUID AND contract_grant.revoked_at IS NULL))) AS r16) AS "totalCount",
            r15.part_0 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'con_' || translate(encode(uuid_send(r14.id), 'base64'), E'+/=\n', '-_') AS "id") AS o$) AS "node") AS o$) ORDER BY r14.page_position) FILTER (WHERE r14.page_position <= $15::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r17.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r13.id AS id,
              r13.proposed_at AS page_order_0,
              r13.id AS page_order_1
            FROM (
              SELECT contract.id AS id,
                contract.proposed_at AS proposed_at
              FROM contract
              WHERE contract.vendor_id = $2::UUID AND (app.has_role($12::VARCHAR, $13::VARCHAR) OR contract.id IN (
                  SELECT contract_grant.contract_id
                  FROM contract_grant
                  WHERE contract_grant.member_id = $14::UUID AND contract_grant.revoked_at IS NULL))) AS r13
            ORDER BY r13.proposed_at DESC,
              r13.id DESC
            LIMIT $15::INTEGER + 1) AS r17) AS r14) AS r15) AS "contracts") AS o$) AS json_object_of_1
