package io.nodeledger.base.eventstore;

import io.nodeledger.base.wakeup.Wakeups;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.jspecify.annotations.Nullable;

/** Wakes those who wait for a processor's progress as soon as its token is committed. */
final class AnnouncingTokenStore extends JdbcTokenStore {

    private final Wakeups wakeups;

    AnnouncingTokenStore(Builder builder, Wakeups wakeups) {
        super(builder);
        this.wakeups = wakeups;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment)
            throws UnableToClaimTokenException {
        super.storeToken(token, processorName, segment);
        wakeups.signal(progressOf(processorName));
    }

    static String progressOf(String processorName) {
        return "progress/" + processorName;
    }
}
