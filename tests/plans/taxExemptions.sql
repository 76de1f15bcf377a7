SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT (
        SELECT row_to_json(o$)
        FROM (
          SELECT (
            SELECT count(*) AS count_1
            FROM (
              SELECT tax_exemption.status AS status
              FROM tax_exemption
              WHERE tax_exemption.association_id = $1::UUID) AS r4
            WHERE r4.status = ANY ($2::TEXT[])) AS "totalCount",
            r3.part_0 AS "nodes") AS o$) AS json_object_of_2
      FROM (
        SELECT coalesce(json_agg((
              SELECT row_to_json(o$)
              FROM (
                SELECT 'exc_' || translate(encode(uuid_send(r2.id), 'base64'), E'+/=\n', '-_') AS "id",
                  r2.number AS "number",
                  r2.country_code AS "countryCode",
                  r2.region_code AS "regionCode",
                  r2.status AS "status",
                  r2.valid_from AS "validFrom",
                  r2.valid_until AS "validUntil",
                  (
                  SELECT row_to_json(r6$) AS row_to_json_1
                  FROM (
                    SELECT r5.name AS name
                    FROM evidence AS r5
                    WHERE r5.contract_id = r2.evidence_contract_id AND r5.id = r2.evidence_id) AS r6$) AS "evidence",
                  (
                  SELECT row_to_json(r8$) AS row_to_json_2
                  FROM (
                    SELECT r7.name AS name
                    FROM (
                      SELECT r2.filed_by_name AS name,
                        r2.filed_by_email AS email,
                        r2.filed_by_organization_name AS organization_name) AS r7) AS r8$) AS "filedBy") AS o$) ORDER BY r2.page_position) FILTER (WHERE r2.page_position <= $3::INTEGER), '[]'::json) AS part_0
        FROM (
          SELECT r9.*,
            row_number() OVER (ORDER BY page_order_0 DESC, page_order_1 DESC) AS page_position
          FROM (
            SELECT r1.id AS id,
              r1.number AS number,
              r1.country_code AS country_code,
              r1.region_code AS region_code,
              r1.status AS status,
              r1.valid_from AS valid_from,
              r1.valid_until AS valid_until,
              r1.evidence_contract_id AS evidence_contract_id,
              r1.evidence_id AS evidence_id,
              r1.filed_by_name AS filed_by_name,
              r1.filed_by_email AS filed_by_email,
              r1.filed_by_organization_name AS filed_by_organization_name,
              r1.filed_at AS page_order_0,
              r1.id AS page_order_1
            FROM (
              SELECT tax_exemption.id AS id,
                tax_exemption.number AS number,
                tax_exemption.country_code AS country_code,
                tax_exemption.region_code AS region_code,
                tax_exemption.evidence_contract_id AS evidence_contract_id,
                tax_exemption.evidence_id AS evidence_id,
                tax_exemption.valid_from AS valid_from,
                tax_exemption.valid_until AS valid_until,
                tax_exemption.status AS status,
                tax_exemption.filed_at AS filed_at,
                tax_exemption.filed_by_name AS filed_by_name,
                tax_exemption.filed_by_email AS filed_by_email,
                tax_exemption.filed_by_organization_name AS filed_by_organization_name
              FROM tax_exemption
              WHERE tax_exemption.association_id = $1::UUID) AS r1
            WHERE r1.status = ANY ($2::TEXT[])
            ORDER BY r1.filed_at DESC,
              r1.id DESC
            LIMIT $3::INTEGER + 1) AS r9) AS r2) AS r3) AS "taxExemptions") AS o$) AS json_object_of_1
