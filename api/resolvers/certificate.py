"""Queries and mutations of certificates."""

import strawberry

from api.context import Info
from api.mutations import mutation
from api.reading import Id, Reader, Rows, query
from api.schema.certificate import Certificate, EraseLearnerInput, EraseLearnerPayload
from services.lms_admin.credits import erasing, reads


@strawberry.type
class CertificateQueries:
    """What learners were given."""

    @query
    def certificate(self, reader: Reader, id: Id[Certificate]) -> Rows[Certificate | None]:
        """One certificate by id; null when it does not exist or you do not see its learner."""
        return reads.certificate(reader, id.contract_id, id.id)


@strawberry.type
class CertificateMutations:
    """What becomes of what names a learner."""

    @mutation
    async def erase_learner(self, info: Info, input: EraseLearnerInput) -> EraseLearnerPayload:
        """Erase what names a learner from their certificates, as the association; the ledger stays as it is."""
        tx = info.context.tx
        keys = await erasing.erase_learner(
            tx,
            actor=tx.actor,
            contract_id=input.contract_id,
            member_number=input.member_number,
            early_reason=input.early_reason,
            now=tx.now,
        )
        return EraseLearnerPayload(certificates=keys)
