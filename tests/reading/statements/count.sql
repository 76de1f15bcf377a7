SELECT (SELECT row_to_json(o$) FROM (SELECT (SELECT (SELECT row_to_json(o$) FROM (SELECT (SELECT count(*) AS count_1 
FROM (SELECT good.id AS id 
FROM good) AS r4) AS "totalCount") AS o$) AS json_object_of_2 
WHERE $1::INTEGER > 0) AS "goods") AS o$) AS json_object_of_1
