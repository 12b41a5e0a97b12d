package io.nodeledger.base.idempotency;

import java.util.Arrays;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * An accepted answer of the model, as it is kept. The type is stored by its simple name and looked up among the cases of
 * the answer that is expected, so that no class is ever loaded because a row says so.
 */
record KeptAnswer(String type, String json) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static KeptAnswer of(Object answer) {
        return new KeptAnswer(answer.getClass().getSimpleName(), JSON.writeValueAsString(answer));
    }

    /** The answer again. */
    <T> T as(Class<T> answer) {
        Class<?> kept = casesOf(answer)
                .filter(each -> each.getSimpleName().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + answer.getName() + " is a " + type));
        return answer.cast(JSON.readValue(json, kept));
    }

    private static Stream<Class<?>> casesOf(Class<?> answer) {
        return answer.isSealed()
                ? Arrays.stream(answer.getPermittedSubclasses()).flatMap(KeptAnswer::casesOf)
                : Stream.of(answer);
    }
}
