SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r2$) AS row_to_json_1
      FROM (
        SELECT 'wrk_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.status AS status,
          CAST(trim_scale(r1.quantity) AS TEXT) AS quantity
        FROM work_record AS r1
        WHERE r1.contract_id = $1::UUID AND r1.id = $2::UUID) AS r2$) AS "node") AS o$) AS json_object_of_1
