-- The public listing, by the very function that the publishing transaction calls.

do $$
declare
    seller uuid;
begin
    for seller in select id from organization where kind = 'VENDOR' order by id loop
        perform set_config('app.organization_id', seller::text, true);
        perform app.list_offering(o.id) from offering o where o.vendor_id = seller and o.status = 'PUBLISHED';
    end loop;
end $$;
