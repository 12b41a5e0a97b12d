package io.nodeledger.simulators.request;

/** An interceptor's stay; it sees no new request once this is closed. */
@FunctionalInterface
public interface Interception extends AutoCloseable {
    @Override
    void close();
}
