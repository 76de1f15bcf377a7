"""The only place that speaks GraphQL or HTTP."""
