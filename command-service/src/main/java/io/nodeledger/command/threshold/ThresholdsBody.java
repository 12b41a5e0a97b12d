package io.nodeledger.command.threshold;

import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Rule;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads {@code {cpu: {percentage, for_seconds}, memory, storage}} (source: API decisions, "Shapes fixed here"). */
final class ThresholdsBody {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    /** What lasts longer than a day is no incident; a check that begins anew would never come to its end. */
    private static final int LONGEST_SECONDS = 86_400;

    private static final JsonValue<Threshold> THRESHOLD = JsonValues.object(fields -> {
        var percentage = fields.required("percentage", JsonValues.decimal(ThresholdsBody::check));
        var forSeconds = fields.required("for_seconds", JsonValues.integer(0, LONGEST_SECONDS));
        return () -> new Threshold(percentage.get(), forSeconds.get());
    });

    private ThresholdsBody() {}

    /**
     * What is set from now on; what is left out is set no longer.
     *
     * @throws io.nodeledger.base.web.ApiException 400 {@code VALIDATION_ERROR} naming every bad field
     */
    static Thresholds read(JsonFields body) {
        var cpu = body.optional("cpu", THRESHOLD);
        var memory = body.optional("memory", THRESHOLD);
        var storage = body.optional("storage", THRESHOLD);
        body.finish();
        return new Thresholds(cpu.orNull(), memory.orNull(), storage.orNull());
    }

    // Compared before it is scaled: 1e999999999 is a short text and a very long number.
    private static Optional<Rule.Broken> check(BigDecimal percentage) {
        if (percentage.compareTo(BigDecimal.ONE) < 0 || percentage.compareTo(ALL) > 0) {
            return Rule.broken("out_of_range", "must be between 1 and 100");
        }
        return percentage.stripTrailingZeros().scale() <= 1
                ? Optional.empty()
                : Rule.broken("too_precise", "must have at most one decimal");
    }
}
