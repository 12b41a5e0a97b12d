package io.nodeledger.base.catalogue;

import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Rule;
import io.nodeledger.base.web.Violations;
import io.nodeledger.events.catalogue.PlanPrice;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Takes a plan's prices out of its part of the catalogue. */
final class PriceReader {
    private static final int MOST = 1000;
    private static final JsonValue<BigDecimal> RATE = JsonValues.decimal(Rule.none());

    private PriceReader() {}

    /** Later prices may leave out what a stopped node costs: that stays as it was before. */
    private record Change(
            Instant validFrom,
            BigDecimal hourlyRate,
            @Nullable BigDecimal stoppedRate) {}

    static Supplier<List<PlanPrice>> read(JsonFields plan) {
        var hourlyRate = plan.required("hourly_rate", RATE);
        var stoppedRate = plan.required("stopped_rate", RATE);
        var changes = plan.optional("prices", JsonValues.list(JsonValues.object(PriceReader::change), MOST));
        return () -> prices(new PlanPrice(Instant.MIN, hourlyRate.get(), stoppedRate.get()), changes.orElse(List.of()));
    }

    private static List<PlanPrice> prices(PlanPrice first, List<Change> changes) {
        var prices = new ArrayList<PlanPrice>();
        prices.add(first);
        for (Change change :
                changes.stream().sorted(Comparator.comparing(Change::validFrom)).toList()) {
            BigDecimal stopped = change.stoppedRate();
            prices.add(new PlanPrice(
                    change.validFrom(),
                    change.hourlyRate(),
                    stopped == null ? prices.getLast().stoppedRate() : stopped));
        }
        return prices;
    }

    private static Supplier<Change> change(JsonFields fields) {
        var validFrom = fields.required("valid_from", PriceReader::moment);
        var hourlyRate = fields.required("hourly_rate", RATE);
        var stoppedRate = fields.optional("stopped_rate", RATE);
        return () -> new Change(validFrom.get(), hourlyRate.get(), stoppedRate.orNull());
    }

    private static Optional<Instant> moment(JsonNode node, String path, Violations violations) {
        try {
            String text = node.isString() ? node.stringValue() : "";
            return Optional.of(
                    text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException unreadable) {
            violations.add(
                    path, "invalid_format", "must be a day such as 2026-01-01 or a time such as 2026-01-01T00:00:00Z");
            return Optional.empty();
        }
    }
}
