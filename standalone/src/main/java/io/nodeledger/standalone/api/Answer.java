package io.nodeledger.standalone.api;

import io.nodeledger.standalone.Obstacle;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * The API's answer.
 *
 * @param status HTTP status
 * @param headers HTTP headers
 * @param body the JSON document, missing when there is none
 */
public record Answer(int status, HttpHeaders headers, JsonNode body) {

    /** The envelope's content. */
    public JsonNode data() {
        return body.path("data");
    }

    /** The code of an error. */
    public String errorCode() {
        return body.path("error").path("code").asString("");
    }

    /**
     * This answer, if it has one of the statuses.
     *
     * @throws Obstacle with the API's own words otherwise
     */
    public Answer expect(String intention, int... statuses) {
        if (Arrays.stream(statuses).noneMatch(wanted -> wanted == status)) {
            var error = body.path("error");
            throw new Obstacle("Could not " + intention + ": the API answered " + status + " "
                    + error.path("code").asString("") + " "
                    + error.path("message").asString("") + " (request "
                    + error.path("request_id").asString("unknown") + ").");
        }
        return this;
    }
}
