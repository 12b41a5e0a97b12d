package io.nodeledger.base.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import org.axonframework.serialization.RevisionResolver;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * JSON for events and for framework state.
 *
 * <p>Both keep decimals exactly as they are, digit for digit, also on the way through an upcaster's tree; both write
 * instants as ISO 8601 and properties in the order of declaration.
 */
public final class JsonSerializers {

    private JsonSerializers() {}

    /** Serializes the payload and metadata of events and commands. */
    public static Jackson3Serializer forMessages(RevisionResolver revisions) {
        return Jackson3Serializer.builder()
                .revisionResolver(revisions)
                .jsonMapperBuilderCustomizer(JsonSerializers::exact)
                .build();
    }

    /**
     * Serializes tokens, snapshots and sagas: private fields count, and type ids of Axon's own classes are read back,
     * without which a replay token could not be.
     */
    public static Jackson3Serializer forState(RevisionResolver revisions) {
        return Jackson3Serializer.builder()
                .revisionResolver(revisions)
                .jsonMapperBuilderCustomizer(mapper -> {
                    exact(mapper);
                    mapper.changeDefaultVisibility(
                            visibility -> visibility.withVisibility(PropertyAccessor.FIELD, Visibility.ANY));
                    mapper.polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                            .allowIfSubType("org.axonframework.")
                            .allowIfSubType("io.nodeledger.")
                            .build());
                })
                .build();
    }

    private static void exact(JsonMapper.Builder mapper) {
        mapper.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY);
    }
}
