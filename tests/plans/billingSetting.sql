SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r4$) AS row_to_json_1
      FROM (
        SELECT r1.reporting_currency_code AS "reportingCurrencyCode",
          rtrim(rtrim(to_char(r1.changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "changedAt",
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name
            FROM (
              SELECT r1.changed_by_name AS name,
                r1.changed_by_email AS email,
                r1.changed_by_organization_name AS organization_name) AS r2) AS r3$) AS "changedBy"
        FROM (
          SELECT billing_setting.reporting_currency_code AS reporting_currency_code,
            billing_setting.changed_at AS changed_at,
            billing_setting.changed_by_name AS changed_by_name,
            billing_setting.changed_by_email AS changed_by_email,
            billing_setting.changed_by_organization_name AS changed_by_organization_name
          FROM billing_setting
          WHERE true) AS r1) AS r4$) AS "billingSetting") AS o$) AS json_object_of_1
