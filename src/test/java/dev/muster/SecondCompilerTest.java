package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecondCompilerTest {
    @AfterEach
    void forget() throws Exception {
        diagnose("compilerDirectivesClear");
    }

    @Test
    void it_is_told_to_leave_all_but_the_planner_to_the_first_one() throws Exception {
        SecondCompiler.onlyForThePlanner();
        assertThat(diagnose("compilerDirectivesPrint"))
                .containsSubsequence(
                        "matching: dev/muster/quota/*.*",
                        "c2 directives:",
                        "Exclude:false",
                        "matching: *.*",
                        "c2 directives:",
                        "Exclude:true");
    }

    private static String diagnose(String operation) throws Exception {
        ObjectName commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
        return String.valueOf(ManagementFactory.getPlatformMBeanServer().invoke(commands, operation, null, null));
    }
}
