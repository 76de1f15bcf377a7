SELECT (SELECT row_to_json(o$) FROM (SELECT (SELECT row_to_json(r2$) AS row_to_json_1 
FROM (SELECT 'good_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id, rtrim(rtrim(to_char(r1.made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "madeAt" 
FROM good AS r1 
WHERE r1.id = $1::UUID) AS r2$) AS "node") AS o$) AS json_object_of_1
