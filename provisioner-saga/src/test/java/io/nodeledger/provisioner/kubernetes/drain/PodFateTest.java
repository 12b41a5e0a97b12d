package io.nodeledger.provisioner.kubernetes.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodFateTest {
    private static final Instant BEGUN = Instant.parse("2026-01-02T00:00:00Z");

    @Test
    void aPodOfADeploymentIsEvicted() {
        assertThat(PodFate.of(APod.of("ReplicaSet").build(), BEGUN)).isEqualTo(PodFate.EVICTED);
    }

    @Test
    void aPodOfADaemonSetStays() {
        assertThat(PodFate.of(APod.of("DaemonSet").build(), BEGUN)).isEqualTo(PodFate.STAYS);
    }

    @Test
    void aMirrorPodStays() {
        var mirror = APod.alone()
                .editMetadata()
                .withAnnotations(Map.of("kubernetes.io/config.mirror", "hash"))
                .endMetadata()
                .build();
        assertThat(PodFate.of(mirror, BEGUN)).isEqualTo(PodFate.STAYS);
    }

    @Test
    void aPodWithoutAControllerIsUnmanaged() {
        assertThat(PodFate.of(APod.alone().build(), BEGUN)).isEqualTo(PodFate.UNMANAGED);
    }

    @Test
    void anUnmanagedPodThatHasEndedIsOnlyARecord() {
        var ended = APod.alone().editStatus().withPhase("Succeeded").endStatus().build();
        assertThat(PodFate.of(ended, BEGUN)).isEqualTo(PodFate.FINISHED);
    }

    @Test
    void aTerminatingPodIsNotAskedAgain() {
        var leaving = APod.of("ReplicaSet")
                .editMetadata()
                .withDeletionTimestamp("2026-01-02T00:00:01Z")
                .endMetadata()
                .build();
        assertThat(PodFate.of(leaving, BEGUN)).isEqualTo(PodFate.LEAVING);
    }

    @Test
    void aPodThatIgnoresTheCordonAndCameBackStays() {
        var back = APod.of("ReplicaSet")
                .editMetadata()
                .withCreationTimestamp("2026-01-02T00:00:01Z")
                .endMetadata()
                .editSpec()
                .addNewToleration()
                .withOperator("Exists")
                .endToleration()
                .endSpec()
                .build();
        assertThat(PodFate.of(back, BEGUN)).isEqualTo(PodFate.STAYS);
    }

    @Test
    void aPodThatMerelySeemsYoungerThanTheDrainIsEvicted() {
        var young = APod.of("ReplicaSet")
                .editMetadata()
                .withCreationTimestamp("2026-01-02T00:00:01Z")
                .endMetadata()
                .build();
        assertThat(PodFate.of(young, BEGUN)).isEqualTo(PodFate.EVICTED);
    }
}
