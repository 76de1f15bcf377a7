SELECT (
  SELECT row_to_json(o)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o)
        FROM (
          SELECT 'con_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS "id",
            r1.title AS "title",
            r1.status AS "status",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT r2.name AS "name") AS o) AS json_object_of_3
            FROM organization AS r2
            WHERE r2.id = r1.association_id) AS "association",
            (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT r3.name AS "name") AS o) AS json_object_of_4
            FROM organization AS r3
            WHERE r3.id = r1.vendor_id) AS "vendor",
            (
            SELECT coalesce(json_agg((
                  SELECT row_to_json(o)
                  FROM (
                    SELECT r4.key AS "key",
                      r4.title AS "title",
                      r4.kind AS "kind",
                      r4.unit AS "unit",
                      CASE WHEN (r4.kind != $1::VARCHAR) THEN (
                      SELECT row_to_json(o)
                      FROM (
                        SELECT CAST(trim_scale(r4.quantity) AS TEXT) AS "contracted",
                          CAST(trim_scale(r4.submitted_quantity) AS TEXT) AS "submitted",
                          CAST(trim_scale(r4.accepted_quantity) AS TEXT) AS "accepted",
                          CAST(trim_scale(r4.billed_quantity) AS TEXT) AS "billed",
                          CAST(trim_scale(r4.quantity - CASE WHEN (r4.kind = $2::VARCHAR) THEN r4.billed_quantity ELSE r4.accepted_quantity END) AS TEXT) AS "remaining",
                          CAST(round(app.round_half_even((CASE WHEN (r4.kind = $3::VARCHAR) THEN r4.billed_quantity ELSE r4.accepted_quantity END * $4::INTEGER) / CAST(r4.quantity AS NUMERIC(18, 6)), 2), 2) AS TEXT) AS "burnPercent",
                          CASE WHEN (r4.not_to_exceed_minor IS NOT NULL) THEN (
                          SELECT row_to_json(o)
                          FROM (
                            SELECT CAST(round(CAST(r4.not_to_exceed_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r4.currency_code)) AS NUMERIC), app.currency_digits(r4.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "notToExceed",
                          CASE WHEN (CASE WHEN (r4.kind = $5::VARCHAR) THEN r4.billed_minor ELSE app.extended_minor(r4.accepted_quantity, r4.unit_price, r4.currency_code) END IS NOT NULL) THEN (
                          SELECT row_to_json(o)
                          FROM (
                            SELECT CAST(round(CAST(CASE WHEN (r4.kind = $5::VARCHAR) THEN r4.billed_minor ELSE app.extended_minor(r4.accepted_quantity, r4.unit_price, r4.currency_code) END AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r4.currency_code)) AS NUMERIC), app.currency_digits(r4.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "acceptedValue",
                          CASE WHEN (r4.value_minor - CASE WHEN (r4.kind = $6::VARCHAR) THEN r4.billed_minor ELSE app.extended_minor(r4.accepted_quantity, r4.unit_price, r4.currency_code) END IS NOT NULL) THEN (
                          SELECT row_to_json(o)
                          FROM (
                            SELECT CAST(round(CAST(r4.value_minor - CASE WHEN (r4.kind = $6::VARCHAR) THEN r4.billed_minor ELSE app.extended_minor(r4.accepted_quantity, r4.unit_price, r4.currency_code) END AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r4.currency_code)) AS NUMERIC), app.currency_digits(r4.currency_code)) AS TEXT) AS "amount") AS o) ELSE NULL END AS "remainingValue") AS o) ELSE NULL END AS "scopeBurn") AS o) ORDER BY r4.position), '[]'::json) AS coalesce_1
            FROM contract_line AS r4
            WHERE r4.contract_id = r1.id AND r4.revision = r1.revision) AS "lines") AS o) AS json_object_of_2
      FROM (
        SELECT contract.id AS id,
          contract.association_id AS association_id,
          contract.vendor_id AS vendor_id,
          contract.revision AS revision,
          contract.status AS status,
          contract.title AS title
        FROM contract
        WHERE contract.id = $7::UUID AND contract.association_id = $8::UUID) AS r1) AS "contract") AS o) AS json_object_of_1
