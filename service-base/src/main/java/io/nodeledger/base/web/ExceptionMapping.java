package io.nodeledger.base.web;

import java.util.Optional;

/** A service's own knowledge of what an exception means to a caller. Beans of this type are asked first. */
@FunctionalInterface
public interface ExceptionMapping {
    /** The error that the exception stands for, or empty when this mapping doesn't know it. */
    Optional<ApiError> errorFor(Throwable failure);
}
