SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT coalesce(json_agg(r4$), '[]'::json) AS coalesce_1
      FROM (
        SELECT r1.level AS level,
          r1.days_after_due AS "daysAfterDue",
          r1.kind AS kind,
          CAST(round(app.round_half_even(r1.late_charge_percent, 2), 2) AS TEXT) AS "lateChargePercent",
          (
          SELECT row_to_json(r3$) AS row_to_json_1
          FROM (
            SELECT r2.name AS name
            FROM (
              SELECT r1.configured_by_name AS name,
                r1.configured_by_email AS email,
                r1.configured_by_organization_name AS organization_name) AS r2) AS r3$) AS "configuredBy"
        FROM (
          SELECT dunning_level.level AS level,
            dunning_level.days_after_due AS days_after_due,
            dunning_level.kind AS kind,
            dunning_level.late_charge_percent AS late_charge_percent,
            dunning_level.configured_by_name AS configured_by_name,
            dunning_level.configured_by_email AS configured_by_email,
            dunning_level.configured_by_organization_name AS configured_by_organization_name
          FROM dunning_level
          WHERE dunning_level.ended_at IS NULL) AS r1
        ORDER BY r1.level) AS r4$) AS "dunningSchedule") AS o$) AS json_object_of_1
