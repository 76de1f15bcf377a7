SELECT (SELECT row_to_json(o$) FROM (SELECT (SELECT JSON_OBJECT('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' VALUE r1.title RETURNING json) AS json_object_of_2 
FROM (SELECT good.title AS title 
FROM good 
WHERE good.id = $1::UUID) AS r1) AS "good") AS o$) AS json_object_of_1
