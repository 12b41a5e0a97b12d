package io.nodeledger.base.messaging;

import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.base.tracing.Work;
import io.nodeledger.events.cause.Cause;
import java.util.Map;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/**
 * Handles commands on the caller's thread, each as a span that ends with its transaction, and of which the events that it
 * appends say that they come from it.
 */
final class TracedCommandBus extends SimpleCommandBus {
    private final Tracing tracing;

    TracedCommandBus(Builder builder, Tracing tracing) {
        super(builder);
        this.tracing = tracing;
    }

    @Override
    protected <C, R> void doDispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        Cause cause = Cause.fromMetadata(command.getMetaData());
        String name = "command " + command.getPayloadType().getSimpleName();
        try (var work = tracing.begin(name, cause.traceParent())
                .about(Work.REQUEST_ID, (String) command.getMetaData().get(Cause.REQUEST_ID))) {
            super.<C, R>doDispatch(marked(command, work.traceParent()), (sent, result) -> {
                if (result.isExceptional()) {
                    work.failed(result.exceptionResult());
                }
                callback.onResult(sent, result);
            });
        }
    }

    private static <C> CommandMessage<C> marked(CommandMessage<C> command, @Nullable String traceParent) {
        return traceParent == null ? command : command.andMetaData(Map.of(Cause.TRACE_PARENT, traceParent));
    }

    /** What a command carries from the thread that sends it: tries that follow a lost one are made by others. */
    static MetaData sentWithin(Tracing tracing) {
        String traceParent = tracing.current();
        return traceParent == null ? MetaData.emptyInstance() : MetaData.with(Cause.TRACE_PARENT, traceParent);
    }
}
