// A day of an association's front end, in the types that graphql-codegen made: prints what it saw, as JSON.
import { useFragment, type FragmentType } from "../generated";
import {
  AmountFragmentDoc,
  BrowseOfferingsDocument,
  ContractPageDocument,
  InvoicePageDocument,
  LineProgressFragmentDoc,
  OfferingCardFragmentDoc,
  RefusalFragmentDoc,
  ReviewInboxDocument,
  ReviewSubmissionDocument,
  WaterfallFragmentDoc,
  type BrowseOfferingsQuery,
  type OfferingFilter,
  type OfferingOrder,
  type TypedDocumentString,
  type WaterfallFragment,
} from "../generated/graphql";

type Given = "url" | "sends" | "token" | "contractId" | "invoiceId" | "submissionId" | "workRecordId";
const given = JSON.parse(process.argv[2] ?? "{}") as Record<Given, string>;
const { contractId, invoiceId, submissionId, workRecordId } = given;

async function ask<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables) {
  const query = given.sends === "query" ? { query: document.toString() } : { documentId: document.__meta__?.["hash"] };
  const response = await fetch(given.url, {
    method: "POST",
    headers: {
      accept: "application/graphql-response+json, application/json;q=0.9",
      authorization: `Bearer ${given.token}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ ...query, variables }),
  });
  const answer = (await response.json()) as { data?: Result; errors?: unknown };
  if (!response.ok || !answer.data || answer.errors) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
  return answer.data;
}

function written(money: FragmentType<typeof AmountFragmentDoc>): string {
  const { amount, currencyCode } = useFragment(AmountFragmentDoc, money);
  return `${amount} ${currencyCode}`;
}

function cost(book: WaterfallFragment): string {
  switch (book.disclosure) {
    case "FULL":
      return book.cost ? written(book.cost) : "none yet";
    case "BAND_ONLY":
    case "PRICE_ONLY":
    case "WITHHELD_FROM_ROLE":
      return book.disclosure;
  }
}

async function browse(orderBy: OfferingOrder): Promise<string[]> {
  const filter: OfferingFilter = { currency: ["USD"], unit: ["HOUR"] };
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { offerings }: BrowseOfferingsQuery = await ask(BrowseOfferingsDocument, {
      orderBy,
      after,
      first: 2,
      filter,
    });
    for (const { node } of offerings.edges) {
      const card = useFragment(OfferingCardFragmentDoc, node);
      seen.push(`${card.title}: ${card.rateCard.map((rate) => written(rate.unitPrice)).join(", ")}`);
    }
    after = offerings.pageInfo.hasNextPage ? offerings.pageInfo.endCursor : null;
  } while (after);
  return seen;
}

async function contractPage() {
  const { contract } = await ask(ContractPageDocument, { id: contractId, records: 2, withOpenBook: true });
  // @ts-expect-error: a contract that one may not see is null, and the types know it
  contract.title;
  if (!contract) throw new Error("not shown");
  return {
    title: contract.title,
    status: contract.status,
    remaining: useFragment(LineProgressFragmentDoc, contract.lines).map(
      ({ key, scopeBurn }) => `${key}: ${scopeBurn?.remaining ?? "nothing to burn"}`,
    ),
    records: contract.workRecords.nodes.map((record) => record.quantity),
    more: contract.workRecords.pageInfo.hasNextPage,
  };
}

async function invoicePage() {
  const { invoice } = await ask(InvoicePageDocument, { id: invoiceId });
  const book = useFragment(WaterfallFragmentDoc, invoice?.openBook);
  return invoice && [invoice.status, written(invoice.total), book ? cost(book) : "no open book"];
}

async function review() {
  const { submissions } = await ask(ReviewInboxDocument, {});
  const { reviewSubmission } = await ask(ReviewSubmissionDocument, {
    input: { submissionId, decisions: [{ workRecordId, acceptedQuantity: "1" }] },
  });
  return {
    waiting: submissions.edges.length,
    submission: reviewSubmission.submission,
    refusals: useFragment(RefusalFragmentDoc, reviewSubmission.userErrors).map(({ code, field }) => [code, field]),
  };
}

async function day() {
  // @ts-expect-error: there is no such order, and the types know it
  const cheapest: OfferingOrder = "CHEAPEST";
  const offerings = await browse("TITLE");
  console.log(
    JSON.stringify({ offerings, contract: await contractPage(), invoice: await invoicePage(), review: await review() }),
  );
  return cheapest;
}

day();
