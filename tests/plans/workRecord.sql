SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r8$) AS row_to_json_1
      FROM (
        SELECT 'wrk_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.key AS key
            FROM contract_line AS r2
            WHERE r2.contract_id = r1.contract_id AND r2.id = r1.line_id) AS r3$) AS line,
          CAST(trim_scale(r1.quantity) AS TEXT) AS quantity,
          CAST(trim_scale(r1.accepted_quantity) AS TEXT) AS "acceptedQuantity",
          CASE WHEN ((
            SELECT app.extended_minor(r1.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS extended_minor_1
            FROM contract_line_cost JOIN contract_line ON contract_line.contract_id = contract_line_cost.contract_id AND contract_line.id = contract_line_cost.line_id
            WHERE contract_line_cost.contract_id = r1.contract_id AND contract_line_cost.line_id = r1.line_id) IS NOT NULL) THEN (
          SELECT row_to_json(o$)
          FROM (
            SELECT CAST(CASE app.currency_digits((
                  SELECT contract_line.currency_code
                  FROM contract_line
                  WHERE contract_line.contract_id = r1.contract_id AND contract_line.id = r1.line_id)) WHEN $1::INTEGER THEN CAST((
                  SELECT app.extended_minor(r1.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS extended_minor_1
                  FROM contract_line_cost JOIN contract_line ON contract_line.contract_id = contract_line_cost.contract_id AND contract_line.id = contract_line_cost.line_id
                  WHERE contract_line_cost.contract_id = r1.contract_id AND contract_line_cost.line_id = r1.line_id) AS NUMERIC) WHEN $2::INTEGER THEN CAST((
                  SELECT app.extended_minor(r1.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS extended_minor_1
                  FROM contract_line_cost JOIN contract_line ON contract_line.contract_id = contract_line_cost.contract_id AND contract_line.id = contract_line_cost.line_id
                  WHERE contract_line_cost.contract_id = r1.contract_id AND contract_line_cost.line_id = r1.line_id) AS NUMERIC) * 0.001 ELSE CAST((
                  SELECT app.extended_minor(r1.quantity, contract_line_cost.unit_cost, contract_line.currency_code) AS extended_minor_1
                  FROM contract_line_cost JOIN contract_line ON contract_line.contract_id = contract_line_cost.contract_id AND contract_line.id = contract_line_cost.line_id
                  WHERE contract_line_cost.contract_id = r1.contract_id AND contract_line_cost.line_id = r1.line_id) AS NUMERIC) * 0.01 END AS TEXT) AS "amount") AS o$) ELSE NULL END AS "standardCost",
          app.disclosure(r1.contract_id, r1.association_id, r1.vendor_id) AS disclosure,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.name AS name
            FROM (
              SELECT r1.recorded_by_name AS name,
                r1.recorded_by_email AS email,
                r1.recorded_by_organization_name AS organization_name) AS r4) AS r5$) AS "recordedBy",
          (
          SELECT row_to_json(r7$) AS row_to_json_4
          FROM (
            SELECT 'sub_' || translate(encode(uuid_send(r6.contract_id) || uuid_send(r6.id), 'base64'), E'+/=\n', '-_') AS id,
              r6.status AS status
            FROM submission AS r6
            WHERE r6.contract_id = r1.contract_id AND r6.id = r1.submission_id) AS r7$) AS submission
        FROM (
          SELECT work_record.contract_id AS contract_id,
            work_record.id AS id,
            work_record.association_id AS association_id,
            work_record.vendor_id AS vendor_id,
            work_record.line_id AS line_id,
            work_record.quantity AS quantity,
            work_record.accepted_quantity AS accepted_quantity,
            work_record.submission_id AS submission_id,
            work_record.recorded_by_name AS recorded_by_name,
            work_record.recorded_by_email AS recorded_by_email,
            work_record.recorded_by_organization_name AS recorded_by_organization_name
          FROM work_record
          WHERE work_record.contract_id = $3::UUID AND work_record.id = $4::UUID AND work_record.association_id = $5::UUID) AS r1) AS r8$) AS "workRecord") AS o$) AS json_object_of_1
