SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT r3.part_0 AS "edges") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT (
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT 'bex_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                      r2.kind AS "kind",
                      r2.severity AS "severity",
                      CAST(floor(EXTRACT(epoch FROM coalesce(r2.resolved_at, now()) - r2.opened_at) / CAST($1::INTEGER AS NUMERIC)) AS INTEGER) AS "ageDays",
                      CASE WHEN (r2.amount_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $2::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) WHEN $3::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r2.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                          r2.currency_code AS "currencyCode") AS o$) ELSE NULL END AS "amount",
                      r2.message AS "message",
                      CASE r2.kind WHEN $4::VARCHAR THEN 'Credit the difference, or issue a debit note; ask why the line was not billed at its agreed price.' WHEN $5::VARCHAR THEN 'Compare the line with its sources, then credit or charge the difference.' WHEN $6::VARCHAR THEN 'Credit the line that bills it a second time.' WHEN $7::VARCHAR THEN 'Credit it, and bill it with the period that it belongs to.' WHEN $8::VARCHAR THEN 'Credit it; it can be billed once it is accepted.' WHEN $9::VARCHAR THEN 'Credit it, or have the association answer to the work and accept it.' WHEN $10::VARCHAR THEN 'Credit the invoice and issue a corrected one, with the tax of its rules.' WHEN $11::VARCHAR THEN 'Compare the frozen rate with its source; issue a corrected invoice.' WHEN $12::VARCHAR THEN 'Credit or charge the difference, or dismiss it.' WHEN $13::VARCHAR THEN 'Credit the invoice and issue a corrected one.' WHEN $14::VARCHAR THEN 'Recompute the line by hand from its contract and its sources; dismiss it when it is right.' WHEN $15::VARCHAR THEN 'Run the verification of the books, and restore what is missing.' WHEN $16::VARCHAR THEN 'Run the verification of the books: the entry was not written by this invoice.' WHEN $17::VARCHAR THEN 'Find the payment at the bank or at Stripe; what stands as paid is not in the journal.' WHEN $18::VARCHAR THEN 'Match it with its invoice; the rest stays due, or is written off.' WHEN $19::VARCHAR THEN 'Match it with its invoice; what is too much becomes the association''s credit.' WHEN $20::VARCHAR THEN 'Find it on the bank statements, or reverse the payment.' WHEN $21::VARCHAR THEN 'Match it with an invoice, or dismiss it when it is not of this business.' WHEN $22::VARCHAR THEN 'Ask the payer, then match it with the right invoice.' WHEN $23::VARCHAR THEN 'Import what Stripe tells of the payout again; ask Stripe when it stays.' WHEN $24::VARCHAR THEN 'Ask the bank for the payout; ask Stripe whether it came back.' WHEN $25::VARCHAR THEN 'Let the worker post it; look for its failed jobs.' WHEN $26::VARCHAR THEN 'Look up its source at Stripe: it was not begun here.' END AS "suggestedAction",
                      (
                      SELECT row_to_json(r5$) AS row_to_json_1
                      FROM (
                        SELECT r4.name AS name
                        FROM (
                          SELECT r2.owner_name AS name,
                            r2.owner_email AS email,
                            r2.owner_organization_name AS organization_name
                          WHERE r2.owner_member_id IS NOT NULL) AS r4) AS r5$) AS "owner",
                      (
                      SELECT row_to_json(r7$) AS row_to_json_2
                      FROM (
                        SELECT 'con_' || translate(encode(uuid_send(r6.id), 'base64'), E'+/=\n', '-_') AS id
                        FROM contract AS r6
                        WHERE r6.id = r2.contract_id) AS r7$) AS "contract",
                      (
                      SELECT row_to_json(r9$) AS row_to_json_3
                      FROM (
                        SELECT r8.number AS number
                        FROM invoice AS r8
                        WHERE r8.contract_id = r2.contract_id AND r8.id = r2.invoice_id) AS r9$) AS "invoice",
                      (
                      SELECT row_to_json(r11$) AS row_to_json_4
                      FROM (
                        SELECT 'ivl_' || translate(encode(uuid_send(r10.contract_id) || uuid_send(r10.id), 'base64'), E'+/=\n', '-_') AS id
                        FROM invoice_line AS r10
                        WHERE r10.contract_id = r2.contract_id AND r10.id = r2.invoice_line_id) AS r11$) AS "invoiceLine",
                      (
                      SELECT row_to_json(r13$) AS row_to_json_5
                      FROM (
                        SELECT r12.information AS information
                        FROM bank_statement_line AS r12
                        WHERE r12.id = r2.bank_line_id) AS r13$) AS "bankStatementLine") AS o$) AS "node") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $27::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r14.*,
            row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.kind AS kind,
              r1.severity AS severity,
              r1.resolved_at AS resolved_at,
              r1.opened_at AS opened_at,
              r1.amount_minor AS amount_minor,
              r1.currency_code AS currency_code,
              r1.message AS message,
              r1.owner_name AS owner_name,
              r1.owner_email AS owner_email,
              r1.owner_organization_name AS owner_organization_name,
              r1.owner_member_id AS owner_member_id,
              r1.contract_id AS contract_id,
              r1.invoice_id AS invoice_id,
              r1.invoice_line_id AS invoice_line_id,
              r1.bank_line_id AS bank_line_id,
              r1.opened_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT billing_exception.id AS id,
                billing_exception.kind AS kind,
                billing_exception.severity AS severity,
                billing_exception.contract_id AS contract_id,
                billing_exception.invoice_id AS invoice_id,
                billing_exception.invoice_line_id AS invoice_line_id,
                billing_exception.bank_line_id AS bank_line_id,
                billing_exception.currency_code AS currency_code,
                billing_exception.amount_minor AS amount_minor,
                billing_exception.message AS message,
                billing_exception.opened_at AS opened_at,
                billing_exception.owner_member_id AS owner_member_id,
                billing_exception.owner_name AS owner_name,
                billing_exception.owner_email AS owner_email,
                billing_exception.owner_organization_name AS owner_organization_name,
                billing_exception.resolution AS resolution,
                billing_exception.resolved_at AS resolved_at
              FROM billing_exception
              WHERE true) AS r1
            WHERE r1.resolution IS NULL
            ORDER BY r1.opened_at ASC,
              r1.id ASC
            LIMIT $27::INTEGER + 1) AS r14) AS r2) AS r3) AS "billingExceptions") AS o$) AS json_object_of_1
