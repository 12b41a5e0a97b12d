package io.nodeledger.query.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How costs compare with those of the period before, over spans of the same length.
 *
 * @param costTrend {@code increasing}, {@code decreasing} or {@code stable}
 * @param percentageChange of the costs before; absent when there were none
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Trend(String costTrend, @Nullable BigDecimal percentageChange, String comparisonPeriod) {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static Trend of(BigDecimal now, BigDecimal before, String comparisonPeriod) {
        BigDecimal difference = now.subtract(before);
        BigDecimal change =
                before.signum() == 0 ? null : difference.multiply(HUNDRED).divide(before, 1, RoundingMode.HALF_UP);
        int sign = change == null ? difference.signum() : change.signum();
        String word = sign == 0 ? "stable" : sign > 0 ? "increasing" : "decreasing";
        return new Trend(word, change, comparisonPeriod);
    }
}
