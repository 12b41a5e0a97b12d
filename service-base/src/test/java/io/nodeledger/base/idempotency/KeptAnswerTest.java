package io.nodeledger.base.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.workspace.ProvisionAnswer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeptAnswerTest {
    sealed interface Answer {
        sealed interface Good extends Answer {
            record Fine(
                    BigDecimal amount, Instant at, @Nullable String absent, List<String> some, Map<String, Long> more)
                    implements Good {}
        }

        record Other(String word) implements Answer {}
    }

    @Test
    void an_answer_comes_back_as_it_was() {
        var admitted = new ProvisionAnswer.Admitted(
                "node-1",
                "task-1",
                "eu",
                Instant.parse("2026-01-01T00:00:00.001Z"),
                Instant.parse("2026-01-01T00:05:00Z"));
        var deleting = new DeletionAnswer.Deleting("task-2", true, 7);

        assertThat(KeptAnswer.of(admitted).as(ProvisionAnswer.class)).isEqualTo(admitted);
        assertThat(KeptAnswer.of(deleting).as(DeletionAnswer.class)).isEqualTo(deleting);
    }

    @Test
    void cases_of_cases_and_every_kind_of_value_are_kept() {
        var fine = new Answer.Good.Fine(
                new BigDecimal("86.40"),
                Instant.parse("2026-01-01T00:00:00.123456789Z"),
                null,
                List.of("a"),
                Map.of("b", 1L));

        assertThat(KeptAnswer.of(fine).as(Answer.class)).isEqualTo(fine);
    }

    @Test
    void a_row_loads_no_class_that_was_not_expected() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new KeptAnswer("java.lang.Runtime", "{}").as(Answer.class))
                .withMessageContaining("java.lang.Runtime");
    }
}
