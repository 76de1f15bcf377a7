SELECT (
  SELECT row_to_json(o$)
  FROM (
    SELECT (
      SELECT row_to_json(r12$) AS row_to_json_1
      FROM (
        SELECT 'crd_' || translate(encode(uuid_send(r1.contract_id) || uuid_send(r1.id), 'base64'), E'+/=\n', '-_') AS id,
          r1.sequence AS sequence,
          r1.kind AS kind,
          encode(r1.hash, 'hex') AS hash,
          (
          SELECT row_to_json(r3$) AS row_to_json_2
          FROM (
            SELECT r2.title AS title
            FROM credit_activity AS r2
            WHERE r2.contract_id = r1.contract_id AND r2.id = r1.activity_id) AS r3$) AS activity,
          (
          SELECT row_to_json(r5$) AS row_to_json_3
          FROM (
            SELECT 'crr_' || translate(encode(uuid_send(r4.contract_id) || uuid_send(r4.id), 'base64'), E'+/=\n', '-_') AS id
            FROM credit_rule AS r4
            WHERE r4.contract_id = r1.contract_id AND r4.id = r1.rule_id) AS r5$) AS rule,
          (
          SELECT row_to_json(r7$) AS row_to_json_4
          FROM (
            SELECT regexp_replace(r6.number, '(.{4})(?=.)', '\1-', 'g') AS number,
              r6.learner_name AS "learnerName",
              ('/certificates/' || regexp_replace(r6.number, '(.{4})(?=.)', '\1-', 'g')) || '.pdf' AS "pdfPath"
            FROM certificate AS r6
            WHERE r6.contract_id = r1.contract_id AND r6.id = r1.certificate_id) AS r7$) AS certificate,
          (
          SELECT row_to_json(r9$) AS row_to_json_5
          FROM (
            SELECT r8.status AS status
            FROM certificate AS r8
            WHERE r8.contract_id = r1.contract_id AND r8.id = r1.replaces_certificate_id) AS r9$) AS replaces,
          (
          SELECT row_to_json(r11$) AS row_to_json_6
          FROM (
            SELECT r10.name AS name
            FROM evidence AS r10
            WHERE r10.contract_id = r1.contract_id AND r10.id = r1.evidence_id) AS r11$) AS evidence
        FROM (
          SELECT credit_entry.contract_id AS contract_id,
            credit_entry.id AS id,
            credit_entry.sequence AS sequence,
            credit_entry.kind AS kind,
            credit_entry.certificate_id AS certificate_id,
            credit_entry.replaces_certificate_id AS replaces_certificate_id,
            credit_entry.activity_id AS activity_id,
            credit_entry.rule_id AS rule_id,
            credit_entry.evidence_id AS evidence_id,
            credit_entry.hash AS hash
          FROM credit_entry
          WHERE credit_entry.contract_id = $1::UUID AND credit_entry.id = $2::UUID AND credit_entry.vendor_id = $3::UUID) AS r1) AS r12$) AS "creditEntry") AS o$) AS json_object_of_1
