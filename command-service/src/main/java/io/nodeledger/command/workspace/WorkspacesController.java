package io.nodeledger.command.workspace;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.dispatch.CommandDispatch;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.RequestBodyReader;
import io.nodeledger.base.web.Rule;
import io.nodeledger.command.KnownRegions;
import io.nodeledger.events.workspace.WorkspaceAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code PUT /api/v1/admin/workspaces/{wsId}}: create a workspace, or make it what the body says. */
@RestController
public final class WorkspacesController {
    private static final int LARGEST_LIMIT = 100_000;
    private static final Map<String, WorkspacePlan> PLANS = plans();

    private final RequestBodyReader bodies;
    private final Catalogue catalogue;
    private final KnownRegions regions;
    private final CommandDispatch dispatch;
    private final Clock clock;

    public WorkspacesController(
            RequestBodyReader bodies,
            Catalogue catalogue,
            KnownRegions regions,
            CommandDispatch dispatch,
            Clock clock) {
        this.bodies = bodies;
        this.catalogue = catalogue;
        this.regions = regions;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    @PutMapping("/api/v1/admin/workspaces/{wsId}")
    @Requires(Permission.PLATFORM_ADMIN)
    ResponseEntity<Data<PutAnswer>> put(HttpServletRequest request, @PathVariable String wsId) throws IOException {
        var command = command(wsId, bodies.read(request));
        var answer = dispatch.send(request, wsId, command, WorkspaceAnswer.class, ApiError.notFound("workspace", wsId));
        return switch (answer) {
            case WorkspaceAnswer.Refused no -> throw CommandDispatch.refused(no.refusal());
            case WorkspaceAnswer.Created(long sequence) ->
                answer(
                        ResponseEntity.status(201).header(HttpHeaders.LOCATION, "/api/v1/admin/workspaces/" + wsId),
                        command,
                        sequence);
            case WorkspaceAnswer.Updated(long sequence) -> answer(ResponseEntity.ok(), command, sequence);
        };
    }

    private PutWorkspace command(String workspaceId, JsonFields body) {
        WorkspaceRules.ID
                .check(workspaceId)
                .ifPresent(no -> body.violations().add("workspace_id", no.code(), no.message()));
        var plan = body.required("plan", JsonValues.word(PLANS));
        var region = body.required("region", JsonValues.text(this::checkRegion));
        var namespace = body.optional("namespace", JsonValues.text(WorkspaceRules.NAMESPACE));
        var maxNodes = body.optional("max_nodes", JsonValues.integer(0, LARGEST_LIMIT));
        var suspended = body.optional("suspended", JsonValues.bool());
        body.finish();
        return new PutWorkspace(
                workspaceId,
                plan.get(),
                region.get(),
                namespace.orNull(),
                maxNodes.orNull(),
                suspended.orElse(false),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private Optional<Rule.Broken> checkRegion(String region) {
        return regions.knows(region, catalogue)
                ? Optional.empty()
                : Rule.broken("not_found", "there is no such region");
    }

    private static ResponseEntity<Data<PutAnswer>> answer(
            ResponseEntity.BodyBuilder answer, PutWorkspace command, long sequence) {
        Integer limit = command.maxNodes();
        String namespace = command.namespace();
        return answer.contentType(MediaType.APPLICATION_JSON)
                .header(
                        CommandDispatch.POSITION,
                        CommandDispatch.position(WorkspaceCommand.streamIdOf(command.workspaceId()), sequence))
                .body(new Data<>(new PutAnswer(
                        command.workspaceId(),
                        command.plan().word(),
                        command.region(),
                        namespace == null ? command.workspaceId() : namespace,
                        limit == null ? command.plan().maxNodes() : limit,
                        command.suspended())));
    }

    private static Map<String, WorkspacePlan> plans() {
        var plans = new LinkedHashMap<String, WorkspacePlan>();
        for (WorkspacePlan plan : WorkspacePlan.values()) {
            plans.put(plan.word(), plan);
        }
        return plans;
    }

    /** The workspace as the request made it, with what the model put in for what was left out. */
    record PutAnswer(String id, String plan, String region, String namespace, int maxNodes, boolean suspended) {}
}
