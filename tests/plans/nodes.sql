SELECT (
  SELECT row_to_json(o)
  FROM (
    SELECT (
      SELECT coalesce(json_agg(CASE WHEN r1.prefix = 'con' THEN (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.title AS "title") AS o) AS json_object_of_2
            FROM contract AS r2
            WHERE r2.id = r1.one) WHEN r1.prefix = 'inv' THEN (
            SELECT (
              SELECT row_to_json(o)
              FROM (
                SELECT 'inv_' || translate(encode(uuid_send(r3.contract_id) || uuid_send(r3.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r3.number AS "number") AS o) AS json_object_of_3
            FROM invoice AS r3
            WHERE r3.contract_id = r1.one AND r3.id = r1.two) END ORDER BY r1.position), '[]'::json) AS coalesce_1
      FROM unnest($1::TEXT[], $2::UUID[], $3::UUID[])
      WITH ORDINALITY AS r1(prefix, one, two, position)) AS "nodes") AS o) AS json_object_of_1
