package io.nodeledger.standalone.demo;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The demo's output: one line for each step, redrawn while it runs on a terminal, printed when it ended elsewhere. */
public final class Display {
    private static final String REDRAW = "\r\u001b[K";

    private final PrintStream out;
    private final boolean live;
    private boolean open;

    Display(PrintStream out, boolean live) {
        this.out = out;
        this.live = live;
    }

    /** Standard output, live when a person looks at it. */
    public static Display onTerminal() {
        return new Display(System.out, isTerminal());
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** A headline. */
    void headline(String text) {
        endLine();
        out.println();
        out.println(live ? "\u001b[1m" + text + "\u001b[0m" : text);
    }

    /** A line of text. */
    void line(String text) {
        endLine();
        out.println(text);
    }

    /** The line of a step that runs; only a terminal shows it. */
    void running(String text) {
        if (live) {
            out.print(REDRAW + text);
            out.flush();
            open = true;
        }
    }

    /** The line of a step that ended. */
    void ended(String text) {
        if (open) {
            out.print(REDRAW);
            open = false;
        }
        out.println(text);
    }

    private void endLine() {
        if (open) {
            out.println();
            open = false;
        }
    }

    /** A duration as people read it, e.g. {@code 3.2 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
