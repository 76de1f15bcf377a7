SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r4$) AS row_to_json_1
      FROM (
        SELECT (
          SELECT coalesce(json_agg(r3$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r2.account AS account,
              r2.party AS party,
              r2.currency_code AS "currencyCode",
              CASE WHEN (r2.debit_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.debit_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.debit_minor AS NUMERIC) * 0.001 ELSE CAST(r2.debit_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS debit,
              CASE WHEN (r2.credit_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.credit_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.credit_minor AS NUMERIC) * 0.001 ELSE CAST(r2.credit_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS credit,
              CASE WHEN (r2.balance_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $5::INTEGER THEN CAST(r2.balance_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r2.balance_minor AS NUMERIC) * 0.001 ELSE CAST(r2.balance_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS balance
            FROM (
              SELECT posting.account AS account,
                posting.currency_code AS currency_code,
                CAST(coalesce(sum(posting.amount_minor) FILTER (WHERE posting.amount_minor > $7::BIGINT), 0) AS BIGINT) AS debit_minor,
                CAST(coalesce(sum(-posting.amount_minor) FILTER (WHERE posting.amount_minor < $8::BIGINT), 0) AS BIGINT) AS credit_minor,
                CAST(coalesce(sum(posting.amount_minor), 0) AS BIGINT) AS balance_minor,
                CASE WHEN (posting.account IN ('ASSOCIATION_RECEIVABLE', 'RETAINAGE_RECEIVABLE', 'ASSOCIATION_CREDIT', 'CHARGEBACK_RECEIVABLE')) THEN 'ASSOCIATION' WHEN (posting.account IN ('VENDOR_PAYABLE', 'TAX_PAYABLE')) THEN 'VENDOR' ELSE 'OPERATOR' END AS party,
                r1.as_of AS as_of,
                r1.recorded_until AS recorded_until
              FROM posting JOIN journal_entry ON journal_entry.contract_id = posting.contract_id AND journal_entry.id = posting.entry_id
              WHERE journal_entry.effective_at < timezone('UTC', CAST(r1.as_of + 1 AS TIMESTAMP WITHOUT TIME ZONE)) AND (r1.recorded_until IS NULL OR journal_entry.recorded_at <= r1.recorded_until) AND posting.contract_id = any(r1.contract_ids)
              GROUP BY posting.account,
                posting.currency_code) AS r2
            ORDER BY r2.account,
              r2.currency_code) AS r3$) AS accounts
        FROM (
          SELECT CAST(array((
                SELECT contract.id
                FROM contract
                WHERE (contract.association_id = $9::UUID OR contract.vendor_id = $9::UUID) AND contract.vendor_id = $10::UUID)) AS UUID[]) AS contract_ids,
            CAST($11::DATE AS DATE) AS as_of,
            CAST($12::TIMESTAMP WITH TIME ZONE AS TIMESTAMP WITH TIME ZONE) AS recorded_until
          WHERE true) AS r1) AS r4$) AS "partyAccounts") AS o$) AS json_object_of_1
