package io.nodeledger.base.settings;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/** Settings as they could be read last. That they can't be is told once, until they can be again. */
final class LastGood<T> implements Supplier<T> {
    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);

    private final String prefix;
    private final Supplier<T> reading;
    private final AtomicBoolean unreadable = new AtomicBoolean();
    private volatile T last;

    /** Reads them a first time, and fails if that is not possible. */
    LastGood(String prefix, Supplier<T> reading) {
        this.prefix = prefix;
        this.reading = reading;
        this.last = reading.get();
    }

    @Override
    public T get() {
        try {
            T read = reading.get();
            last = read;
            if (unreadable.getAndSet(false)) {
                LOG.info("Settings at {} can be read again", prefix);
            }
            return read;
        } catch (RuntimeException failure) {
            if (!unreadable.getAndSet(true)) {
                LOG.warn(
                        "Settings at {} can't be read, and stay as they were: {}",
                        prefix,
                        NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
            }
            return last;
        }
    }
}
