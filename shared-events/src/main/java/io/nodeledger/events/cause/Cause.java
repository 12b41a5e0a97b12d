package io.nodeledger.events.cause;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who and what caused a message. It travels as metadata (strings only) on every command and event, from the first
 * request through sagas and activities to the last step, so that each effect still names the request that began it.
 *
 * @param actorId subject of the token, or the name of the part of the platform that acted
 * @param actorType {@code user} or {@code platform}
 * @param actorRole role in the workspace under which the actor was admitted
 * @param workspaceId workspace concerned, absent for platform-wide commands
 * @param requestId the {@code X-Request-Id} of the request that began it all
 * @param sourceAddress address of the caller, absent for the platform itself
 * @param idempotencyKey the caller's {@code Idempotency-Key}
 * @param command name of the command that caused the message
 * @param causingEventId event that made the platform send the command, absent when a person did
 * @param traceParent W3C trace context of the work that made the message, absent outside of any trace
 */
public record Cause(
        String actorId,
        String actorType,
        String actorRole,
        @Nullable String workspaceId,
        String requestId,
        @Nullable String sourceAddress,
        @Nullable String idempotencyKey,
        @Nullable String command,
        @Nullable String causingEventId,
        @Nullable String traceParent) {

    public static final String ACTOR_ID = "actor";
    public static final String ACTOR_TYPE = "actor_type";
    public static final String ACTOR_ROLE = "actor_role";
    public static final String WORKSPACE_ID = "workspace";
    public static final String REQUEST_ID = "request_id";
    public static final String SOURCE_ADDRESS = "source_address";
    public static final String IDEMPOTENCY_KEY = "idempotency_key";
    public static final String COMMAND = "cause_command";
    public static final String CAUSING_EVENT_ID = "cause_event";
    public static final String TRACE_PARENT = "traceparent";

    /** A cause outside of any trace. */
    public Cause(
            String actorId,
            String actorType,
            String actorRole,
            @Nullable String workspaceId,
            String requestId,
            @Nullable String sourceAddress,
            @Nullable String idempotencyKey,
            @Nullable String command,
            @Nullable String causingEventId) {
        this(
                actorId,
                actorType,
                actorRole,
                workspaceId,
                requestId,
                sourceAddress,
                idempotencyKey,
                command,
                causingEventId,
                null);
    }

    /** The cause as message metadata; absent parts are left out. */
    public Map<String, String> asMetadata() {
        var metadata = new LinkedHashMap<String, String>();
        metadata.put(ACTOR_ID, actorId);
        metadata.put(ACTOR_TYPE, actorType);
        metadata.put(ACTOR_ROLE, actorRole);
        metadata.put(REQUEST_ID, requestId);
        putIfPresent(metadata, WORKSPACE_ID, workspaceId);
        putIfPresent(metadata, SOURCE_ADDRESS, sourceAddress);
        putIfPresent(metadata, IDEMPOTENCY_KEY, idempotencyKey);
        putIfPresent(metadata, COMMAND, command);
        putIfPresent(metadata, CAUSING_EVENT_ID, causingEventId);
        putIfPresent(metadata, TRACE_PARENT, traceParent);
        return metadata;
    }

    /** Reads a cause back from message metadata. */
    public static Cause fromMetadata(Map<String, ?> metadata) {
        return new Cause(
                textOr(metadata, ACTOR_ID, "unknown"),
                textOr(metadata, ACTOR_TYPE, "platform"),
                textOr(metadata, ACTOR_ROLE, "platform"),
                text(metadata, WORKSPACE_ID),
                textOr(metadata, REQUEST_ID, "unknown"),
                text(metadata, SOURCE_ADDRESS),
                text(metadata, IDEMPOTENCY_KEY),
                text(metadata, COMMAND),
                text(metadata, CAUSING_EVENT_ID),
                text(metadata, TRACE_PARENT));
    }

    /** The same chain, continued by the platform because of an event. */
    public Cause continuedBy(String eventId) {
        return new Cause(
                actorId,
                actorType,
                actorRole,
                workspaceId,
                requestId,
                sourceAddress,
                idempotencyKey,
                command,
                eventId,
                traceParent);
    }

    /** The same cause for a named command. */
    public Cause forCommand(String name) {
        return new Cause(
                actorId,
                actorType,
                actorRole,
                workspaceId,
                requestId,
                sourceAddress,
                idempotencyKey,
                name,
                causingEventId,
                traceParent);
    }

    private static void putIfPresent(Map<String, String> metadata, String key, @Nullable String value) {
        if (value != null) {
            metadata.put(key, value);
        }
    }

    private static @Nullable String text(Map<String, ?> metadata, String key) {
        Object value = metadata.get(key);
        return value == null ? null : value.toString();
    }

    private static String textOr(Map<String, ?> metadata, String key, String fallback) {
        String value = text(metadata, key);
        return value == null ? fallback : value;
    }
}
