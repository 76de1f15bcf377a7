SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r12$) AS row_to_json_1
      FROM (
        SELECT r1.number AS number,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name,
              r2.tax_number AS "taxNumber"
            FROM (
              SELECT r1.seller_name AS name,
                r1.seller_country_code AS country_code,
                r1.seller_region_code AS region_code,
                r1.seller_tax_number AS tax_number) AS r2) AS r3$) AS seller,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.name AS name
            FROM (
              SELECT r1.buyer_name AS name,
                r1.buyer_country_code AS country_code,
                r1.buyer_region_code AS region_code,
                r1.buyer_tax_number AS tax_number) AS r4) AS r5$) AS buyer,
          r1.tax_category_code AS "taxCategory",
          CAST(trim_scale(r1.tax_rate_percent) AS TEXT) AS "taxRatePercent",
          CASE WHEN (r1.total_minor IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits(r1.currency_code) WHEN $1::INTEGER THEN CAST(r1.total_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r1.total_minor AS NUMERIC) * 0.001 ELSE CAST(r1.total_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount",
              r1.currency_code AS "currencyCode") AS o$) ELSE NULL END AS total,
          (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r8.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r7.position AS "position",
                      r7.kind AS "kind",
                      r7.document_number AS "documentNumber",
                      r7.effective_on AS "effectiveOn",
                      CASE WHEN (r7.platform_fee_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $3::INTEGER THEN CAST(r7.platform_fee_minor AS NUMERIC) WHEN $4::INTEGER THEN CAST(r7.platform_fee_minor AS NUMERIC) * 0.001 ELSE CAST(r7.platform_fee_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "amount",
                      CASE WHEN (r7.tax_minor IS NOT NULL) THEN (
                      SELECT row_to_json(o$)
                      FROM (
                        SELECT CAST(CASE app.currency_digits(r7.currency_code) WHEN $5::INTEGER THEN CAST(r7.tax_minor AS NUMERIC) WHEN $6::INTEGER THEN CAST(r7.tax_minor AS NUMERIC) * 0.001 ELSE CAST(r7.tax_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "tax",
                      (
                      SELECT row_to_json(r10$) AS row_to_json_4
                      FROM (
                        SELECT r9.sequence AS sequence
                        FROM journal_entry AS r9
                        WHERE r9.contract_id = r7.contract_id AND r9.id = r7.entry_id) AS r10$) AS "entry") AS o$) ORDER BY r7.page_position) FILTER (WHERE r7.page_position <= $7::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r11.*,
                row_number() OVER (ORDER BY page_order_0 ASC, page_order_1 ASC, page_order_2 ASC) AS page_position
              FROM (
                SELECT r6.position AS position,
                  r6.kind AS kind,
                  r6.document_number AS document_number,
                  r6.effective_on AS effective_on,
                  r6.platform_fee_minor AS platform_fee_minor,
                  r6.currency_code AS currency_code,
                  r6.tax_minor AS tax_minor,
                  r6.contract_id AS contract_id,
                  r6.entry_id AS entry_id,
                  r6.position AS page_order_0,
                  r6.contract_id AS page_order_1,
                  r6.entry_id AS page_order_2
                FROM (
                  SELECT platform_fee_line.position AS position,
                    platform_fee_line.contract_id AS contract_id,
                    platform_fee_line.entry_id AS entry_id,
                    platform_fee_line.kind AS kind,
                    platform_fee_line.document_number AS document_number,
                    platform_fee_line.effective_on AS effective_on,
                    platform_fee_line.currency_code AS currency_code,
                    platform_fee_line.platform_fee_minor AS platform_fee_minor,
                    platform_fee_line.tax_minor AS tax_minor
                  FROM platform_fee_line
                  WHERE platform_fee_line.platform_fee_invoice_id = r1.id) AS r6
                ORDER BY r6.position ASC,
                  r6.contract_id ASC,
                  r6.entry_id ASC
                LIMIT $7::INTEGER + 1) AS r11) AS r7) AS r8) AS lines
        FROM (
          SELECT platform_fee_invoice.id AS id,
            platform_fee_invoice.number AS number,
            platform_fee_invoice.currency_code AS currency_code,
            platform_fee_invoice.seller_name AS seller_name,
            platform_fee_invoice.seller_country_code AS seller_country_code,
            platform_fee_invoice.seller_region_code AS seller_region_code,
            platform_fee_invoice.seller_tax_number AS seller_tax_number,
            platform_fee_invoice.buyer_name AS buyer_name,
            platform_fee_invoice.buyer_country_code AS buyer_country_code,
            platform_fee_invoice.buyer_region_code AS buyer_region_code,
            platform_fee_invoice.buyer_tax_number AS buyer_tax_number,
            platform_fee_invoice.tax_category_code AS tax_category_code,
            platform_fee_invoice.tax_rate_percent AS tax_rate_percent,
            platform_fee_invoice.total_minor AS total_minor
          FROM platform_fee_invoice
          WHERE platform_fee_invoice.vendor_id = $8::UUID AND platform_fee_invoice.id = $9::UUID) AS r1) AS r12$) AS "platformFeeInvoice") AS o$) AS json_object_of_1
