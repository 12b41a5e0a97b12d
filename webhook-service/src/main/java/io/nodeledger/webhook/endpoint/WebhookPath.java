package io.nodeledger.webhook.endpoint;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.events.identity.Ids;

/** The webhook that a path names. */
public final class WebhookPath {
    private WebhookPath() {}

    /**
     * What a caller is told of a webhook that isn't there. Asked before a stream is read by that id: of a stream of something
     * else the caller must not even learn that it is there.
     *
     * @throws ApiException 404 when no webhook can have that id
     */
    public static ApiError missing(String webhookId) {
        var missing = ApiError.notFound("webhook", webhookId);
        if (!webhookId.startsWith("wh-") || !Ids.isWellFormed(webhookId)) {
            throw new ApiException(missing);
        }
        return missing;
    }
}
