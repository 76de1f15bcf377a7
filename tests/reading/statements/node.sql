SELECT (SELECT row_to_json(o) FROM (SELECT (SELECT (SELECT row_to_json(o) FROM (SELECT 'good_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS "id", rtrim(rtrim(to_char(r1.made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "madeAt") AS o) AS json_object_of_2 
FROM good AS r1 
WHERE r1.id = $1::UUID) AS "node") AS o) AS json_object_of_1
