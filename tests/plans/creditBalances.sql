SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT coalesce(json_agg(r2$), '[]'::json) AS coalesce_1
      FROM (
        SELECT r1.credit_type_code AS "creditTypeCode",
          r1.unit AS unit,
          CAST(trim_scale(r1.quantity) AS TEXT) AS quantity,
          CAST(trim_scale(r1.ceus) AS TEXT) AS ceus,
          r1.period_starts_on AS "periodStartsOn",
          r1.period_ends_on AS "periodEndsOn"
        FROM (
          SELECT each.period_starts_on AS period_starts_on,
            each.period_ends_on AS period_ends_on,
            each.credit_type_code AS credit_type_code,
            each.unit AS unit,
            max(each.credit_type_name) AS credit_type_name,
            sum(each.quantity) AS quantity,
            CASE WHEN (each.unit != 'CREDIT') THEN sum(each.quantity) / CAST(10 AS NUMERIC) END AS ceus
          FROM (
            SELECT credit_entry.credit_type_code AS credit_type_code,
              credit_entry.credit_type_name AS credit_type_name,
              credit_entry.period_starts_on AS period_starts_on,
              credit_entry.period_ends_on AS period_ends_on,
              CASE WHEN (credit_entry.unit = 'CEU') THEN 'CONTACT_HOUR' ELSE credit_entry.unit END AS unit,
              CASE WHEN (credit_entry.kind = 'REVOKED') THEN -1 ELSE 1 END * credit_entry.quantity * CASE WHEN (credit_entry.unit = 'CEU') THEN 10 ELSE 1 END AS quantity
            FROM credit_entry JOIN certificate ON credit_entry.contract_id = certificate.contract_id AND credit_entry.certificate_id = certificate.id
            WHERE certificate.contract_id = $1::UUID AND certificate.member_number = $2::VARCHAR AND certificate.association_id = $3::UUID AND credit_entry.period_starts_on <= $4::DATE AND credit_entry.period_ends_on >= $5::DATE) AS each
          GROUP BY each.period_starts_on,
            each.period_ends_on,
            each.credit_type_code,
            each.unit) AS r1
        ORDER BY r1.period_starts_on,
          r1.credit_type_code,
          r1.unit) AS r2$) AS "creditBalances",
      (
      SELECT row_to_json(r8$) AS row_to_json_1
      FROM (
        SELECT (
          SELECT (
            SELECT row_to_json(o$)
            FROM (
              SELECT r6.part_0 AS "nodes") AS o$) AS json_object_of_2
          FROM (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o$)
                  FROM (
                    SELECT r5.sequence AS "sequence",
                      r5.kind AS "kind",
                      r5.earned_on AS "earnedOn") AS o$) ORDER BY r5.page_position) FILTER (WHERE r5.page_position <= $6::INTEGER), '[]'::json) AS part_0
            FROM (
              SELECT r7.*,
                row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC, page_order_2 DESC) AS page_position
              FROM (
                SELECT r4.sequence AS sequence,
                  r4.kind AS kind,
                  r4.earned_on AS earned_on,
                  r4.sequence AS page_order_0,
                  r4.contract_id AS page_order_1,
                  r4.id AS page_order_2
                FROM credit_entry AS r4
                WHERE r4.contract_id = r3.id AND (EXISTS (
                    SELECT *
                    FROM certificate
                    WHERE certificate.contract_id = r4.contract_id AND certificate.id = r4.certificate_id AND certificate.member_number = $7::VARCHAR))
                ORDER BY r4.sequence DESC,
                  r4.contract_id DESC,
                  r4.id DESC
                LIMIT $6::INTEGER + 1) AS r7) AS r5) AS r6) AS "creditEntries"
        FROM (
          SELECT contract.id AS id
          FROM contract
          WHERE contract.id = $8::UUID AND contract.association_id = $3::UUID) AS r3) AS r8$) AS "contract") AS o$) AS json_object_of_1
