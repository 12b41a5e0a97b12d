package io.nodeledger.base.metrics;

/**
 * Gauges whose values the database knows. A bean of this type is read now and then, and what was read is kept for whoever
 * scrapes: no scrape waits for the database. Labels have few values, never ids.
 */
@FunctionalInterface
public interface Figures {
    /** Looks, and keeps what was found. */
    void read();
}
