SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT coalesce(json_agg(r2$), '[]'::json) AS coalesce_1
      FROM (
        SELECT r1.method AS method,
          r1.offered AS offered,
          r1.why_not AS "whyNot"
        FROM (
          SELECT payment_option.method AS method,
            payment_option.offered AS offered,
            payment_option.why_not AS why_not
          FROM payment_option) AS r1
        ORDER BY r1.method) AS r2$) AS "paymentOptions") AS o$) AS json_object_of_1
