package io.nodeledger.command.dispatch;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The 202 of every call that goes on after its answer: where to look, and when (source: API decisions, "Operations"). */
public final class AcceptedOperation {
    /** Sooner than this no operation has moved. */
    private static final String RETRY_AFTER = "2";

    private AcceptedOperation() {}

    /** The answer, its body still to be given. */
    public static ResponseEntity.BodyBuilder answer(String workspaceId, String operationId) {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Operation-Location", "/api/v1/workspaces/" + workspaceId + "/nodes/operations/" + operationId)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
    }
}
