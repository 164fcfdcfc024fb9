package dev.muster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.muster.cluster.Cluster;
import io.quarkus.scheduler.Scheduled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom, as docs/architecture.md draws it. A rule that has to give way needs a decision record. */
class ArchitectureTest {
    private static final JavaClasses MUSTER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.muster");
    private static final Pattern CODE = Pattern.compile("`([a-z]+)`");
    private static final String[] SQL = {
        "java.sql..",
        "javax.sql..",
        "jakarta.persistence..",
        "org.hibernate..",
        "org.postgresql..",
        "io.agroal..",
        "io.quarkus.hibernate.."
    };
    private static final String[] HTTP = {
        "jakarta.ws.rs..", "io.vertx..", "org.jboss.resteasy..", "io.quarkus.vertx.http..", "io.quarkus.qute.."
    };
    private static final String[] WORDS = {
        "dev.muster.job..",
        "dev.muster.event..",
        "dev.muster.team..",
        "dev.muster.queue..",
        "dev.muster.pool..",
        "dev.muster.spark.."
    };
    private static final String[] RIM = {"dev.muster.web..", "dev.muster.ui.."};
    private static final String[] USE_CASES = {
        "dev.muster.submission..",
        "dev.muster.steering..",
        "dev.muster.catalogue..",
        "dev.muster.cycle..",
        "dev.muster.report.."
    };

    @Test
    void the_page_names_every_package_of_the_service_and_no_other() throws IOException {
        String page = Files.readString(Clone.ROOT.resolve("docs/architecture.md"));
        String table = page.substring(page.indexOf("| package |"), page.indexOf("## Who decides what"));
        Set<String> named = table.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> CODE.matcher(line.split("\\|")[1]).results())
                .map(word -> word.group(1))
                .collect(Collectors.toSet());
        try (Stream<Path> all = Files.list(Clone.ROOT.resolve("src/main/java/dev/muster"))) {
            assertThat(named)
                    .containsExactlyInAnyOrderElementsOf(all.filter(Files::isDirectory)
                            .map(directory -> directory.getFileName().toString())
                            .toList());
        }
    }

    @Test
    void the_engine_is_plain_java() {
        classes()
                .that()
                .resideInAnyPackage("dev.muster.quota..", "dev.muster.cluster..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.quota..", "dev.muster.cluster..", "java..", "javax.net.ssl..", "org.jspecify..")
                .check(MUSTER);
    }

    @Test
    void the_planner_does_not_know_that_there_is_a_cluster() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.quota..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.muster.cluster..")
                .check(MUSTER);
    }

    @Test
    void the_planner_reads_no_file_and_opens_no_connection() {
        noClasses()
                .that()
                .resideInAPackage("dev.muster.quota..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.util.logging..", "java.sql..")
                .check(MUSTER);
    }

    @Test
    void the_simulation_is_plain_java_on_the_engine() {
        classes()
                .that()
                .resideInAPackage("dev.muster.simulation..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.simulation..",
                        "dev.muster.quota..",
                        "dev.muster.cluster..",
                        "java..",
                        "org.jspecify..")
                .check(MUSTER);
    }

    @Test
    void the_words_of_the_service_are_plain_java() {
        classes()
                .that()
                .resideInAnyPackage(WORDS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.muster.job..",
                        "dev.muster.event..",
                        "dev.muster.team..",
                        "dev.muster.queue..",
                        "dev.muster.pool..",
                        "dev.muster.spark..",
                        "dev.muster.quota..",
                        "dev.muster.cluster..",
                        "java..",
                        "org.jspecify..")
                .check(MUSTER);
    }

    /** The packages where Kubernetes' own types may be met; {@code controlplane} is the one of tests. */
    private static final String[] KUBERNETES = {
        "dev.muster.kubernetes..", "dev.muster.admission..", "dev.muster.controlplane.."
    };

    @Test
    void kubernetes_stays_at_the_rim() {
        noClasses()
                .that()
                .resideOutsideOfPackages(KUBERNETES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(MUSTER);
    }

    @Test
    void what_speaks_kubernetes_knows_no_framework() {
        noClasses()
                .that()
                .resideInAnyPackage(KUBERNETES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "org.jboss..", "io.smallrye..")
                .check(MUSTER);
    }

    @Test
    void sql_stays_with_postgres() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.muster.postgres..", "dev.muster.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(SQL)
                .check(MUSTER);
    }

    @Test
    void http_stays_at_the_rim() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.muster.web..",
                        "dev.muster.ui..",
                        "dev.muster.access..",
                        "dev.muster.problem..",
                        "dev.muster.kubernetes.admission..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HTTP)
                .check(MUSTER);
    }

    @Test
    void wire_types_do_not_travel_inward() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.muster.api..", "dev.muster.web..", "dev.muster.ui..", "dev.muster.problem..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.muster.api..")
                .check(MUSTER);
    }

    @Test
    void nobody_depends_on_the_rim() {
        noClasses()
                .that()
                .resideOutsideOfPackages(RIM)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(RIM)
                .check(MUSTER);
    }

    @Test
    void stores_do_not_know_who_uses_them() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.muster.postgres..", "dev.muster.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(USE_CASES)
                .check(MUSTER);
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.muster.(*)..").should().beFreeOfCycles().check(MUSTER);
    }

    @Test
    void packages_of_the_engine_form_no_cycle() {
        slices().matching("dev.muster.quota.(*)..").should().beFreeOfCycles().check(MUSTER);
    }

    @Test
    void a_package_is_a_noun_of_the_domain_or_a_technology() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..",
                        "..utils..",
                        "..common..",
                        "..helper..",
                        "..helpers..",
                        "..manager..",
                        "..impl..",
                        "..misc..",
                        "..base..",
                        "..core..")
                .check(MUSTER);
    }

    @Test
    void a_class_is_named_by_what_makes_it_different() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Default)")
                .check(MUSTER);
    }

    @Test
    void accessors_have_no_get() {
        noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(
                        "dev.muster.quota..",
                        "dev.muster.cluster..",
                        "dev.muster.simulation..",
                        "dev.muster.job..",
                        "dev.muster.event..",
                        "dev.muster.spark..",
                        "dev.muster.api")
                .and()
                .haveRawParameterTypes(new Class<?>[0])
                .should()
                .haveNameMatching("get[A-Z].*")
                .check(MUSTER);
    }

    @Test
    void all_timers_are_in_one_file() {
        methods()
                .that()
                .areAnnotatedWith(Scheduled.class)
                .should()
                .beDeclaredIn("dev.muster.cycle.Timers")
                .allowEmptyShould(true)
                .check(MUSTER);
    }

    /**
     * The clock is a port, {@link java.time.InstantSource}: whoever asks the machine itself is wrong on the virtual one. What
     * deals with processes of the machine, or sleeps by its clock, has to, as has the control plane of the tests.
     */
    @Test
    void nobody_asks_the_machine_for_the_time() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.muster.embedded..",
                        "dev.muster.api.client..",
                        "dev.muster.simulation.process..",
                        "dev.muster.controlplane..")
                .and()
                .doNotHaveFullyQualifiedName("dev.muster.simulation.Timer")
                .should()
                .accessTargetWhere(theTimeOfTheMachine())
                .check(MUSTER);
    }

    /** A method that has a default is easily forgotten by who stands before another cluster, and then does nothing. */
    @Test
    void who_stands_around_a_cluster_passes_on_all_that_it_is_asked() {
        List<JavaClass> around = MUSTER.stream()
                .filter(type -> type.isAssignableTo(Cluster.class) && !type.isInterface())
                .filter(type -> type.getAllFields().stream()
                        .anyMatch(field -> field.getRawType().isEquivalentTo(Cluster.class)))
                .toList();
        assertThat(around).hasSizeGreaterThan(1);
        assertThat(around).allSatisfy(type -> assertThat(asked(type)).containsAll(asked(MUSTER.get(Cluster.class))));
    }

    /** What the class, or one that it extends, says itself; not what an interface says for it. */
    private static Set<String> asked(JavaClass type) {
        return Stream.concat(Stream.of(type), type.getAllRawSuperclasses().stream())
                .flatMap(one -> one.getMethods().stream())
                .map(method -> method.getName()
                        + method.getRawParameterTypes().stream()
                                .map(JavaClass::getName)
                                .toList())
                .collect(Collectors.toSet());
    }

    private static DescribedPredicate<JavaAccess<?>> theTimeOfTheMachine() {
        DescribedPredicate<JavaAccess<?>> now = DescribedPredicate.describe(
                "it is now()",
                access -> access.getName().equals("now")
                        && access.getTarget().getOwner().getPackageName().equals("java.time")
                        && !access.getTarget().getOwner().getSimpleName().equals("InstantSource"));
        DescribedPredicate<JavaAccess<?>> millis = DescribedPredicate.describe(
                "it is currentTimeMillis()", access -> access.getName().equals("currentTimeMillis"));
        return now.or(millis).as("the time of the machine");
    }
}
