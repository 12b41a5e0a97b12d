package io.nodeledger.simulators.proxmox.task;

import io.nodeledger.simulators.proxmox.store.Journal;
import io.nodeledger.simulators.proxmox.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks and remembers them. */
public final class Tasks {
    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);
    private static final String KIND = "task";
    private static final int KEPT = 3_000;
    private static final long FIRST_PID = 1_200;
    private static final long LAST_PID = 4_194_303;

    private final Timeline timeline;
    private final Journal journal;
    private final Locks locks;
    private final Map<String, Work> works = new HashMap<>();
    private final LinkedHashMap<String, Task> tasks = new LinkedHashMap<>();
    private long lastPid = FIRST_PID;

    public Tasks(Timeline timeline, Journal journal, Locks locks) {
        this.timeline = timeline;
        this.journal = journal;
        this.locks = locks;
    }

    /** Says what tasks of a type do. */
    public void register(String type, Work work) {
        works.put(type, work);
    }

    /** Takes up where the last run ended: a host's workers do not die with whoever watched them. */
    public void resume() {
        for (Task.State state : journal.all(KIND, Task.State.class)) {
            Task task = new Task(state);
            tasks.put(task.upid().toString(), task);
            lastPid = Math.max(lastPid, task.upid().pid());
        }
        // Those that already worked held their locks, so they come before those that still waited for one.
        List<Task> running = tasks.values().stream().filter(Task::running).toList();
        running.stream().filter(Task::startedWorking).forEach(this::run);
        running.stream().filter(task -> !task.startedWorking()).forEach(this::run);
    }

    /** Starts a task; it has its UPID at once and does its first step soon. */
    public Task start(TaskRequest request) {
        lastPid = lastPid >= LAST_PID ? FIRST_PID : lastPid + 1;
        Upid upid = Upid.of(request.node(), lastPid, timeline.now(), request.type(), request.id(), request.user());
        Task task = new Task(upid, request.arguments(), request.fault());
        tasks.put(upid.toString(), task);
        save(task);
        forgetOldest();
        timeline.execute(() -> run(task));
        return task;
    }

    public Optional<Task> find(String upid) {
        return Optional.ofNullable(tasks.get(upid));
    }

    /** All that are known, newest first. */
    public List<Task> all() {
        return List.copyOf(tasks.sequencedValues().reversed());
    }

    private void run(Task task) {
        Work work = works.get(task.upid().type());
        if (work == null) {
            end(task, "unexpected status");
            return;
        }
        locks.acquire(
                work.locks(task),
                release -> begin(task, work, release),
                refusal -> end(task, work.failure(task, refusal).exitStatus()));
    }

    private void begin(Task task, Work work, Runnable release) {
        if (task.startedWorking()) {
            perform(task, work, release);
            return;
        }
        Consumer<TaskFailed> fails = failure -> {
            end(task, failure.exitStatus());
            release.run();
        };
        locks.acquire(
                work.locksToBegin(task),
                begun -> {
                    try {
                        task.workingSince(timeline.now());
                        save(task);
                        work.begin(task);
                    } catch (TaskFailed e) {
                        begun.run();
                        fails.accept(e);
                        return;
                    }
                    begun.run();
                    perform(task, work, release);
                },
                refusal -> fails.accept(work.failure(task, refusal)));
    }

    private void perform(Task task, Work work, Runnable release) {
        Instant begin = task.workingSince(timeline.now());
        TaskFault fault = task.fault();
        if (fault == null) {
            follow(task, work, begin, release);
            return;
        }
        save(task);
        Duration standsStill = fault.standsStill();
        if (standsStill == null) {
            return;
        }
        Instant then = begin.plus(standsStill);
        String exitStatus = fault.exitStatus();
        var _ = timeline.at(then, () -> {
            if (exitStatus == null) {
                follow(task, work, then, release);
            } else {
                fail(task, work, work.failure(task, exitStatus), release);
            }
        });
    }

    private void follow(Task task, Work work, Instant since, Runnable release) {
        try {
            List<Step> steps = work.steps(task);
            save(task);
            follow(task, work, steps, since, release);
        } catch (TaskFailed e) {
            fail(task, work, e, release);
        }
    }

    private void follow(Task task, Work work, List<Step> steps, Instant since, Runnable release) {
        try {
            while (task.stepsDone() < steps.size()) {
                Instant due = due(steps, task.stepsDone(), since);
                if (due.isAfter(timeline.now())) {
                    var _ = timeline.at(due, () -> follow(task, work, steps, since, release));
                    return;
                }
                steps.get(task.stepsDone()).effect().happen();
                task.stepDone();
                save(task);
            }
            end(task, "OK");
            release.run();
        } catch (TaskFailed e) {
            fail(task, work, e, release);
        } catch (RuntimeException e) {
            LOG.error("{} failed", task.upid(), e);
            fail(task, work, new TaskFailed(String.valueOf(e.getMessage())), release);
        }
    }

    private Instant due(List<Step> steps, int index, Instant since) {
        Duration sum = steps.subList(0, index + 1).stream().map(Step::takes).reduce(Duration.ZERO, Duration::plus);
        return since.plus(timeline.scaled(sum));
    }

    private void fail(Task task, Work work, TaskFailed failure, Runnable release) {
        work.failed(task);
        end(task, failure.exitStatus());
        release.run();
    }

    private void end(Task task, String exitStatus) {
        task.end(timeline.now(), exitStatus);
        save(task);
    }

    private void save(Task task) {
        journal.put(KIND, task.upid().toString(), task.state());
    }

    private void forgetOldest() {
        if (tasks.size() > KEPT) {
            tasks.values().stream()
                    .filter(task -> !task.running())
                    .findFirst()
                    .map(task -> task.upid().toString())
                    .ifPresent(upid -> {
                        tasks.remove(upid);
                        journal.remove(KIND, upid);
                    });
        }
    }
}
