package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionStage;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The transitions that have not ended, in {@code provisioner.running_transition}. */
final class RunningTransitions {
    /** What instances take turns at. */
    static final String DUTY = "transition";

    private final JdbcClient jdbc;

    RunningTransitions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is remembered of a transition between rounds.
     *
     * @param progressedAt when it last got on, or came to its stage
     * @param unit what was begun in the window, null when nothing was
     * @param news how often something has happened to it
     */
    record Row(Instant progressedAt, @Nullable String unit, long news) {}

    /** There may be something to do for a transition: an event says so. */
    void due(String transitionId, String workspaceId, Instant at) {
        jdbc.sql("""
                        insert into provisioner.running_transition as t
                               (transition_id, workspace_id, due_at, stage, progressed_at)
                        values (:id, :workspace, :at, '', :at)
                        on conflict (transition_id) do update
                           set due_at = least(t.due_at, excluded.due_at), news = t.news + 1""")
                .param("id", transitionId)
                .param("workspace", workspaceId)
                .param("at", time(at))
                .update();
    }

    /** It has ended, and nobody's turn at it matters any more. */
    void forget(String transitionId) {
        jdbc.sql("""
                        with ended as (delete from provisioner.running_transition where transition_id = :id)
                        delete from provisioner.region_turn where duty = :duty and region = :id""").param("id", transitionId).param("duty", DUTY).update();
    }

    /** Those to look at now, the longest due first, without those that another instance works on. */
    List<String> due(Instant now, String holder, int most) {
        return jdbc.sql("""
                        select r.transition_id from provisioner.running_transition r
                         where r.due_at <= :now
                           and not exists (select from provisioner.region_turn t
                                            where t.duty = :duty and t.region = r.transition_id
                                              and t.held_until > now() and t.holder <> :holder)
                         order by r.due_at limit :most""")
                .param("now", time(now))
                .param("duty", DUTY)
                .param("holder", holder)
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** What is remembered of a transition at that stage; its time at a stage begins when it is first found there. */
    Optional<Row> at(String transitionId, TransitionStage stage, Instant now) {
        jdbc.sql("""
                        update provisioner.running_transition set stage = ?, progress = 0, progressed_at = ?
                         where transition_id = ? and stage <> ?""")
                .params(stage.name(), time(now), transitionId, stage.name())
                .update();
        return jdbc.sql("select progressed_at, unit, news from provisioner.running_transition where transition_id = ?")
                .param(transitionId)
                .query((row, _) -> new Row(
                        row.getObject("progressed_at", OffsetDateTime.class).toInstant(),
                        row.getString("unit"),
                        row.getLong("news")))
                .optional();
    }

    /**
     * It is looked at again after a pause, unless something happens to it before, or has since the round began.
     *
     * @param seen the news that the round knew of
     */
    void pause(String transitionId, Instant now, Duration pause, long seen) {
        jdbc.sql(
                        "update provisioner.running_transition set due_at = ? where transition_id = ? and due_at <= ? and news = ?")
                .params(time(now.plus(pause)), transitionId, time(now), seen)
                .update();
    }

    /** It is left alone for a while, unless something happens to it before. */
    void rest(String transitionId, Instant now, Duration rest) {
        jdbc.sql("update provisioner.running_transition set due_at = ? where transition_id = ? and due_at <= ?")
                .params(time(now.plus(rest)), transitionId, time(now))
                .update();
    }

    /**
     * Notes how far it is in its stage.
     *
     * @param progress a number that grows when it gets on; only more than ever before at its stage counts, for what comes and goes is no progress
     */
    void progress(String transitionId, long progress, Instant now) {
        jdbc.sql("""
                        update provisioner.running_transition set progress = :progress, progressed_at = :now
                         where transition_id = :id and progress < :progress""")
                .param("progress", progress)
                .param("now", time(now))
                .param("id", transitionId)
                .update();
    }

    /** Something is begun that must not be cut in half by the end of the window; null when it is done. */
    void begin(String transitionId, @Nullable String unit) {
        jdbc.sql("update provisioner.running_transition set unit = ? where transition_id = ?")
                .params(Arrays.asList(unit, transitionId))
                .update();
    }

    private static OffsetDateTime time(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
