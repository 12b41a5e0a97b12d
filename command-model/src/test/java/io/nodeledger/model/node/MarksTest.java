package io.nodeledger.model.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.Taint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a change of labels and taints leaves on a node. */
class MarksTest {
    private static final Taint PLATFORMS = new Taint("nodeledger.io/workspace", "ws-1", "NoSchedule");
    private static final Taint USERS = new Taint("gpu", "yes", "NoSchedule");

    @Test
    void otherTaintsLeaveThePlatformsOwn() {
        var marks = new Marks(Map.of(), List.of(PLATFORMS, new Taint("old", "", "NoExecute")));

        assertThat(marks.changed(Map.of(), List.of(USERS)).taints()).containsExactly(PLATFORMS, USERS);
        assertThat(marks.changed(Map.of(), List.of()).taints()).containsExactly(PLATFORMS);
        assertThat(marks.changed(Map.of(), null)).isEqualTo(marks);
    }
}
