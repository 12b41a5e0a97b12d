package io.nodeledger.events.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdsTest {
    static Stream<Supplier<String>> orderedIds() {
        return Stream.of(Ids::delivery, Ids::key);
    }

    @ParameterizedTest
    @MethodSource("orderedIds")
    void idsOfOneMillisecondAreInTheirOrder(Supplier<String> ids) {
        var made = Stream.generate(ids).limit(10_000).toList();

        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(Ids::isWellFormed);
    }
}
