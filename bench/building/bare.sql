-- What a billing run is held against: the same invoices, lines, costs and sources of bench.vendor, and nothing else.
create temporary table bill on commit drop as
select contract_id, line_id, uuidv7() as id, sum(accepted_quantity) as quantity, unit_price, rate_card_key, rate_version,
    round(sum(accepted_quantity) * unit_price * 100)::bigint as amount_minor
from decision where vendor_id = current_setting('bench.vendor')::uuid and not billed and performed_to <= '2026-02-28'
group by contract_id, line_id, unit_price, rate_card_key, rate_version;
analyze bill;

insert into invoice (contract_id, id, association_id, vendor_id, status, period_starts_on, period_ends_on, currency_code,
    seller_name, seller_country_code, buyer_name, buyer_country_code, issuer_name, issuer_country_code, subtotal_minor,
    tax_total_minor, amount_due_minor, platform_fee_percent)
select c.id, uuidv7(), c.association_id, c.vendor_id, 'DRAFT', '2026-02-01', '2026-02-28', c.currency_code, 'Vendor', 'US',
    'Association', 'US', 'Operator', 'US', b.subtotal_minor, 0, 0, c.platform_fee_percent
from (select contract_id, sum(amount_minor) as subtotal_minor from bill group by contract_id) b
join contract c on c.id = b.contract_id;

insert into invoice_line (contract_id, id, association_id, vendor_id, invoice_id, contract_line_id, position, description,
    unit, currency_code, quantity, late_quantity, unit_price, rate_card_key, rate_version, amount_minor)
select b.contract_id, b.id, l.association_id, l.vendor_id, i.id, l.id, l.position, l.title, l.unit, l.currency_code,
    b.quantity, 0, b.unit_price, b.rate_card_key, b.rate_version, b.amount_minor
from bill b join contract_line l on l.contract_id = b.contract_id and l.id = b.line_id
join invoice i on i.contract_id = b.contract_id;

insert into invoice_line_cost (contract_id, invoice_line_id, association_id, vendor_id, invoice_id, cost_basis, cost_minor,
    platform_fee_minor)
select l.contract_id, l.id, l.association_id, l.vendor_id, l.invoice_id, 'STANDARD',
    round(l.quantity * k.unit_cost * 100)::bigint, round(l.amount_minor * 0.03)::bigint
from bill b join invoice_line l on l.contract_id = b.contract_id and l.id = b.id
join contract_line_cost k on k.contract_id = b.contract_id and k.line_id = b.line_id;

insert into invoice_source (contract_id, id, association_id, vendor_id, invoice_id, invoice_line_id, contract_line_id, kind,
    decision_id, quantity, late)
select d.contract_id, uuidv7(), d.association_id, d.vendor_id, l.invoice_id, l.id, d.line_id, 'ACCEPTANCE', d.id,
    d.accepted_quantity, false
from bill b join invoice_line l on l.contract_id = b.contract_id and l.id = b.id
join decision d on d.contract_id = b.contract_id and d.line_id = b.line_id
where not d.billed and d.performed_to <= '2026-02-28';
