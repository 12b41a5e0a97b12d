package io.nodeledger.query.node;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Pattern;

/** Kubernetes quantities as the contract shows them: cores with at most one decimal, memory in Gi. */
final class KubernetesQuantity {
    private static final Pattern SHAPE = Pattern.compile("([0-9.]+)(n|u|m|k|M|G|T|Ki|Mi|Gi|Ti)?");
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final BigDecimal KILO = BigDecimal.valueOf(1000);
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(
            Map.entry("n", new BigDecimal("0.000000001")),
            Map.entry("u", new BigDecimal("0.000001")),
            Map.entry("m", new BigDecimal("0.001")),
            Map.entry("k", KILO),
            Map.entry("M", KILO.pow(2)),
            Map.entry("G", KILO.pow(3)),
            Map.entry("T", KILO.pow(4)),
            Map.entry("Ki", KIBI),
            Map.entry("Mi", KIBI.pow(2)),
            Map.entry("Gi", KIBI.pow(3)),
            Map.entry("Ti", KIBI.pow(4)));

    private KubernetesQuantity() {}

    /** The quantity of a resource in the contract's unit; what is not a quantity stays as it is. */
    static String shown(String resource, String quantity) {
        var parts = SHAPE.matcher(quantity);
        if (!parts.matches()) {
            return quantity;
        }
        var unit = parts.group(2);
        var amount = new BigDecimal(parts.group(1)).multiply(unit == null ? BigDecimal.ONE : UNITS.get(unit));
        return switch (resource) {
            case "cpu" -> plain(amount);
            case "memory" -> plain(amount.divide(KIBI.pow(3), 6, RoundingMode.HALF_UP)) + "Gi";
            default -> quantity;
        };
    }

    private static String plain(BigDecimal amount) {
        return amount.setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }
}
