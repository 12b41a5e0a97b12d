package io.nodeledger.base.eventstore;

import java.util.function.Consumer;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.jspecify.annotations.Nullable;

/** Tells of a processor's progress whenever its token moves, on a channel that is signalled after the commit. */
final class AnnouncingTokenStore extends JdbcTokenStore {

    private final Consumer<String> signal;

    AnnouncingTokenStore(Builder builder, Consumer<String> signal) {
        super(builder);
        this.signal = signal;
    }

    @Override
    public void storeToken(@Nullable TrackingToken token, String processorName, int segment)
            throws UnableToClaimTokenException {
        super.storeToken(token, processorName, segment);
        signal.accept(progressOf(processorName));
    }

    static String progressOf(String processorName) {
        return "progress/" + processorName;
    }
}
