package io.nodeledger.simulators.kubernetes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class DeletionTest {
    private final ObjectStore store = new ObjectStore(10);
    private final Deletion deletion = new Deletion(store);

    @Test
    void whatIsGoneIsNotFoundButMayBeMissingInACollection() {
        // given
        ObjectNode settings = Fields.object();
        settings.putObject("metadata").put("name", "settings").put("namespace", "default");
        ObjectKey key = ObjectKey.of(store.create(Resource.CONFIG_MAPS, settings));

        // when
        deletion.deleteIfPresent(Resource.CONFIG_MAPS, key, Fields.object());

        // then
        assertThat(store.find(Resource.CONFIG_MAPS, key)).isEmpty();
        deletion.deleteIfPresent(Resource.CONFIG_MAPS, key, Fields.object());
        assertThatThrownBy(() -> deletion.delete(Resource.CONFIG_MAPS, key, Fields.object()))
                .isInstanceOfSatisfying(
                        ApiError.class, refusal -> assertThat(refusal.code()).isEqualTo(404));
    }
}
