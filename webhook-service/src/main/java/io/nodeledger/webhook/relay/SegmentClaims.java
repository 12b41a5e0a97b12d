package io.nodeledger.webhook.relay;

import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What this instance holds of a processor's segments. */
final class SegmentClaims {
    private final String processor;
    private final TokenStore tokens;
    private final TransactionTemplate ownTransaction;

    SegmentClaims(String processor, TokenStore tokens, PlatformTransactionManager transactions) {
        this.processor = processor;
        this.tokens = tokens;
        this.ownTransaction = new TransactionTemplate(transactions);
        ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Holds on to a segment, whatever becomes of the transaction that is under way, which writes nothing by it.
     *
     * @throws UnableToClaimTokenException when somebody else has it
     */
    void renew(int segment) {
        ownTransaction.executeWithoutResult(_ -> tokens.extendClaim(processor, segment));
    }
}
