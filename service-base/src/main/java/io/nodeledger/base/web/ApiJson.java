package io.nodeledger.base.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * JSON of the API: snake_case, RFC 3339 times in UTC, decimals as they are ({@code 86.40} stays {@code 86.40}), absent
 * values omitted. Kept apart from the mapper that stores events, whose format must never follow the API's.
 *
 * @param mapper writes answers
 */
public record ApiJson(JsonMapper mapper) {
    private static final int DEEPEST_NESTING = 32;

    /** The mapper of the API. */
    public static ApiJson standard() {
        var factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST_NESTING)
                        .build())
                .build();
        return new ApiJson(JsonMapper.builder(factory)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(inclusion -> inclusion
                        .withValueInclusion(JsonInclude.Include.NON_NULL)
                        .withContentInclusion(JsonInclude.Include.NON_NULL))
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .addModule(new SimpleModule("api-times").addSerializer(new Rfc3339()))
                .build());
    }

    /** Milliseconds only where there are any: the contract's examples show whole seconds. */
    private static final class Rfc3339 extends StdSerializer<Instant> {
        Rfc3339() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializationContext context) {
            json.writeString(time.truncatedTo(ChronoUnit.MILLIS).toString());
        }
    }
}
