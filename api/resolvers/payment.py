"""Queries and mutations of payments and settlements."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Connection, Id, Reader, Rows, query
from api.schema import paying
from api.schema.payment import Payment, PaymentFilter, PaymentOption, PaymentOrder
from api.schema.payout import BalanceTransaction, BalanceTransactionOrder, Payout, PayoutOrder
from api.schema.settlement import PayeeAccount, Settlement, SettlementFilter, SettlementOrder
from services.billing.payments import reads
from services.billing.payments.cancelling import cancel_payment
from services.billing.payments.charging_back import answer_chargeback
from services.billing.payments.onboarding import set_up_payee
from services.billing.payments.paying import Method, Wish, pay_invoice
from services.billing.payments.reclaiming import reverse_settlement
from services.billing.payments.recording import Means, Seen, record_payment, reverse_payment
from services.billing.payments.refunding import Back, refund_payment
from services.billing.payments.releasing import Release, release_settlement


@strawberry.type
class PaymentQueries:
    """Money that moves."""

    @query
    def payment(self, reader: Reader, id: Id[Payment]) -> Rows[Payment | None]:
        """One payment by id; null when it does not exist or you may not see it."""
        return reads.payment(reader, id.contract_id, id.id)

    @query(filter=PaymentFilter, order=PaymentOrder)
    def payments(self, reader: Reader) -> Rows[Connection[Payment]]:
        """The payments that your organization makes, is paid by or receives."""
        return reads.payments(reader)

    @query(order=lambda option: [option.method])
    def payment_options(self, reader: Reader) -> Rows[list[PaymentOption]]:
        """How payments are taken here, and why others are not; without a key of Stripe's, by hand alone."""
        return reads.payment_options(reader)

    @query(filter=SettlementFilter, order=SettlementOrder)
    def settlements(self, reader: Reader) -> Rows[Connection[Settlement]]:
        """What your organization, a vendor, was paid, or, being the operator, pays; none for an association."""
        return reads.settlements(reader)

    @query(order=PayoutOrder)
    def payouts(self, reader: Reader) -> Rows[Connection[Payout]]:
        """What Stripe pays to the operator's bank; for the operator."""
        return reads.payouts(reader)

    @query(order=BalanceTransactionOrder)
    def balance_transactions(self, reader: Reader) -> Rows[Connection[BalanceTransaction]]:
        """The changes of the operator's balance at Stripe; for the operator."""
        return reads.balance_transactions(reader)

    @query
    def payee_account(self, reader: Reader) -> Rows[PayeeAccount | None]:
        """Where your organization, a vendor, is paid; null until it asked, and for whoever is no OWNER or FINANCE."""
        return reads.payee_account(reader)


@strawberry.type
class PaymentMutations:
    """What associations pay, the operator records and releases, and vendors set up."""

    @mutation
    async def pay_invoice(self, info: Info, input: paying.PayInvoiceInput) -> paying.PayInvoicePayload:
        """Begin to pay an invoice or a part of it through Stripe; its page follows in seconds as `pageUrl`."""
        tx, amount = info.context.tx, input.amount
        payment = await pay_invoice(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            wish=Wish(
                Method(input.method.name),
                amount.amount if amount else None,
                amount.currency_code if amount else None,
                by_page=not input.on_own_page,
            ),
            reason=input.reason,
            now=tx.now,
        )
        return paying.PayInvoicePayload(payment=payment)

    @mutation
    async def cancel_payment(self, info: Info, input: paying.CancelPaymentInput) -> paying.CancelPaymentPayload:
        """Give up a payment that has brought nothing; who pays in that moment has paid, and it is SUCCEEDED."""
        tx = info.context.tx
        payment = await cancel_payment(
            tx,
            actor=tx.actor,
            contract_id=input.payment_id.contract_id,
            payment_id=input.payment_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return paying.CancelPaymentPayload(payment=payment)

    @mutation
    async def record_payment(self, info: Info, input: paying.RecordPaymentInput) -> paying.RecordPaymentPayload:
        """Take down money that arrived on the operator's bank account for an invoice."""
        tx, amount = info.context.tx, input.amount
        payment = await record_payment(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            seen=Seen(
                amount.amount, amount.currency_code, Means(input.method.name), input.received_on, input.reference
            ),
            reason=input.reason,
            now=tx.now,
        )
        return paying.RecordPaymentPayload(payment=payment)

    @mutation
    async def reverse_payment(self, info: Info, input: paying.ReversePaymentInput) -> paying.ReversePaymentPayload:
        """Take back a payment that was recorded by mistake; its invoice is due again."""
        tx = info.context.tx
        payment = await reverse_payment(
            tx,
            actor=tx.actor,
            contract_id=input.payment_id.contract_id,
            payment_id=input.payment_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return paying.ReversePaymentPayload(payment=payment)

    @mutation
    async def refund_payment(self, info: Info, input: paying.RefundPaymentInput) -> paying.RefundPaymentPayload:
        """Give back a payment or a part of it: the association's credit first, then its invoice is due again."""
        tx = info.context.tx
        refund = await refund_payment(
            tx,
            actor=tx.actor,
            contract_id=input.payment_id.contract_id,
            payment_id=input.payment_id.id,
            back=Back(input.amount.amount, input.amount.currency_code, input.reference),
            reason=input.reason,
            now=tx.now,
        )
        return paying.RefundPaymentPayload(refund=refund)

    @mutation
    async def release_settlement(
        self, info: Info, input: paying.ReleaseSettlementInput
    ) -> paying.ReleaseSettlementPayload:
        """Pay the vendor its part of the cash that was received for an invoice; not by who accepted the work."""
        tx, amount = info.context.tx, input.amount
        settlement = await release_settlement(
            tx,
            actor=tx.actor,
            contract_id=input.invoice_id.contract_id,
            invoice_id=input.invoice_id.id,
            release=Release(
                amount.amount if amount else None, amount.currency_code if amount else None, input.bank_reference
            ),
            reason=input.reason,
            now=tx.now,
        )
        return paying.ReleaseSettlementPayload(settlement=settlement)

    @mutation
    async def reverse_settlement(
        self, info: Info, input: paying.ReverseSettlementInput
    ) -> paying.ReverseSettlementPayload:
        """Take a settlement back from the vendor, whole."""
        tx = info.context.tx
        settlement = await reverse_settlement(
            tx,
            actor=tx.actor,
            contract_id=input.settlement_id.contract_id,
            settlement_id=input.settlement_id.id,
            reason=input.reason,
            now=tx.now,
        )
        return paying.ReverseSettlementPayload(settlement=settlement)

    @mutation
    async def set_up_payee(self, info: Info, input: paying.SetUpPayeeInput) -> paying.SetUpPayeePayload:
        """Ask for a link on which your organization, a vendor, tells Stripe where it is paid."""
        tx = info.context.tx
        account = await set_up_payee(tx, actor=tx.actor, reason=input.reason, now=tx.now)
        return paying.SetUpPayeePayload(payee_account=account)

    @mutation
    async def answer_chargeback(
        self, info: Info, input: paying.AnswerChargebackInput
    ) -> paying.AnswerChargebackPayload:
        """Say why a payment was owed that the payer's bank took back; once."""
        tx = info.context.tx
        chargeback = await answer_chargeback(
            tx,
            actor=tx.actor,
            contract_id=input.chargeback_id.contract_id,
            chargeback_id=input.chargeback_id.id,
            answer=input.answer,
            now=tx.now,
        )
        return paying.AnswerChargebackPayload(chargeback=chargeback)
