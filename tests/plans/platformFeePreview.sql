SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r6$) AS row_to_json_1
      FROM (
        SELECT CASE WHEN (r1.subtotal_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.subtotal_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.subtotal_minor AS NUMERIC) * 0.001 ELSE CAST(r1.subtotal_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
              r1.currency_code AS "currencyCode") AS o$) ELSE NULL END AS subtotal,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r4.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r3.kind AS "kind",
                      r3.document_number AS "documentNumber",
                      r3.effective_on AS "effectiveOn",
                      CASE WHEN (r3.platform_fee_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r3.currency_code) WHEN $3::INTEGER THEN CAST(r3.platform_fee_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r3.platform_fee_minor AS NUMERIC) * 0.001 ELSE CAST(r3.platform_fee_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount",
                      CASE WHEN (r3.tax_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r3.currency_code) WHEN $5::INTEGER THEN CAST(r3.tax_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r3.tax_minor AS NUMERIC) * 0.001 ELSE CAST(r3.tax_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "tax") AS o$) ORDER BY r3.page_position) FILTER (WHERE r3.page_position <= $7::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r5.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r2.kind AS kind,
                  r2.document_number AS document_number,
                  r2.effective_on AS effective_on,
                  r2.platform_fee_minor AS platform_fee_minor,
                  r2.currency_code AS currency_code,
                  r2.tax_minor AS tax_minor,
                  r2.position AS page_order_0,
                  r2.contract_id AS page_order_1,
                  r2.entry_id AS page_order_2
                FROM (
                  SELECT CAST(row_number() OVER (ORDER BY CAST(timezone((
                            SELECT organization.time_zone
                            FROM organization
                            WHERE organization.kind = 'OPERATOR'), journal_entry.effective_at) AS DATE), posting.contract_id, journal_entry.sequence) AS INTEGER) AS position,
                    posting.contract_id AS contract_id,
                    posting.entry_id AS entry_id,
                    journal_entry.kind AS kind,
                    invoice.number AS document_number,
                    CAST(timezone((
                        SELECT organization.time_zone
                        FROM organization
                        WHERE organization.kind = 'OPERATOR'), journal_entry.effective_at) AS DATE) AS effective_on,
                    posting.currency_code AS currency_code,
                    -posting.amount_minor AS platform_fee_minor,
                    CAST(NULL AS BIGINT) AS tax_minor
                  FROM posting JOIN journal_entry ON journal_entry.contract_id = posting.contract_id AND journal_entry.id = posting.entry_id LEFT OUTER JOIN invoice ON invoice.contract_id = posting.contract_id AND invoice.id = journal_entry.invoice_id JOIN contract ON contract.id = posting.contract_id
                  WHERE contract.vendor_id = r1.vendor_id AND posting.account = 'PLATFORM_FEE_INCOME' AND posting.currency_code = r1.currency_code AND CAST(timezone((
                        SELECT organization.time_zone
                        FROM organization
                        WHERE organization.kind = 'OPERATOR'), journal_entry.effective_at) AS DATE) < CAST(CAST(r1.month_starts_on AS DATE) + interval '1 month' AS DATE) AND NOT (EXISTS (
                      SELECT *
                      FROM platform_fee_line
                      WHERE platform_fee_line.contract_id = posting.contract_id AND platform_fee_line.entry_id = posting.entry_id))) AS r2
                ORDER BY r2.position ASC,
                  r2.contract_id ASC,
                  r2.entry_id ASC
                LIMIT $7::INTEGER + 1) AS r5) AS r3) AS r4) AS lines
        FROM (
          SELECT CAST($8::UUID AS UUID) AS vendor_id,
            CAST($9::VARCHAR AS TEXT) AS currency_code,
            CAST($10::DATE AS DATE) AS month_starts_on,
            summed.subtotal_minor AS subtotal_minor
          FROM (
            SELECT CAST(coalesce(sum(line.platform_fee_minor), 0) AS BIGINT) AS subtotal_minor
            FROM (
              SELECT CAST(row_number() OVER (ORDER BY CAST(timezone((
                        SELECT organization.time_zone
                        FROM organization
                        WHERE organization.kind = 'OPERATOR'), journal_entry.effective_at) AS DATE), posting.contract_id, journal_entry.sequence) AS INTEGER) AS position,
                posting.vendor_id AS vendor_id,
                posting.contract_id AS contract_id,
                posting.entry_id AS entry_id,
                journal_entry.invoice_id AS invoice_id,
                journal_entry.kind AS kind,
                invoice.number AS document_number,
                CAST(timezone((
                    SELECT organization.time_zone
                    FROM organization
                    WHERE organization.kind = 'OPERATOR'), journal_entry.effective_at) AS DATE) AS effective_on,
                posting.currency_code AS currency_code,
                -posting.amount_minor AS platform_fee_minor
              FROM posting JOIN journal_entry ON journal_entry.contract_id = posting.contract_id AND journal_entry.id = posting.entry_id LEFT OUTER JOIN invoice ON invoice.contract_id = posting.contract_id AND invoice.id = journal_entry.invoice_id JOIN contract ON contract.id = posting.contract_id
              WHERE contract.vendor_id = $8::UUID AND posting.account = 'PLATFORM_FEE_INCOME' AND posting.currency_code = $9::VARCHAR AND CAST(timezone((
                    SELECT organization.time_zone
                    FROM organization
                    WHERE organization.kind = 'OPERATOR'), journal_entry.effective_at) AS DATE) < CAST(CAST($10::DATE AS DATE) + interval '1 month' AS DATE) AND NOT (EXISTS (
                  SELECT *
                  FROM platform_fee_line
                  WHERE platform_fee_line.contract_id = posting.contract_id AND platform_fee_line.entry_id = posting.entry_id))) AS line) AS summed
          WHERE app.has_role('BILLING_ADMIN')) AS r1) AS r6$) AS "platformFeePreview") AS o$) AS json_object_of_1
