SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r4$) AS row_to_json_1
      FROM (
        SELECT r1.kind AS kind,
          r1.subject AS subject,
          r1.happened_on AS "happenedOn",
          r1.resolution AS resolution,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.name AS name
            FROM (
              SELECT r1.resolved_by_name AS name,
                r1.resolved_by_email AS email,
                r1.resolved_by_organization_name AS organization_name
              WHERE r1.resolved_by_member_id IS NOT NULL) AS r2) AS r3$) AS "resolvedBy",
          r1.resolution_reason AS "resolutionReason"
        FROM (
          SELECT billing_exception.kind AS kind,
            billing_exception.subject AS subject,
            billing_exception.happened_on AS happened_on,
            billing_exception.resolution AS resolution,
            billing_exception.resolved_by_member_id AS resolved_by_member_id,
            billing_exception.resolved_by_name AS resolved_by_name,
            billing_exception.resolved_by_email AS resolved_by_email,
            billing_exception.resolved_by_organization_name AS resolved_by_organization_name,
            billing_exception.resolution_reason AS resolution_reason
          FROM billing_exception
          WHERE billing_exception.id = $1::UUID) AS r1) AS r4$) AS "billingException") AS o$) AS json_object_of_1
