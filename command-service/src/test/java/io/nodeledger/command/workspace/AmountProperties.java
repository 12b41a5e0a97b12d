package io.nodeledger.command.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class AmountProperties {
    @Property
    boolean every_number_of_cents_up_to_the_limit_is_an_amount(
            @ForAll @LongRange(min = 1, max = 100_000_000_000L) long cents) {
        return WorkspaceRules.AMOUNT.check(BigDecimal.valueOf(cents, 2)).isEmpty();
    }

    @Property
    boolean nothing_below_or_at_zero_is_an_amount(@ForAll @LongRange(max = 0, min = Long.MIN_VALUE) long cents) {
        return WorkspaceRules.AMOUNT.check(BigDecimal.valueOf(cents, 2)).isPresent();
    }

    @Test
    void numbers_that_are_short_to_write_and_long_to_hold_are_refused_at_once() {
        for (String text : new String[] {"1e999999999", "1e-999999999", "1000000000.01", "0.001"}) {
            assertThat(WorkspaceRules.AMOUNT.check(new BigDecimal(text))).isPresent();
        }
        assertThat(WorkspaceRules.AMOUNT.check(new BigDecimal("5.0000"))).isEmpty();
    }
}
