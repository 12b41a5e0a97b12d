package io.nodeledger.command.dispatch;

import io.nodeledger.command.waiting.EndedOperation;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** The 202 of every call that goes on after its answer: where to look, and when (source: API decisions, "Operations"). */
public final class AcceptedOperation {
    /** Sooner than this no operation has moved. */
    private static final String RETRY_AFTER = "2";

    private AcceptedOperation() {}

    /**
     * The answer, its body still to be given.
     *
     * @param ended the operation's end if the request waited for it: the answer is then a 200
     */
    public static ResponseEntity.BodyBuilder answer(
            String workspaceId, String operationId, Optional<EndedOperation> ended) {
        var answer = ended.isPresent()
                ? ResponseEntity.ok()
                : ResponseEntity.status(HttpStatus.ACCEPTED).header(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        return answer.contentType(MediaType.APPLICATION_JSON)
                .header("Operation-Location", "/api/v1/workspaces/" + workspaceId + "/nodes/operations/" + operationId);
    }
}
