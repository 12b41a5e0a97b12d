package io.nodeledger.provisioner.activity;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes activity rows as JSON, so that operators can read them and a later version can too. */
final class StepTaskJson implements Serializer {
    private final JsonMapper json = JsonMapper.builder().build();

    @Override
    public byte[] serialize(@Nullable Object data) {
        return json.writeValueAsBytes(data);
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] serialized) {
        return json.readValue(serialized, type);
    }
}
