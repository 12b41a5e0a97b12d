package io.nodeledger.events.external;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.external.LifecycleNotice.Actor;
import io.nodeledger.events.workspace.WorkspaceEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What happened to a workspace's credits, as consumers get it, version 1. Fields may be added; none changes its meaning or goes.
 *
 * @param workspaceId whose credits
 * @param actor who caused it
 * @param requestId the request that began it all
 * @param details what else there is to say, by type; amounts in USD
 */
public record CreditNotice(String workspaceId, Actor actor, String requestId, Map<String, Object> details) {
    /** The notice of an event that leaves. */
    public static CreditNotice of(WorkspaceEvent event, Cause cause) {
        return new CreditNotice(
                event.workspaceId(),
                new Actor(cause.actorId(), cause.actorType(), cause.actorRole()),
                cause.requestId(),
                details(event));
    }

    private static Map<String, Object> details(WorkspaceEvent happened) {
        return switch (happened) {
            case WorkspaceEvent.CreditsGranted event -> {
                var details = new LinkedHashMap<String, Object>();
                details.put("amount", event.amount());
                if (event.reason() != null) {
                    details.put("reason", event.reason());
                }
                yield details;
            }
            case WorkspaceEvent.WorkspaceCharged event ->
                Map.of(
                        "day", event.day().toString(),
                        "amount", event.amount(),
                        "from_available", event.fromAvailable(),
                        "from_holds", event.fromHolds(),
                        "owed", event.owed());
            case WorkspaceEvent.OwedSettled event -> Map.of("amount", event.amount());
            case WorkspaceEvent.CreditsExhausted event ->
                Map.of(
                        "owed", event.owed(),
                        "grace_ends_at", event.graceEndsAt(),
                        "after_grace", event.afterGrace().word());
            case WorkspaceEvent.CreditsRestored _ -> Map.of();
            default -> throw new IllegalArgumentException(happened.getClass().getSimpleName() + " never leaves");
        };
    }
}
