SELECT (SELECT row_to_json(o$) FROM (SELECT (SELECT row_to_json(r4$) AS row_to_json_1 
FROM (SELECT (SELECT coalesce(json_agg(r3$), '[]'::json) AS coalesce_1 
FROM (SELECT CAST(trim_scale(r2.quantity) AS TEXT) AS quantity, CASE WHEN (r2.total_minor IS NOT NULL) THEN (SELECT row_to_json(o$) FROM (SELECT CAST(CASE app.currency_digits(r2.currency_code) WHEN $1::INTEGER THEN CAST(r2.total_minor AS NUMERIC) WHEN $2::INTEGER THEN CAST(r2.total_minor AS NUMERIC) * 0.001 ELSE CAST(r2.total_minor AS NUMERIC) * 0.01 END AS TEXT) AS "amount", r2.currency_code AS "currencyCode") AS o$) ELSE NULL END AS total 
FROM sale AS r2 
WHERE r2.good_id = r1.id ORDER BY r2.position) AS r3$) AS sales 
FROM (SELECT good.id AS id 
FROM good 
WHERE good.id = $3::UUID) AS r1) AS r4$) AS "good") AS o$) AS json_object_of_1
