package io.nodeledger.base.idempotency;

import io.nodeledger.events.refusal.Refusal;
import java.util.Arrays;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answer to a command with a key, in the transaction that appends the command's events. Commands without one,
 * as the sagas' are, pass.
 *
 * <p>It acts after the aggregate has decided, so that a crowd with keys that waits for one aggregate holds no connections
 * meanwhile: who has the aggregate would need one to go on.
 */
public final class KeyedCommands implements MessageHandlerInterceptor<CommandMessage<?>> {
    private final KeptAnswers answers;

    public KeyedCommands(KeptAnswers answers) {
        this.answers = answers;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        if (!(work.getMessage().getMetaData().get(IdempotencyKey.METADATA) instanceof IdempotencyKey key)) {
            return chain.proceed();
        }
        Object answer = decided(chain, key);
        if (isRefusal(answer)) {
            answers.requireUnanswered(key);
        } else {
            answers.keep(key, answer);
        }
        return answer;
    }

    private Object decided(InterceptorChain chain, IdempotencyKey key) throws Exception {
        try {
            return chain.proceed();
        } catch (AggregateNotFoundException none) {
            answers.requireUnanswered(key);
            throw none;
        }
    }

    /** By what an answer carries, so that no new one can forget to say that it is a refusal. */
    private static boolean isRefusal(Object answer) {
        return answer.getClass().isRecord()
                && Arrays.stream(answer.getClass().getRecordComponents())
                        .anyMatch(component -> Refusal.class.isAssignableFrom(component.getType()));
    }
}
