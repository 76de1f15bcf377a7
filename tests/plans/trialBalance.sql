SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r13$) AS row_to_json_1
      FROM (
        SELECT r1.as_of AS "asOf",
          (
          SELECT coalesce(json_agg(r10$), '[]'::json) AS coalesce_1
          FROM (
            SELECT r2.account AS account,
              r2.party AS party,
              CASE WHEN (r2.debit_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.debit_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.debit_minor AS NUMERIC) * 0.001 ELSE CAST(r2.debit_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
                  r2.currency_code AS "currencyCode") AS o$) ELSE NULL END AS debit,
              CASE WHEN (r2.credit_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $3::INTEGER THEN CAST(r2.credit_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r2.credit_minor AS NUMERIC) * 0.001 ELSE CAST(r2.credit_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS credit,
              CASE WHEN (r2.balance_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $5::INTEGER THEN CAST(r2.balance_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r2.balance_minor AS NUMERIC) * 0.001 ELSE CAST(r2.balance_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS balance,
              (
              SELECT (
                SELECT row_to_json(o$)
                FROM (
                  SELECT (
                    SELECT count(*) AS count_1
                    FROM (
                      SELECT CAST(coalesce(sum(posting.amount_minor) FILTER (WHERE posting.amount_minor > $7::BIGINT), 0) AS BIGINT) AS debit_minor,
                        CAST(coalesce(sum(-posting.amount_minor) FILTER (WHERE posting.amount_minor < $8::BIGINT), 0) AS BIGINT) AS credit_minor,
                        CAST(coalesce(sum(posting.amount_minor), 0) AS BIGINT) AS balance_minor
                      FROM posting JOIN journal_entry ON journal_entry.contract_id = posting.contract_id AND journal_entry.id = posting.entry_id
                      WHERE journal_entry.effective_at < timezone('UTC', CAST(r2.as_of + 1 AS TIMESTAMP WITHOUT TIME ZONE)) AND (r2.recorded_until IS NULL OR journal_entry.recorded_at <= r2.recorded_until) AND posting.account = r2.account AND posting.currency_code = r2.currency_code
                      GROUP BY posting.contract_id,
                        posting.currency_code) AS r6) AS "totalCount",
                    r5.part_0 AS "nodes") AS o$) AS json_object_of_2
              FROM (
                SELECT coalesce(json_agg((
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT (
                          SELECT row_to_json(r8$) AS row_to_json_2
                          FROM (
                            SELECT 'con_' || translate(encode(uuid_send(r7.id), 'base64'), E'+/=\n', '-_') AS id
                            FROM contract AS r7
                            WHERE r7.id = r4.contract_id) AS r8$) AS "contract",
                          CASE WHEN (r4.balance_minor IS NOT NULL) THEN (
                          SELECT row_to_json(o$)
                          FROM (
                            SELECT CAST(CASE app.currency_digits(r4.currency_code) WHEN $9::INTEGER THEN CAST(r4.balance_minor AS NUMERIC) WHEN $10::INTEGER THEN CAST(r4.balance_minor AS NUMERIC) * 0.001 ELSE CAST(r4.balance_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "balance") AS o$) ORDER BY r4.page_position) FILTER (WHERE r4.page_position <= $11::INTEGER), '[]'::json) AS part_0
                FROM (
                  SELECT r9.*,
                    row_number() OVER (ORDER BY page_order_0 ASC) AS page_position
                  FROM (
                    SELECT r3.contract_id AS contract_id,
                      r3.balance_minor AS balance_minor,
                      r3.currency_code AS currency_code,
                      r3.contract_id AS page_order_0
                    FROM (
                      SELECT posting.contract_id AS contract_id,
                        posting.currency_code AS currency_code,
                        CAST(coalesce(sum(posting.amount_minor) FILTER (WHERE posting.amount_minor > $7::BIGINT), 0) AS BIGINT) AS debit_minor,
                        CAST(coalesce(sum(-posting.amount_minor) FILTER (WHERE posting.amount_minor < $8::BIGINT), 0) AS BIGINT) AS credit_minor,
                        CAST(coalesce(sum(posting.amount_minor), 0) AS BIGINT) AS balance_minor
                      FROM posting JOIN journal_entry ON journal_entry.contract_id = posting.contract_id AND journal_entry.id = posting.entry_id
                      WHERE journal_entry.effective_at < timezone('UTC', CAST(r2.as_of + 1 AS TIMESTAMP WITHOUT TIME ZONE)) AND (r2.recorded_until IS NULL OR journal_entry.recorded_at <= r2.recorded_until) AND posting.account = r2.account AND posting.currency_code = r2.currency_code
                      GROUP BY posting.contract_id,
                        posting.currency_code) AS r3
                    ORDER BY r3.contract_id ASC
                    LIMIT $11::INTEGER + 1) AS r9) AS r4) AS r5) AS contracts
            FROM (
              SELECT posting.account AS account,
                posting.currency_code AS currency_code,
                CAST(coalesce(sum(posting.amount_minor) FILTER (WHERE posting.amount_minor > $12::BIGINT), 0) AS BIGINT) AS debit_minor,
                CAST(coalesce(sum(-posting.amount_minor) FILTER (WHERE posting.amount_minor < $13::BIGINT), 0) AS BIGINT) AS credit_minor,
                CAST(coalesce(sum(posting.amount_minor), 0) AS BIGINT) AS balance_minor,
                CASE WHEN (posting.account IN ('ASSOCIATION_RECEIVABLE', 'RETAINAGE_RECEIVABLE', 'ASSOCIATION_CREDIT', 'CHARGEBACK_RECEIVABLE')) THEN 'ASSOCIATION' WHEN (posting.account IN ('VENDOR_PAYABLE', 'TAX_PAYABLE')) THEN 'VENDOR' ELSE 'OPERATOR' END AS party,
                r1.as_of AS as_of,
                r1.recorded_until AS recorded_until
              FROM posting JOIN journal_entry ON journal_entry.contract_id = posting.contract_id AND journal_entry.id = posting.entry_id
              WHERE journal_entry.effective_at < timezone('UTC', CAST(r1.as_of + 1 AS TIMESTAMP WITHOUT TIME ZONE)) AND (r1.recorded_until IS NULL OR journal_entry.recorded_at <= r1.recorded_until)
              GROUP BY posting.account,
                posting.currency_code) AS r2
            ORDER BY r2.account,
              r2.currency_code) AS r10$) AS accounts,
          (
          SELECT coalesce(json_agg(r12$), '[]'::json) AS coalesce_2
          FROM (
            SELECT r11.currency_code AS "currencyCode",
              CASE WHEN (r11.debit_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r11.currency_code) WHEN $14::INTEGER THEN CAST(r11.debit_minor AS NUMERIC) WHEN $15::INTEGER THEN CAST(r11.debit_minor AS NUMERIC) * 0.001 ELSE CAST(r11.debit_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS debit,
              CASE WHEN (r11.credit_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r11.currency_code) WHEN $16::INTEGER THEN CAST(r11.credit_minor AS NUMERIC) WHEN $17::INTEGER THEN CAST(r11.credit_minor AS NUMERIC) * 0.001 ELSE CAST(r11.credit_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS credit,
              CASE WHEN (r11.balance_minor IS NOT NULL) THEN (
              SELECT row_to_json(o$)
              FROM (
                SELECT CAST(CASE app.currency_digits(r11.currency_code) WHEN $18::INTEGER THEN CAST(r11.balance_minor AS NUMERIC) WHEN $19::INTEGER THEN CAST(r11.balance_minor AS NUMERIC) * 0.001 ELSE CAST(r11.balance_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS difference
            FROM (
              SELECT posting.currency_code AS currency_code,
                CAST(coalesce(sum(posting.amount_minor) FILTER (WHERE posting.amount_minor > $20::BIGINT), 0) AS BIGINT) AS debit_minor,
                CAST(coalesce(sum(-posting.amount_minor) FILTER (WHERE posting.amount_minor < $21::BIGINT), 0) AS BIGINT) AS credit_minor,
                CAST(coalesce(sum(posting.amount_minor), 0) AS BIGINT) AS balance_minor
              FROM posting JOIN journal_entry ON journal_entry.contract_id = posting.contract_id AND journal_entry.id = posting.entry_id
              WHERE journal_entry.effective_at < timezone('UTC', CAST(r1.as_of + 1 AS TIMESTAMP WITHOUT TIME ZONE)) AND (r1.recorded_until IS NULL OR journal_entry.recorded_at <= r1.recorded_until)
              GROUP BY posting.currency_code) AS r11
            ORDER BY r11.currency_code) AS r12$) AS sums
        FROM (
          SELECT CAST($22::DATE AS DATE) AS as_of,
            CAST($23::TIMESTAMP WITH TIME ZONE AS TIMESTAMP WITH TIME ZONE) AS recorded_until
          WHERE app.has_role('OWNER', 'BILLING_ADMIN', 'AUDITOR')) AS r1) AS r13$) AS "trialBalance") AS o$) AS json_object_of_1
