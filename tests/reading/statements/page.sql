SELECT (SELECT row_to_json(o$) FROM (SELECT (SELECT (SELECT row_to_json(o$) FROM (SELECT r3.part_0 AS "nodes", (SELECT row_to_json(o$) FROM (SELECT r3.part_1 AS "hasNextPage") AS o$) AS "pageInfo") AS o$) AS json_object_of_2 
FROM (SELECT coalesce(json_agg((SELECT row_to_json(o$) FROM (SELECT r2.title AS "title") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $1::INTEGER), '[]'::json) AS part_0, count(*) > $1::INTEGER AS part_1 
FROM (SELECT r4.*, row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position 
FROM (SELECT r1.title AS title, r1.made_at AS page_order_0, r1.id AS page_order_1 
FROM (SELECT good.id AS id, good.title AS title, good.state AS state, good.made_at AS made_at 
FROM good) AS r1 
WHERE r1.state = ANY ($2::TEXT[]) ORDER BY r1.made_at DESC, r1.id DESC 
 LIMIT $1::INTEGER + 1) AS r4) AS r2) AS r3) AS "goods") AS o$) AS json_object_of_1
