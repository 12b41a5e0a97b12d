package io.nodeledger.base.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.bank.BankMessages.OpenAccount;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.testing.PostgresServer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Traces and log lines through commands, as a service wires them. */
class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private static BankService bank;
    private static Tracing tracing;

    @BeforeAll
    static void start() {
        bank = BankService.on(PostgresServer.newDatabase());
        tracing = bank.bean(Tracing.class);
    }

    @AfterAll
    static void stop() {
        bank.close();
    }

    @Test
    void eventsAreOfTheTraceInWhichTheirCommandWasSent() {
        String sent;
        try (var work = tracing.begin("test", CALLER)) {
            sent = work.traceParent();
            bank.send(new OpenAccount("acc-traced"));
        }

        assertThat(traceParentOf("acc-traced"))
                .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                .isNotEqualTo(CALLER)
                .isNotEqualTo(sent);
    }

    @Test
    void whatACommandBringsCountsWhereItsSenderIsInNoTrace() {
        CommandMessage<?> command = GenericCommandMessage.asCommandMessage(new OpenAccount("acc-later"))
                .andMetaData(Map.of(Cause.TRACE_PARENT, CALLER));

        bank.bean(CommandGateway.class).sendAndWait(command);

        assertThat(traceParentOf("acc-later")).matches("00-" + TRACE + "-[0-9a-f]{16}-01");
    }

    @Test
    void whatIsMalformedCountsAsAbsent() {
        for (String malformed : List.of("", "00-1-2-01", CALLER.toUpperCase(Locale.ROOT), CALLER + "-x")) {
            assertThat(Tracing.wellFormed(malformed)).isNull();
            try (var work = tracing.begin("test", malformed)) {
                assertThat(work.traceParent())
                        .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")
                        .doesNotContain(TRACE);
            }
        }
    }

    @Test
    void logLinesAreAboutTheWorkUntilItEnds() {
        try (var _ = MDC.putCloseable(Work.NODE_ID, "node-outer")) {
            try (var _ =
                    tracing.begin("test", CALLER).about(Work.NODE_ID, "node-1").about(Work.OPERATION_ID, null)) {
                assertThat(MDC.get(Work.NODE_ID)).isEqualTo("node-1");
                assertThat(MDC.get("trace_id")).isEqualTo(TRACE);
                assertThat(MDC.get(Work.OPERATION_ID)).isNull();
            }
            assertThat(MDC.get(Work.NODE_ID)).isEqualTo("node-outer");
            assertThat(MDC.get("trace_id")).isNull();
        }
    }

    @Test
    void otherThreadsGoOnInTheTraceAndAboutTheSame() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var work = tracing.begin("test", CALLER).about(Work.NODE_ID, "node-1")) {
            var there = threads.submit(Carried.by(() -> new There(tracing.current(), MDC.get(Work.NODE_ID))));

            assertThat(there.get()).isEqualTo(new There(work.traceParent(), "node-1"));
        }
    }

    private record There(
            @Nullable String traceParent, @Nullable String nodeId) {}

    private static String traceParentOf(String account) {
        return bank.sql()
                .sql("select metadata->>'traceparent' from eventstore.events where payload->>'account' = ?")
                .param(account)
                .query(String.class)
                .single();
    }
}
