package io.nodeledger.query.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class QuantityProperties {
    private static final Pattern PRINTED = Pattern.compile("(-?[0-9]+)([numkMGTPE]|[KMGTPE]i|e-?[0-9]+)?");
    private static final BigDecimal BILLION = BigDecimal.TEN.pow(9);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Map<String, BigDecimal> FACTORS = factors();

    /** A quantity, and its number and suffix apart. */
    record Written(BigDecimal number, String suffix, String text) {
        BigDecimal amount() {
            var exact = number.multiply(FACTORS.get(suffix));
            var rounded = exact.multiply(BILLION).setScale(0, RoundingMode.UP).divide(BILLION);
            return suffix.endsWith("i") ? rounded.max(MOST.negate()).min(MOST) : rounded;
        }
    }

    @Property
    void the_amount_is_the_number_times_what_the_suffix_stands_for(@ForAll("quantities") Written written) {
        assertThat(read(written.text()).amount()).isEqualByComparingTo(written.amount());
    }

    @Property
    void printing_loses_nothing_and_what_is_printed_is_printed_the_same(@ForAll("quantities") Written written) {
        var quantity = read(written.text());

        var again = read(quantity.canonical());

        assertThat(again.amount()).isEqualByComparingTo(quantity.amount());
        assertThat(again.canonical()).isEqualTo(quantity.canonical());
    }

    @Property
    void what_is_printed_has_no_fraction_and_the_largest_suffix(@ForAll("quantities") Written written) {
        String printed = read(written.text()).canonical();

        var parts = PRINTED.matcher(printed);
        assertThat(parts.matches()).as(printed).isTrue();
        var number = new BigInteger(parts.group(1));
        String suffix = parts.group(2) == null ? "" : parts.group(2);
        if (number.signum() == 0) {
            assertThat(printed).isEqualTo("0");
        } else if (suffix.endsWith("i")) {
            assertThat(suffix.equals("Ei")
                            || number.mod(BigInteger.valueOf(1024)).signum() != 0)
                    .as(printed)
                    .isTrue();
        } else {
            assertThat(number.mod(BigInteger.valueOf(1000)).signum())
                    .as(printed)
                    .isNotZero();
        }
    }

    @Property
    void counts_are_the_least_that_are_enough(@ForAll("quantities") Written written) {
        var quantity = read(written.text());
        if (quantity.amount().abs().compareTo(BigDecimal.TEN.pow(15)) < 0) {
            assertLeast(quantity.whole(), quantity.amount());
            assertLeast(quantity.milli(), quantity.amount().multiply(BigDecimal.valueOf(1000)));
        }
    }

    private static void assertLeast(long count, BigDecimal amount) {
        assertThat(BigDecimal.valueOf(count)).isGreaterThanOrEqualTo(amount);
        assertThat(BigDecimal.valueOf(count - 1)).isLessThan(amount);
    }

    @Provide
    Arbitrary<Written> quantities() {
        var sign = Arbitraries.of("", "", "+", "-");
        var digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(19);
        var decimals = Arbitraries.oneOf(
                Arbitraries.just(""),
                Arbitraries.strings().numeric().ofMaxLength(12).map(text -> "." + text));
        var suffix = Arbitraries.of(List.copyOf(FACTORS.keySet()));
        return Combinators.combine(sign, digits, decimals, suffix)
                .as((s, whole, fraction, unit) -> new Written(
                        new BigDecimal(s + whole + (fraction.length() > 1 ? fraction : "")),
                        unit,
                        s + whole + fraction + unit));
    }

    private static Quantity read(String text) {
        return Quantity.parse(text).orElseThrow(() -> new AssertionError(text + " is a quantity"));
    }

    private static Map<String, BigDecimal> factors() {
        var binary = Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);
        var decimal = Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
        return Stream.of(
                        binary.entrySet().stream()
                                .map(one -> Map.entry(
                                        one.getKey(), BigDecimal.valueOf(2).pow(one.getValue()))),
                        decimal.entrySet().stream()
                                .map(one -> Map.entry(one.getKey(), BigDecimal.ONE.movePointRight(one.getValue()))),
                        IntStream.rangeClosed(-12, 24)
                                .boxed()
                                .flatMap(power -> Stream.of("e", "E")
                                        .map(letter ->
                                                Map.entry(letter + power, BigDecimal.ONE.movePointRight(power)))))
                .flatMap(entries -> entries)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
