package io.nodeledger.base.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class EventPositionTest {

    @Property(tries = 200)
    void whatWasWrittenIsReadBack(
            @ForAll @NotEmpty @AlphaChars @NumericChars @Chars({'-', ':', '_'}) @StringLength(max = 60) String stream,
            @ForAll @LongRange(min = 0) long sequence) {
        var position = new EventPosition(stream, sequence);

        assertThat(position.encode()).matches("[A-Za-z0-9_-]+");
        assertThat(EventPosition.decode(position.encode())).isEqualTo(new EventPosition.Decoded.Valid(position));
    }

    @Property(tries = 300)
    void anythingElseIsRefused(@ForAll @StringLength(max = 40) String text) {
        assertThat(EventPosition.decode(text)).isInstanceOf(EventPosition.Decoded.Malformed.class);
    }
}
