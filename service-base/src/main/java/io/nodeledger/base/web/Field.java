package io.nodeledger.base.web;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field that was read. Ask for its value only after the reader's {@code finish()}, which ends the request when any
 * field is bad.
 *
 * @param <T> type of the value
 */
public final class Field<T> {
    private final @Nullable T value;

    Field(Optional<T> value) {
        this.value = value.orElse(null);
    }

    /** The value of a required field. */
    public T get() {
        if (value == null) {
            throw new NoSuchElementException("a field was used before its request was known to be valid");
        }
        return value;
    }

    /** The value, or null when the caller left the field out. */
    public @Nullable T orNull() {
        return value;
    }

    /** The value, or this one when the caller left the field out. */
    public T orElse(T absent) {
        return value == null ? absent : value;
    }
}
