SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT r3.part_0 AS "nodes") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT 'fxr_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.source AS "source",
                  r2.rate_on AS "rateOn",
                  r2.from_currency_code AS "fromCurrencyCode",
                  r2.to_currency_code AS "toCurrencyCode",
                  CAST(trim_scale(r2.rate) AS TEXT) AS "rate",
                  rtrim(rtrim(to_char(r2.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "recordedAt") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $1::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r4.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.source AS source,
              r1.rate_on AS rate_on,
              r1.from_currency_code AS from_currency_code,
              r1.to_currency_code AS to_currency_code,
              r1.rate AS rate,
              r1.recorded_at AS recorded_at,
              r1.rate_on AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT exchange_rate.id AS id,
                exchange_rate.source AS source,
                exchange_rate.rate_on AS rate_on,
                exchange_rate.from_currency_code AS from_currency_code,
                exchange_rate.to_currency_code AS to_currency_code,
                exchange_rate.rate AS rate,
                exchange_rate.recorded_at AS recorded_at
              FROM exchange_rate
              WHERE true) AS r1
            WHERE r1.rate_on >= $2::DATE AND r1.to_currency_code = $3::VARCHAR AND r1.source = $4::VARCHAR
            ORDER BY r1.rate_on DESC,
              r1.id DESC
            LIMIT $1::INTEGER + 1) AS r4) AS r2) AS r3) AS "exchangeRates") AS o$) AS json_object_of_1
