package io.nodeledger.provisioner.charging;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which days each workspace has been charged for, in {@code provisioner.charged_workspace}. */
final class ChargedDays {
    private static final String DUE = """
            select w.workspace_id, w.first_ready_at, c.charged_through
              from query.metered_workspaces w
              left join provisioner.charged_workspace c using (workspace_id)
             where w.workspace_id > :after and w.first_ready_at < :until
               and (c.charged_through is null or c.charged_through < :day)
             order by w.workspace_id
             limit :batch""";

    private final JdbcClient jdbc;

    ChargedDays(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A workspace that is behind, with the first day that it is to be charged for. */
    record Due(String workspaceId, LocalDate firstDay) {}

    /** The next workspaces, by id, that were not charged for a day or have missed earlier ones. */
    List<Due> due(LocalDate day, String afterWorkspace, int batch) {
        return jdbc.sql(DUE)
                .param("after", afterWorkspace)
                .param("until", Costs.start(day.plusDays(1)))
                .param("day", day)
                .param("batch", batch)
                .query((row, _) -> {
                    LocalDate charged = row.getObject("charged_through", LocalDate.class);
                    LocalDate ready = row.getObject("first_ready_at", OffsetDateTime.class)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDate();
                    return new Due(row.getString("workspace_id"), charged == null ? ready : charged.plusDays(1));
                })
                .list();
    }

    /** The workspace was charged for the day and all before it. */
    void keep(String workspaceId, LocalDate day) {
        jdbc.sql("""
                        insert into provisioner.charged_workspace as c (workspace_id, charged_through) values (?, ?)
                        on conflict (workspace_id) do update
                           set charged_through = greatest(c.charged_through, excluded.charged_through)""").params(workspaceId, day).update();
    }
}
