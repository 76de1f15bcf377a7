SELECT (SELECT row_to_json(o$) FROM (SELECT (SELECT row_to_json(r4$) AS row_to_json_1 
FROM (SELECT 'good_' || translate(encode(uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id, r1.title AS title, CASE WHEN (r1.price IS NOT NULL) THEN (SELECT row_to_json(o$) FROM (SELECT CAST(round(r1.price, least(6, greatest(app.currency_digits(r1.currency_code), scale(trim_scale(r1.price))))) AS TEXT) AS "amount") AS o$) ELSE NULL END AS price, (SELECT row_to_json(r3$) AS row_to_json_2 
FROM (SELECT r2.name AS name 
FROM maker AS r2 
WHERE r2.id = r1.maker_id) AS r3$) AS maker 
FROM (SELECT good.id AS id, good.maker_id AS maker_id, good.title AS title, good.price AS price, good.currency_code AS currency_code 
FROM good 
WHERE good.id = $1::UUID) AS r1) AS r4$) AS "good") AS o$) AS json_object_of_1
