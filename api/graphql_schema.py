"""The schema, put together from what each noun declares."""

from strawberry import Schema
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import merge_types

from api.reading import SCALARS, NodeQueries, check_declarations
from api.resolvers.account_statement import AccountStatementQueries
from api.resolvers.actual_cost import ActualCostMutations
from api.resolvers.api_key import ApiKeyMutations
from api.resolvers.audit import AuditQueries
from api.resolvers.bank_statement import BankStatementMutations, BankStatementQueries
from api.resolvers.billing_exception import (
    BillingExceptionMutations,
    BillingExceptionQueries,
    BillingExceptionSubscriptions,
)
from api.resolvers.billing_run import BillingRunMutations, BillingRunQueries, BillingRunSubscriptions
from api.resolvers.books import BooksMutations, BooksQueries
from api.resolvers.certificate import CertificateMutations, CertificateQueries
from api.resolvers.content_package import ContentPackageMutations, ContentPackageQueries
from api.resolvers.contract import ContractQueries
from api.resolvers.correcting import CorrectingMutations
from api.resolvers.credit_activity import CreditActivityMutations, CreditActivityQueries
from api.resolvers.credit_entry import CreditEntryMutations, CreditEntryQueries
from api.resolvers.credit_note import CreditNoteMutations, CreditNoteQueries
from api.resolvers.credit_rule import CreditRuleMutations
from api.resolvers.decision import DecisionMutations
from api.resolvers.dunning import DunningMutations, DunningQueries
from api.resolvers.exchange_rate import ExchangeRateMutations, ExchangeRateQueries
from api.resolvers.gainshare import GainshareMutations
from api.resolvers.granting import GrantingMutations
from api.resolvers.invitation import InvitationMutations
from api.resolvers.invoice import InvoiceMutations, InvoiceQueries, InvoiceSubscriptions
from api.resolvers.invoice_dispute import InvoiceDisputeMutations, InvoiceDisputeQueries
from api.resolvers.learning_effectiveness import LearningEffectivenessQueries
from api.resolvers.lms_act import LmsActMutations, LmsActQueries
from api.resolvers.lms_completion import LmsCompletionMutations
from api.resolvers.lms_drift import LmsDriftMutations
from api.resolvers.lms_grant import LmsGrantMutations
from api.resolvers.lms_health import LmsHealthMutations, LmsHealthQueries
from api.resolvers.lms_job import LmsJobMutations, LmsJobQueries, LmsJobSubscriptions
from api.resolvers.lms_plan import LmsPlanMutations, LmsPlanQueries, LmsPlanSubscriptions
from api.resolvers.lms_site import LmsSiteMutations, LmsSiteQueries
from api.resolvers.lms_task import LmsTaskMutations, LmsTaskQueries
from api.resolvers.match_run import MatchRunMutations, MatchRunQueries
from api.resolvers.member import MemberMutations
from api.resolvers.obligation import ObligationMutations
from api.resolvers.offering import OfferingMutations, OfferingQueries
from api.resolvers.open_book import OpenBookQueries
from api.resolvers.organization import OrganizationMutations, OrganizationQueries
from api.resolvers.payment import PaymentMutations, PaymentQueries
from api.resolvers.platform_fee_invoice import PlatformFeeInvoiceMutations, PlatformFeeInvoiceQueries
from api.resolvers.proposing import ProposingMutations
from api.resolvers.scope_answer import ScopeAnswerMutations
from api.resolvers.signing import SigningMutations
from api.resolvers.submission import SubmissionMutations, SubmissionQueries
from api.resolvers.tax_exemption import TaxExemptionMutations, TaxExemptionQueries
from api.resolvers.tax_rule import TaxRuleMutations, TaxRuleQueries
from api.resolvers.viewer import ViewerQueries
from api.resolvers.work_record import WorkRecordMutations, WorkRecordQueries
from api.resolvers.write_off import WriteOffMutations, WriteOffQueries

QUERIES = (
    NodeQueries,
    ViewerQueries,
    OrganizationQueries,
    OfferingQueries,
    ContractQueries,
    InvoiceQueries,
    BillingRunQueries,
    BooksQueries,
    OpenBookQueries,
    BankStatementQueries,
    MatchRunQueries,
    BillingExceptionQueries,
    WriteOffQueries,
    PaymentQueries,
    PlatformFeeInvoiceQueries,
    CreditNoteQueries,
    InvoiceDisputeQueries,
    WorkRecordQueries,
    SubmissionQueries,
    ExchangeRateQueries,
    DunningQueries,
    AccountStatementQueries,
    TaxExemptionQueries,
    TaxRuleQueries,
    LmsSiteQueries,
    LmsJobQueries,
    LmsActQueries,
    ContentPackageQueries,
    CreditActivityQueries,
    CreditEntryQueries,
    CertificateQueries,
    LmsHealthQueries,
    LmsTaskQueries,
    LearningEffectivenessQueries,
    LmsPlanQueries,
    AuditQueries,
)
MUTATIONS = (
    OrganizationMutations,
    InvitationMutations,
    MemberMutations,
    ApiKeyMutations,
    OfferingMutations,
    ProposingMutations,
    SigningMutations,
    GrantingMutations,
    ObligationMutations,
    WorkRecordMutations,
    SubmissionMutations,
    DecisionMutations,
    ScopeAnswerMutations,
    InvoiceMutations,
    PaymentMutations,
    PlatformFeeInvoiceMutations,
    CreditNoteMutations,
    CorrectingMutations,
    InvoiceDisputeMutations,
    GainshareMutations,
    BillingRunMutations,
    ExchangeRateMutations,
    DunningMutations,
    TaxExemptionMutations,
    TaxRuleMutations,
    ActualCostMutations,
    BooksMutations,
    BankStatementMutations,
    MatchRunMutations,
    BillingExceptionMutations,
    WriteOffMutations,
    LmsSiteMutations,
    LmsJobMutations,
    LmsActMutations,
    ContentPackageMutations,
    CreditActivityMutations,
    CreditRuleMutations,
    CreditEntryMutations,
    CertificateMutations,
    LmsHealthMutations,
    LmsCompletionMutations,
    LmsDriftMutations,
    LmsGrantMutations,
    LmsPlanMutations,
    LmsTaskMutations,
)
SUBSCRIPTIONS = (
    InvoiceSubscriptions,
    BillingRunSubscriptions,
    BillingExceptionSubscriptions,
    LmsPlanSubscriptions,
    LmsJobSubscriptions,
)


schema = Schema(
    query=merge_types("Query", QUERIES),
    mutation=merge_types("Mutation", MUTATIONS),
    subscription=merge_types("Subscription", SUBSCRIPTIONS),
    config=StrawberryConfig(scalar_map=SCALARS),
)
check_declarations(schema)


def sdl() -> str:
    """Print the schema as clients' tools read it."""
    return schema.as_str()
