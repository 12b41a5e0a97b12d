package io.nodeledger.command.lifecycle;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.events.identity.Ids;

/** The node that a path names. */
public final class NodePath {
    private NodePath() {}

    /**
     * What a caller is told of a node that isn't there.
     *
     * @throws ApiException 404 when no node can have that id
     */
    public static ApiError missing(String nodeId) {
        var missing = ApiError.notFound("node", nodeId);
        if (!nodeId.startsWith("node-") || !Ids.isWellFormed(nodeId)) {
            throw new ApiException(missing);
        }
        return missing;
    }
}
