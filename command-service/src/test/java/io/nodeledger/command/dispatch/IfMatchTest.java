package io.nodeledger.command.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.events.node.VersionCondition;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class IfMatchTest {
    private static final String NODE = "node-01jz0000000000000000000000";

    @Test
    void without_the_header_and_with_a_star_any_version_will_do() {
        assertThat(condition()).isEqualTo(VersionCondition.ANY);
        assertThat(condition("*")).isEqualTo(VersionCondition.ANY);
        assertThat(condition(" * ")).isEqualTo(VersionCondition.ANY);
        assertThat(VersionCondition.ANY.admits(17)).isTrue();
    }

    @Test
    void a_list_admits_the_versions_that_it_names_and_no_other() {
        var condition = condition("\"" + NODE + ".3\" ,, \"" + NODE + ".0\"", "\"" + NODE + ".12\"");

        assertThat(condition).isEqualTo(VersionCondition.oneOf(Set.of(0L, 3L, 12L)));
        assertThat(condition.admits(3)).isTrue();
        assertThat(condition.admits(4)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"abc\"",
                "\"\"",
                "\"a,b\"",
                "\"*\"",
                "W/\"" + NODE + ".3\"",
                "\"" + NODE + "\"",
                "\"" + NODE + ".\"",
                "\"" + NODE + ".03\"",
                "\"" + NODE + ".-3\"",
                "\"" + NODE + ".3000000000000000000000\"",
                "\"node-01jz0000000000000000000001.3\""
            })
    void a_tag_that_is_not_this_nodes_matches_nothing(String header) {
        assertThat(condition(header)).isEqualTo(VersionCondition.oneOf(Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ",",
                "abc",
                "\"abc",
                "abc\"",
                "w/\"abc\"",
                "W/ \"abc\"",
                "\"a\" \"b\"",
                "\"a\"b",
                "*, \"a\"",
                "\"a\", *",
                "\"a b\"",
                "'a'"
            })
    void what_is_no_list_of_entity_tags_is_a_400_that_names_the_header(String header) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> condition(header))
                .satisfies(refused -> {
                    assertThat(refused.error().code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
                    assertThat(refused.error().details().toString()).contains("field=If-Match");
                });
    }

    private static VersionCondition condition(String... lines) {
        var request = new MockHttpServletRequest();
        for (String line : lines) {
            request.addHeader("If-Match", line);
        }
        return IfMatch.of(request, NODE);
    }
}
