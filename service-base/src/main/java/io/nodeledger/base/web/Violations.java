package io.nodeledger.base.web;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a request, so that a caller learns of every bad field at once. */
public final class Violations {
    private final List<FieldViolation> found = new ArrayList<>();

    /** Notes a bad field. */
    public void add(String field, String code, String message) {
        found.add(new FieldViolation(field, code, message));
    }

    /** Everything noted, in the order of noting. */
    public List<FieldViolation> found() {
        return List.copyOf(found);
    }

    /**
     * Ends the request when a field is bad.
     *
     * @throws ApiException 400 {@code VALIDATION_ERROR} naming every bad field
     */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ApiException(ApiError.validation(found));
        }
    }
}
