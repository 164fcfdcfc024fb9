package dev.muster.cli;

import dev.muster.cli.screen.Screen;

/** Where the process begins. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Muster.run(Screen.ofProcess(System.getenv()), System.getenv(), arguments));
    }
}
