SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT coalesce(json_agg(r8$), '[]'::json) AS coalesce_1
      FROM (
        SELECT r1.currency_code AS "currencyCode",
          CASE WHEN (r1.opening_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.opening_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.opening_minor AS NUMERIC) * 0.001 ELSE CAST(r1.opening_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS opening,
          CASE WHEN (r1.invoiced_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $3::INTEGER THEN CAST(r1.invoiced_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r1.invoiced_minor AS NUMERIC) * 0.001 ELSE CAST(r1.invoiced_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS invoiced,
          CASE WHEN (r1.paid_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $5::INTEGER THEN CAST(r1.paid_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r1.paid_minor AS NUMERIC) * 0.001 ELSE CAST(r1.paid_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS paid,
          CASE WHEN (r1.closing_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $7::INTEGER THEN CAST(r1.closing_minor AS NUMERIC) WHEN $8::INTEGER THEN CAST(r1.closing_minor AS NUMERIC) * 0.001 ELSE CAST(r1.closing_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS closing,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r4.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r3.day AS "day",
                      r3.kind AS "kind",
                      CASE WHEN (r3.amount_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r3.currency_code) WHEN $9::INTEGER THEN CAST(r3.amount_minor AS NUMERIC) WHEN $10::INTEGER THEN CAST(r3.amount_minor AS NUMERIC) * 0.001 ELSE CAST(r3.amount_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount",
                      (
                      SELECT row_to_json(r6$) AS row_to_json_1
                      FROM (
                        SELECT r5.number AS number
                        FROM invoice AS r5
                        WHERE r5.contract_id = r3.contract_id AND r5.id = r3.invoice_id) AS r6$) AS "invoice") AS o$) ORDER BY r3.page_position) FILTER (WHERE r3.page_position <= $11::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r7.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC, page_order_3 ASC) AS page_position
              FROM (
                SELECT r2.day AS day,
                  r2.kind AS kind,
                  r2.amount_minor AS amount_minor,
                  r2.currency_code AS currency_code,
                  r2.contract_id AS contract_id,
                  r2.invoice_id AS invoice_id,
                  r2.effective_at AS page_order_0,
                  r2.contract_id AS page_order_1,
                  r2.entry_id AS page_order_2,
                  r2.position AS page_order_3
                FROM (
                  SELECT moved.contract_id AS contract_id,
                    moved.entry_id AS entry_id,
                    moved.position AS position,
                    moved.currency_code AS currency_code,
                    moved.amount_minor AS amount_minor,
                    moved.kind AS kind,
                    moved.invoice_id AS invoice_id,
                    moved.effective_at AS effective_at,
                    moved.day AS day
                  FROM (
                    SELECT posting.contract_id AS contract_id,
                      posting.association_id AS association_id,
                      posting.entry_id AS entry_id,
                      posting.position AS position,
                      posting.currency_code AS currency_code,
                      posting.amount_minor AS amount_minor,
                      journal_entry.kind AS kind,
                      journal_entry.invoice_id AS invoice_id,
                      journal_entry.effective_at AS effective_at,
                      CAST(timezone(contract.time_zone, journal_entry.effective_at) AS DATE) AS day
                    FROM contract JOIN posting ON posting.contract_id = contract.id JOIN journal_entry ON journal_entry.contract_id = posting.contract_id AND journal_entry.id = posting.entry_id
                    WHERE contract.association_id = $12::UUID AND posting.account = 'ASSOCIATION_RECEIVABLE') AS moved
                  WHERE moved.currency_code = r1.currency_code AND moved.day >= r1.period_starts_on AND moved.day <= r1.period_ends_on AND coalesce(r1.of_contract_id, moved.contract_id) = moved.contract_id AND coalesce(r1.of_association_id, moved.association_id) = moved.association_id) AS r2
                ORDER BY r2.effective_at ASC,
                  r2.contract_id ASC,
                  r2.entry_id ASC,
                  r2.position ASC
                LIMIT $11::INTEGER + 1) AS r7) AS r3) AS r4) AS movements
        FROM (
          SELECT moved.currency_code AS currency_code,
            CAST($13::DATE AS DATE) AS period_starts_on,
            CAST($14::DATE AS DATE) AS period_ends_on,
            CAST($15::UUID AS UUID) AS of_contract_id,
            CAST(NULL AS UUID) AS of_association_id,
            CAST(coalesce(sum(moved.amount_minor) FILTER (WHERE moved.day < CAST($13::DATE AS DATE)), 0) AS BIGINT) AS opening_minor,
            CAST(coalesce(sum(moved.amount_minor) FILTER (WHERE moved.day >= CAST($13::DATE AS DATE) AND moved.kind IN ('INVOICE_ISSUED', 'INVOICE_VOIDED')), 0) AS BIGINT) AS invoiced_minor,
            CAST(coalesce(sum(moved.amount_minor) FILTER (WHERE moved.day >= CAST($13::DATE AS DATE) AND moved.kind IN ('CREDIT_NOTE_ISSUED', 'CREDIT_NOTE_VOIDED')), 0) AS BIGINT) AS credited_minor,
            CAST(coalesce(sum(moved.amount_minor) FILTER (WHERE moved.day >= CAST($13::DATE AS DATE) AND moved.kind IN ('RETAINAGE_RELEASED')), 0) AS BIGINT) AS released_minor,
            CAST(coalesce(sum(moved.amount_minor) FILTER (WHERE moved.day >= CAST($13::DATE AS DATE) AND moved.kind IN ('PAYMENT_RECEIVED', 'PAYMENT_REVERSED', 'CREDIT_APPLIED')), 0) AS BIGINT) AS paid_minor,
            CAST(coalesce(sum(moved.amount_minor) FILTER (WHERE moved.day >= CAST($13::DATE AS DATE) AND moved.kind IN ('REFUND_PAID', 'REFUND_FAILED', 'CHARGEBACK_LOST')), 0) AS BIGINT) AS returned_minor,
            CAST(coalesce(sum(moved.amount_minor) FILTER (WHERE moved.day >= CAST($13::DATE AS DATE) AND (moved.kind NOT IN ('INVOICE_ISSUED', 'INVOICE_VOIDED', 'CREDIT_NOTE_ISSUED', 'CREDIT_NOTE_VOIDED', 'RETAINAGE_RELEASED', 'PAYMENT_RECEIVED', 'PAYMENT_REVERSED', 'CREDIT_APPLIED', 'REFUND_PAID', 'REFUND_FAILED', 'CHARGEBACK_LOST'))), 0) AS BIGINT) AS other_minor,
            CAST(sum(moved.amount_minor) AS BIGINT) AS closing_minor
          FROM (
            SELECT posting.contract_id AS contract_id,
              posting.association_id AS association_id,
              posting.entry_id AS entry_id,
              posting.position AS position,
              posting.currency_code AS currency_code,
              posting.amount_minor AS amount_minor,
              journal_entry.kind AS kind,
              journal_entry.invoice_id AS invoice_id,
              journal_entry.effective_at AS effective_at,
              CAST(timezone(contract.time_zone, journal_entry.effective_at) AS DATE) AS day
            FROM contract JOIN posting ON posting.contract_id = contract.id JOIN journal_entry ON journal_entry.contract_id = posting.contract_id AND journal_entry.id = posting.entry_id
            WHERE contract.association_id = $12::UUID AND posting.account = 'ASSOCIATION_RECEIVABLE' AND contract.id = $15::UUID) AS moved
          WHERE moved.day <= CAST($14::DATE AS DATE) AND CAST($13::DATE AS DATE) <= CAST($14::DATE AS DATE)
          GROUP BY moved.currency_code) AS r1
        ORDER BY r1.currency_code) AS r8$) AS "statements") AS o$) AS json_object_of_1
