SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r18$) AS row_to_json_1
      FROM (
        SELECT 'idp_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.status AS status,
          CASE WHEN (r1.disputed_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.disputed_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.disputed_minor AS NUMERIC) * 0.001 ELSE CAST(r1.disputed_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
              r1.currency_code AS "currencyCode") AS o$) ELSE NULL END AS disputed,
          (
          SELECT coalesce(json_agg(r5$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r2.reason_code AS "reasonCode",
              r2.words AS words,
              CASE WHEN (r2.amount_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r2.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS amount,
              CASE WHEN (r2.upheld_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $5::INTEGER THEN CAST(r2.upheld_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r2.upheld_minor AS NUMERIC) * 0.001 ELSE CAST(r2.upheld_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS upheld,
              (
              SELECT row_to_json(r4$) AS row_to_json_2
              FROM (
                SELECT r3.description AS description
                FROM invoice_line AS r3
                WHERE r3.contract_id = r2.contract_id AND r3.id = r2.invoice_line_id) AS r4$) AS "invoiceLine"
            FROM invoice_dispute_line AS r2
            WHERE r2.contract_id = r1.contract_id AND r2.dispute_id = r1.id
            ORDER BY r2.position) AS r5$) AS lines,
          (
          SELECT coalesce(json_agg(r7$), '[]'::json) AS coalesce_2
          FROM (
            SELECT r6.name AS name
            FROM (
              SELECT evidence.id AS id,
                evidence.name AS name
              FROM evidence JOIN invoice_dispute_evidence ON invoice_dispute_evidence.contract_id = evidence.contract_id AND invoice_dispute_evidence.evidence_id = evidence.id
              WHERE invoice_dispute_evidence.contract_id = r1.contract_id AND invoice_dispute_evidence.dispute_id = r1.id) AS r6
            ORDER BY r6.id) AS r7$) AS evidence,
          (
          SELECT row_to_json(r9$) AS row_to_json_3
          FROM (
            SELECT r8.number AS number
            FROM credit_note AS r8
            WHERE r8.contract_id = r1.contract_id AND r8.dispute_id = r1.id) AS r9$) AS "creditNote",
          (
          SELECT row_to_json(r17$) AS row_to_json_4
          FROM (
            SELECT r10.number AS number,
              CASE WHEN (r10.amount_due_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r10.currency_code) WHEN $7::INTEGER THEN CAST(r10.amount_due_minor AS NUMERIC) WHEN $8::INTEGER THEN CAST(r10.amount_due_minor AS NUMERIC) * 0.001 ELSE CAST(r10.amount_due_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amountDue",
              (
              SELECT row_to_json(r12$) AS row_to_json_5
              FROM (
                SELECT r11.number AS number
                FROM invoice AS r11
                WHERE r11.contract_id = r10.contract_id AND r11.id = r10.corrects_invoice_id) AS r12$) AS corrects,
              (
              SELECT coalesce(json_agg(r14$), '[]'::json) AS coalesce_3
              FROM (
                SELECT r13.number AS number
                FROM invoice AS r13
                WHERE r13.contract_id = r10.contract_id AND r13.corrects_invoice_id = r10.id
                ORDER BY r13.id) AS r14$) AS "correctedBy",
              (
              SELECT coalesce(json_agg(r16$), '[]'::json) AS coalesce_4
              FROM (
                SELECT r15.reason AS reason
                FROM credit_application AS r15
                WHERE r15.contract_id = r10.contract_id AND r15.invoice_id = r10.id
                ORDER BY r15.id) AS r16$) AS "creditApplications"
            FROM invoice AS r10
            WHERE r10.contract_id = r1.contract_id AND r10.id = r1.invoice_id) AS r17$) AS invoice
        FROM (
          SELECT invoice_dispute.contract_id AS contract_id,
            invoice_dispute.id AS id,
            invoice_dispute.invoice_id AS invoice_id,
            invoice_dispute.status AS status,
            invoice_dispute.currency_code AS currency_code,
            invoice_dispute.disputed_minor AS disputed_minor
          FROM invoice_dispute
          WHERE invoice_dispute.vendor_id = $9::UUID AND invoice_dispute.contract_id = $10::UUID AND invoice_dispute.id = $11::UUID) AS r1) AS r18$) AS "invoiceDispute") AS o$) AS json_object_of_1
