package io.nodeledger.base.wakeup;

/** An interest in a channel; closing it ends the interest and may be repeated. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

    @Override
    void close();
}
