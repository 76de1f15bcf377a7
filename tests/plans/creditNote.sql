SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r14$) AS row_to_json_1
      FROM (
        SELECT 'crn_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.number AS number,
          r1.status AS status,
          r1.reason_code AS "reasonCode",
          CASE WHEN (r1.total_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.total_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.total_minor AS NUMERIC) * 0.001 ELSE CAST(r1.total_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
              r1.currency_code AS "currencyCode") AS o$) ELSE NULL END AS total,
          CASE WHEN (r1.refundable_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $3::INTEGER THEN CAST(r1.refundable_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r1.refundable_minor AS NUMERIC) * 0.001 ELSE CAST(r1.refundable_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS refundable,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.number AS number
            FROM invoice AS r2
            WHERE r2.contract_id = r1.contract_id AND r2.id = r1.invoice_id) AS r3$) AS invoice,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT 'idp_' || translate(encode(uuid_send(r4.contract_id) || uuid_send(r4.id), 'base64'), E'+/=\n', '-_') AS id,
              r4.status AS status
            FROM invoice_dispute AS r4
            WHERE r4.contract_id = r1.contract_id AND r4.id = r1.dispute_id) AS r5$) AS dispute,
          (
          SELECT coalesce(json_agg(r9$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r6.description AS description,
              CAST(trim_scale(r6.quantity) AS TEXT) AS quantity,
              CASE WHEN (r6.amount_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r6.currency_code) WHEN $5::INTEGER THEN CAST(r6.amount_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r6.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r6.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS amount,
              CASE WHEN (r6.tax_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r6.currency_code) WHEN $7::INTEGER THEN CAST(r6.tax_minor AS NUMERIC) WHEN $8::INTEGER THEN CAST(r6.tax_minor AS NUMERIC) * 0.001 ELSE CAST(r6.tax_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS tax,
              (
              SELECT row_to_json(r8$) AS row_to_json_4
              FROM (
                SELECT CASE WHEN (r7.credited_minor IS NOT NULL) THEN (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $9::INTEGER THEN CAST(r7.credited_minor AS NUMERIC) WHEN $10::INTEGER THEN CAST(r7.credited_minor AS NUMERIC) * 0.001 ELSE CAST(r7.credited_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS credited
                FROM invoice_line AS r7
                WHERE r7.contract_id = r6.contract_id AND r7.id = r6.invoice_line_id) AS r8$) AS "invoiceLine"
            FROM credit_note_line AS r6
            WHERE r6.contract_id = r1.contract_id AND r6.credit_note_id = r1.id
            ORDER BY r6.position) AS r9$) AS lines,
          (
          SELECT coalesce(json_agg(r11$), '[]'::json) AS coalesce_2
          FROM (
            SELECT r10.kind AS kind,
              r10.sequence AS sequence
            FROM journal_entry AS r10
            WHERE r10.contract_id = r1.contract_id AND r10.id IN (r1.issued_entry_id, r1.voided_entry_id)
            ORDER BY r10.sequence) AS r11$) AS journal,
          (
          SELECT row_to_json(r13$) AS row_to_json_5
          FROM (
            SELECT CASE WHEN (r12.platform_fee_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r12.currency_code) WHEN $11::INTEGER THEN CAST(r12.platform_fee_minor AS NUMERIC) WHEN $12::INTEGER THEN CAST(r12.platform_fee_minor AS NUMERIC) * 0.001 ELSE CAST(r12.platform_fee_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "platformFee"
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
                  SELECT CAST(coalesce(sum(credit_note_line.amount_minor), 0) AS BIGINT) AS price_minor,
                    CAST(coalesce(sum(credit_note_line_cost.cost_minor), 0) AS BIGINT) AS cost_minor,
                    CAST(coalesce(sum(credit_note_line_cost.platform_fee_minor), 0) AS BIGINT) AS platform_fee_minor,
                    CAST(NULL AS BIGINT) AS unaccepted_cost_minor
                  FROM credit_note_line LEFT OUTER JOIN credit_note_line_cost ON credit_note_line_cost.contract_id = credit_note_line.contract_id AND credit_note_line_cost.credit_note_line_id = credit_note_line.id
                  WHERE credit_note_line.contract_id = r1.contract_id AND credit_note_line.credit_note_id = r1.id) AS total ON true
                WHERE contract.id = r1.contract_id
                LIMIT ALL
                OFFSET 0) AS seen) AS r12) AS r13$) AS "openBook"
        FROM (
          SELECT credit_note.contract_id AS contract_id,
            credit_note.id AS id,
            credit_note.invoice_id AS invoice_id,
            credit_note.dispute_id AS dispute_id,
            credit_note.number AS number,
            credit_note.status AS status,
            credit_note.reason_code AS reason_code,
            credit_note.currency_code AS currency_code,
            credit_note.total_minor AS total_minor,
            credit_note.refundable_minor AS refundable_minor,
            credit_note.issued_entry_id AS issued_entry_id,
            credit_note.voided_entry_id AS voided_entry_id
          FROM credit_note
          WHERE credit_note.association_id = $13::UUID AND credit_note.contract_id = $14::UUID AND credit_note.id = $15::UUID) AS r1) AS r14$) AS "creditNote") AS o$) AS json_object_of_1
