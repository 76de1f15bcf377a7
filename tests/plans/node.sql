SELECT (
  SELECT row_to_json(o)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o)
        FROM (
          SELECT 'wrk_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS "id",
            r1.status AS "status",
            CAST(trim_scale(r1.quantity) AS TEXT) AS "quantity") AS o) AS json_object_of_2
      FROM work_record AS r1
      WHERE r1.contract_id = $1::UUID AND r1.id = $2::UUID) AS "node") AS o) AS json_object_of_1
