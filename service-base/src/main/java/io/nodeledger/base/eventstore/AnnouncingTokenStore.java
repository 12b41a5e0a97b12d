package io.nodeledger.base.eventstore;

import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.jspecify.annotations.Nullable;

/** Tells of progress whenever a token moves, on the table's channel, which is signalled after the commit. */
final class AnnouncingTokenStore extends JdbcTokenStore {

    private final Runnable signal;

    AnnouncingTokenStore(Builder builder, Runnable signal) {
        super(builder);
        this.signal = signal;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment)
            throws UnableToClaimTokenException {
        super.storeToken(token, processorName, segment);
        signal.run();
    }

    static String progressIn(String tokenTable) {
        return "progress/" + tokenTable;
    }
}
