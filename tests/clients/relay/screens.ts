// The screens of an association's front end, as Relay's compiler reads them out of the sources.
import { graphql } from "relay-runtime";

export const browse = graphql`
  query screensBrowseQuery($filter: OfferingFilter, $count: Int!) {
    viewer {
      organization {
        name
      }
    }
    ...screensBrowse_page @arguments(filter: $filter, count: $count)
  }
`;

export const browsePage = graphql`
  fragment screensBrowse_page on Query
  @refetchable(queryName: "screensBrowseNextPageQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 20 }
    cursor: { type: "String" }
    filter: { type: "OfferingFilter" }
    orderBy: { type: "OfferingOrder", defaultValue: TITLE }
  ) {
    offerings(first: $count, after: $cursor, filter: $filter, orderBy: $orderBy)
      @connection(key: "screensBrowse_offerings") {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          title
          ...screensCard_offering
        }
      }
    }
  }
`;

export const card = graphql`
  fragment screensCard_offering on Offering {
    category
    deliveryModels
    vendor {
      name
    }
    rateCard {
      key
      unit
      unitPrice {
        amount
        currencyCode
      }
    }
  }
`;

export const contract = graphql`
  query screensContractQuery($id: ID!, $withCost: Boolean!) {
    contract(id: $id) {
      title
      status
      lines {
        key
        unitCost @include(if: $withCost) {
          amount
        }
        scopeBurn {
          remaining
          burnPercent
        }
      }
      ...screensWork_contract
      ...screensObligations_contract
    }
  }
`;

export const anything = graphql`
  query screensAnythingQuery($id: ID!) {
    node(id: $id) {
      __typename
      ... on Offering {
        ...screensCard_offering @alias(as: "card")
      }
      ... on Contract {
        ...screensWork_contract @alias(as: "work")
      }
    }
  }
`;

export const work = graphql`
  fragment screensWork_contract on Contract
  @refetchable(queryName: "screensWorkNextPageQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 2 }
    cursor: { type: "String" }
    status: { type: "[WorkRecordStatus!]" }
  ) {
    workRecords(first: $count, after: $cursor, filter: { status: $status }, orderBy: PERFORMED)
      @connection(key: "screensWork_workRecords", filters: ["filter", "orderBy"]) {
      pageInfo {
        hasNextPage
        endCursor
      }
      edges {
        node {
          status
          quantity
          line {
            key
          }
          evidence {
            name
          }
        }
      }
    }
  }
`;

export const obligations = graphql`
  fragment screensObligations_contract on Contract
  @refetchable(queryName: "screensObligationsPreviousPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" }) {
    obligations(last: $count, before: $cursor) @connection(key: "screensObligations_obligations") {
      pageInfo {
        hasPreviousPage
        startCursor
      }
      edges {
        node {
          dueOn
          status
        }
      }
    }
  }
`;

export const review = graphql`
  mutation screensReviewMutation($input: ReviewSubmissionInput!) @raw_response_type {
    reviewSubmission(input: $input) {
      submission {
        status
        workRecords {
          status
          acceptedQuantity
        }
      }
      userErrors {
        field
        message
        code
      }
    }
  }
`;

export const invoice = graphql`
  query screensInvoiceQuery($id: ID!) {
    invoice(id: $id) {
      number
      total {
        amount
        currencyCode
      }
      ...screensWaterfall_invoice
    }
  }
`;

export const waterfall = graphql`
  fragment screensWaterfall_invoice on Invoice @refetchable(queryName: "screensWaterfallAgainQuery") {
    openBook {
      disclosure
      price {
        amount
      }
      cost {
        amount
      }
      grossMarginPercent
      platformFee {
        amount
      }
      vendorProceeds {
        amount
      }
    }
  }
`;
