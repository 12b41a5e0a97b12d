package io.nodeledger.base.web;

/**
 * What is wrong with one field of a request.
 *
 * @param field path of the field, e.g. {@code taints[0].effect}; {@code body} for the document as a whole
 * @param code stable word for programs, e.g. {@code too_long}
 * @param message sentence for people
 */
public record FieldViolation(String field, String code, String message) {}
