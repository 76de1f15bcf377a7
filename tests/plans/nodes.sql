SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT coalesce(json_agg(CASE WHEN r1.prefix = 'con' THEN (
            SELECT row_to_json(r3$) AS row_to_json_1
            FROM (
              SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS id,
                r2.title AS title
              FROM contract AS r2
              WHERE r2.id = r1.one) AS r3$) WHEN r1.prefix = 'inv' THEN (
            SELECT row_to_json(r5$) AS row_to_json_2
            FROM (
              SELECT 'inv_' || translate(encode(uuid_send(r4.contract_id) || uuid_send(r4.id), 'base64'), E'+/=\n', '-_') AS id,
                r4.number AS number
              FROM invoice AS r4
              WHERE r4.contract_id = r1.one AND r4.id = r1.two) AS r5$) END ORDER BY r1.position), '[]'::json) AS coalesce_1
      FROM unnest($1::TEXT[], $2::UUID[], $3::UUID[])
      WITH ORDINALITY AS r1(prefix, one, two, position)) AS "nodes") AS o$) AS json_object_of_1
