package io.nodeledger.query.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0Ki, 0",
        "-0, 0",
        "007, 7",
        "+1, 1",
        ".5, 500m",
        "5., 5",
        "1.5, 1500m",
        "1000m, 1",
        "1.2345, 1234500u",
        "0.9n, 1n",
        "-0.9n, -1n",
        "100k, 100k",
        "1000k, 1M",
        "1024, 1024",
        "18446744073709551616, 18446744073709551616",
        "1E, 1E",
        "1000E, 1e21",
        "1Ki, 1Ki",
        "1000Ki, 1000Ki",
        "1024Ki, 1Mi",
        "1.5Gi, 1536Mi",
        "-1.5Gi, -1536Mi",
        "0.5Ki, 512",
        "0.1Ki, 102400m",
        "0.0001Ki, 102400u",
        "1.0001Ki, 1024102400u",
        "1Ei, 1Ei",
        "8Ei, 9223372036854775807",
        "-9Ei, -9223372036854775807",
        "12e6, 12e6",
        "1E3, 1e3",
        "1e4, 10e3",
        "1e0, 1",
        "1e-3, 1e-3",
        "1e+2, 100",
    })
    void what_kubernetes_reads_is_printed_as_kubernetes_prints_it(String text, String canonical) {
        assertThat(Quantity.parse(text).map(Quantity::canonical)).hasValue(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1 ",
                " 1",
                "1K",
                "1ki",
                "1Mb",
                "1.2.3",
                "--1",
                "+-1",
                "1e",
                "1e+",
                "1e1.5",
                "e3",
                "Ki",
                "m",
                ".",
                "+",
                "-",
                "0x1",
                "1,5",
                "NaN",
                "Infinity",
                "1e1000",
                "\u0661",
                "1Gi ",
                "1iG",
                "1GiB"
            })
    void anything_else_is_no_quantity(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }

    @Test
    void a_text_that_would_take_long_to_read_is_no_quantity() {
        assertThat(Quantity.parse("1".repeat(64))).isPresent();
        assertThat(Quantity.parse("1".repeat(65))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1500m, 1500, 2",
        "1n, 1, 1",
        "1.0001, 1001, 2",
        "-1500m, -1500, -1",
        "1e999, 9223372036854775807, 9223372036854775807",
        "-1e999, -9223372036854775808, -9223372036854775808",
        "1e-999, 1, 1",
    })
    void counts_are_rounded_up_and_end_where_a_long_does(String text, long milli, long whole) {
        var quantity = Quantity.parse(text).orElseThrow();

        assertThat(quantity.milli()).isEqualTo(milli);
        assertThat(quantity.whole()).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, 3800m, 3.8",
        "cpu, 4, 4",
        "cpu, 0.05, 0.1",
        "memory, 7864320Ki, 7.5Gi",
        "memory, 8G, 7.5Gi",
        "memory, 1Ti, 1024Gi",
        "pods, 110, 110",
        "memory, much, much",
    })
    void what_is_shown_is_in_the_contracts_unit(String resource, String printed, String shown) {
        assertThat(ShownQuantity.of(resource, printed)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"2200, 2.2", "2299, 2.2", "99, 0", "0, 0", "20000, 20"})
    void room_of_cores_is_never_shown_too_large(long milli, String shown) {
        assertThat(ShownQuantity.roomOfCores(milli)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"2684354560, 2.5Gi", "2684354559, 2.4Gi", "246960619520, 230Gi", "0, 0Gi"})
    void room_of_bytes_is_never_shown_too_large(long bytes, String shown) {
        assertThat(ShownQuantity.roomOfBytes(bytes)).isEqualTo(shown);
    }
}
