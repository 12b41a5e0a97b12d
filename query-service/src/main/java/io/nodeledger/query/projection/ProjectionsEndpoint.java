package io.nodeledger.query.projection;

import io.nodeledger.query.projection.ProjectionRebuild.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** Read models for operators, on the management port: GET shows them, POST with a name rebuilds one. */
@Endpoint(id = "projections")
public class ProjectionsEndpoint {
    private final ProjectionRebuild rebuild;

    ProjectionsEndpoint(ProjectionRebuild rebuild) {
        this.rebuild = rebuild;
    }

    @ReadOperation
    public List<Status> all() {
        return rebuild.all();
    }

    @ReadOperation
    public WebEndpointResponse<@Nullable Status> one(@Selector String name) {
        return rebuild.status(name)
                .map(status -> new WebEndpointResponse<@Nullable Status>(status))
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
    }

    @WriteOperation
    public WebEndpointResponse<@Nullable Status> start(@Selector String name) {
        return rebuild.start(name)
                .map(status -> new WebEndpointResponse<@Nullable Status>(status, 202))
                .orElseGet(() -> new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND));
    }
}
