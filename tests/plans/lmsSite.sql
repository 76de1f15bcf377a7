SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r6$) AS row_to_json_1
      FROM (
        SELECT 'sit_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.name AS name,
          r1.system AS system,
          r1.condition AS condition,
          rtrim(rtrim(to_char(r1.condition_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z' AS "conditionSince",
          r1.capabilities AS capabilities,
          cardinality(r1.protected_member_numbers) AS "protectedCount",
          CASE WHEN app.sees_learners(r1.contract_id, r1.association_id, r1.vendor_id, r1.id) THEN r1.protected_member_numbers END AS "protectedMemberNumbers",
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT 'con_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS id,
              r2.title AS title
            FROM contract AS r2
            WHERE r2.id = r1.contract_id) AS r3$) AS contract,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT r4.name AS name
            FROM (
              SELECT r1.connected_by_name AS name,
                r1.connected_by_email AS email,
                r1.connected_by_organization_name AS organization_name) AS r4) AS r5$) AS "connectedBy"
        FROM (
          SELECT lms_site.contract_id AS contract_id,
            lms_site.id AS id,
            lms_site.association_id AS association_id,
            lms_site.vendor_id AS vendor_id,
            lms_site.name AS name,
            lms_site.system AS system,
            lms_site.protected_member_numbers AS protected_member_numbers,
            lms_site.condition AS condition,
            lms_site.condition_since AS condition_since,
            lms_site.capabilities AS capabilities,
            lms_site.connected_by_name AS connected_by_name,
            lms_site.connected_by_email AS connected_by_email,
            lms_site.connected_by_organization_name AS connected_by_organization_name
          FROM lms_site
          WHERE lms_site.contract_id = $1::UUID AND lms_site.id = $2::UUID AND lms_site.vendor_id = $3::UUID) AS r1) AS r6$) AS "lmsSite") AS o$) AS json_object_of_1
