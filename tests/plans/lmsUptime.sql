SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r2$) AS row_to_json_1
      FROM (
        SELECT rtrim(rtrim(to_char(r1.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "startsAt",
          rtrim(rtrim(to_char(r1.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "endsAt",
          r1.probes AS probes,
          r1.observed_minutes AS "observedMinutes",
          CAST(round(app.round_half_even(r1.percent, 2), 2) AS TEXT) AS percent,
          CAST(CASE WHEN (r1.percent IS NOT NULL) THEN NULL WHEN (r1.maintenance_minutes > $1::INTEGER) THEN $2::VARCHAR ELSE $3::VARCHAR END AS TEXT) AS gap
        FROM (
          SELECT anon_1.starts_at AS starts_at,
            anon_1.ends_at AS ends_at,
            anon_1.probes AS probes,
            anon_1.observed_minutes AS observed_minutes,
            anon_1.unobserved_minutes AS unobserved_minutes,
            anon_1.maintenance_minutes AS maintenance_minutes,
            anon_1.up_minutes AS up_minutes,
            anon_1.percent AS percent
          FROM lms_site JOIN app.lms_uptime(lms_site.contract_id, lms_site.id, $4::TIMESTAMP WITH TIME ZONE, $5::TIMESTAMP WITH TIME ZONE) AS anon_1 ON true
          WHERE lms_site.contract_id = $6::UUID AND lms_site.id = $7::UUID AND lms_site.association_id = $8::UUID) AS r1) AS r2$) AS "lmsUptime") AS o$) AS json_object_of_1
