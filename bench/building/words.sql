-- Functions of one session: everything is made from a number, so that two builds hold the same words.

create function pg_temp.roll(n bigint, salt int) returns bigint language sql immutable
as $$ select (hashint8extended(n, salt) & 9223372036854775807) $$;

create function pg_temp.pick(words text[], n bigint, salt int) returns text language sql immutable
as $$ select words[1 + pg_temp.roll(n, salt) % array_length(words, 1)] $$;

-- A UUIDv7 of the n-th thing of a kind: later ones sort after earlier ones, as in life.
create function pg_temp.id(kind text, n bigint) returns uuid language sql immutable
as $$ select (lpad(to_hex(1640995200000 + n * 1000), 12, '0') || '7' || substr(md5(kind || n), 1, 3)
    || '8' || substr(md5(kind || n), 4, 15))::uuid $$;

create function pg_temp.service(category text, n bigint) returns text language sql immutable
as $$ select pg_temp.pick(case category
    when 'HOSTING' then array['Learning platform hosting', 'Managed Moodle hosting', 'Course archive hosting',
        'Credential registry hosting', 'Video library hosting']
    when 'LMS_ADMINISTRATION' then array['LMS administration', 'Enrolment administration', 'Transcript administration',
        'Cohort and role administration', 'Continuing education reporting']
    when 'HELP_DESK' then array['Member help desk', 'Learner support line', 'After-hours service desk',
        'Examination day support', 'Chat and e-mail support']
    when 'CONTENT_MANAGEMENT' then array['Course maintenance', 'Caption and transcript production',
        'Accessibility remediation', 'Question bank upkeep', 'Course conversion']
    when 'PROJECT_MANAGEMENT' then array['LMS migration office', 'Accreditation project management',
        'Conference programme management', 'Curriculum launch management']
    when 'SUBJECT_MATTER_EXPERTISE' then array['Examination item writing', 'Curriculum review',
        'Competency framework design', 'Job task analysis', 'Standard setting panel']
    else array['Instructor-led certification preparation', 'Webinar production', 'Virtual classroom facilitation',
        'On-site workshop delivery', 'Speaker coaching'] end, n, 11) $$;

create function pg_temp.audience(n bigint) returns text language sql immutable
as $$ select pg_temp.pick(array['water inspectors', 'actuaries', 'school nurses', 'land surveyors', 'court interpreters',
    'dental hygienists', 'crane operators', 'museum curators', 'tax advisers', 'speech therapists', 'arborists',
    'fire investigators', 'pharmacists', 'welders', 'librarians', 'midwives', 'auctioneers', 'veterinarians',
    'food technologists', 'harbour pilots', 'locksmiths', 'mine safety officers', 'notaries', 'optometrists',
    'paralegals', 'pest controllers', 'radiographers', 'sommeliers', 'structural engineers', 'translators',
    'underwriters', 'valuers', 'archivists', 'beekeepers', 'chiropractors', 'dietitians', 'elevator mechanics',
    'funeral directors', 'geologists', 'hydrologists', 'industrial hygienists', 'jewellers', 'kitchen designers',
    'landscape architects', 'meteorologists', 'naval architects', 'occupational therapists', 'paramedics',
    'quantity surveyors', 'roofers', 'sonographers', 'toxicologists', 'urban planners', 'vintners', 'wardens',
    'X-ray technicians', 'yacht brokers', 'zoologists', 'bankers', 'customs brokers'], n, 12) $$;

create function pg_temp.company(n bigint) returns text language sql immutable
as $$ select pg_temp.pick(array['Alder', 'Birch', 'Cedar', 'Dover', 'Elm', 'Fjord', 'Granite', 'Heron', 'Ivory', 'Juniper',
        'Kestrel', 'Linden', 'Maple', 'Northgate', 'Orchard', 'Prairie', 'Quarry', 'Ridge', 'Summit', 'Tamarack',
        'Upland', 'Valley', 'Willow', 'Yarrow', 'Zephyr'], n, 13)
    || ' ' || pg_temp.pick(array['Point', 'Lake', 'Hill', 'Bridge', 'Field', 'Creek', 'Harbor', 'Grove', 'Cliff', 'Bay',
        'Meadow', 'Crossing'], n, 14)
    || ' ' || pg_temp.pick(array['Learning', 'Education Services', 'Training Partners', 'Credentialing', 'Course Works',
        'Academy Services', 'Knowledge Group', 'Learning Operations', 'Outsourcing', 'Member Services'], n, 15) $$;
