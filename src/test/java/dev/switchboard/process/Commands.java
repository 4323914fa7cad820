package dev.switchboard.process;

import java.io.IOException;

/** Programs of the system, which may be missing or not be permitted. */
final class Commands {

    private Commands() {}

    /** Whether it could be run, and ended well. */
    static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
