SELECT (SELECT row_to_json(o) FROM (SELECT (SELECT (SELECT row_to_json(o) FROM (SELECT (SELECT coalesce(json_agg((SELECT row_to_json(o) FROM (SELECT CAST(trim_scale(r2.quantity) AS TEXT) AS "quantity", CASE WHEN (r2.total_minor IS NOT NULL) THEN (SELECT row_to_json(o) FROM (SELECT CAST(round(CAST(r2.total_minor AS NUMERIC) / CAST(power(10::numeric, app.currency_digits(r2.currency_code)) AS NUMERIC), app.currency_digits(r2.currency_code)) AS TEXT) AS "amount", r2.currency_code AS "currencyCode") AS o) ELSE NULL END AS "total") AS o) ORDER BY r2.position), '[]'::json) AS coalesce_1 
FROM sale AS r2 
WHERE r2.good_id = r1.id) AS "sales") AS o) AS json_object_of_2 
FROM (SELECT good.id AS id 
FROM good 
WHERE good.id = $1::UUID) AS r1) AS "good") AS o) AS json_object_of_1
