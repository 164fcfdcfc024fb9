package dev.muster;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jboss.logging.Logger;

/**
 * The virtual machine compiles hot code twice: soon and simply, later slowly and well. The second time pays for the planner, whose
 * loops go over whole clusters; the rest waits for the network most of the time, and compiling it well took longer in the first
 * hour than it ever ran. So it has the first compiler's best instead.
 */
final class SecondCompiler {
    private static final Logger LOG = Logger.getLogger(SecondCompiler.class);
    /** The first one that matches counts. */
    private static final String DIRECTIVES = """
            [
              { match: "dev/muster/quota/*.*", c2: { Exclude: false } },
              { match: "*.*", c2: { Exclude: true } }
            ]
            """;

    private SecondCompiler() {}

    /** From now on; a virtual machine that takes no directives goes on as it likes. */
    static void onlyForThePlanner() {
        try {
            LOG.debug(tell(DIRECTIVES));
        } catch (IOException | JMException | RuntimeException e) {
            LOG.debugf(e, "The virtual machine takes no directives for its compilers");
        }
    }

    /** What the virtual machine answers. */
    static String tell(String directives) throws IOException, JMException {
        Path file = Files.createTempFile("muster-compilers", ".json");
        try {
            Files.writeString(file, directives);
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "compilerDirectivesAdd",
                            new Object[] {new String[] {file.toString()}},
                            new String[] {String[].class.getName()});
            return String.valueOf(answer).strip();
        } finally {
            Files.delete(file);
        }
    }
}
