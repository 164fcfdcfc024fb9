package dev.muster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.scheduler.Scheduled;

/** Who may know whom, as docs/architecture.md draws it. A rule that has to give way needs a decision record. */
@AnalyzeClasses(packages = "dev.muster", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
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
        "dev.muster.job..", "dev.muster.event..", "dev.muster.team..", "dev.muster.queue..", "dev.muster.pool.."
    };
    private static final String[] RIM = {"dev.muster.web..", "dev.muster.ui.."};
    private static final String[] USE_CASES = {
        "dev.muster.submission..", "dev.muster.steering..", "dev.muster.cycle..", "dev.muster.report.."
    };

    @ArchTest
    static final ArchRule the_engine_is_plain_java = classes()
            .that()
            .resideInAnyPackage("dev.muster.quota..", "dev.muster.cluster..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.muster.quota..", "dev.muster.cluster..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_planner_does_not_know_that_there_is_a_cluster = noClasses()
            .that()
            .resideInAPackage("dev.muster.quota..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.muster.cluster..");

    @ArchTest
    static final ArchRule the_planner_reads_no_file_and_opens_no_connection = noClasses()
            .that()
            .resideInAPackage("dev.muster.quota..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.util.logging..", "java.sql..");

    @ArchTest
    static final ArchRule the_simulation_is_plain_java_on_the_engine = classes()
            .that()
            .resideInAPackage("dev.muster.simulation..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.muster.simulation..",
                    "dev.muster.quota..",
                    "dev.muster.cluster..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule the_words_of_the_service_are_plain_java = classes()
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
                    "dev.muster.quota..",
                    "dev.muster.cluster..",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule kubernetes_is_not_known_yet =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.fabric8..");

    /** {@code Problems} alone looks at a SQLException, to tell a lost database from a broken service. */
    @ArchTest
    static final ArchRule sql_stays_with_postgres = noClasses()
            .that()
            .resideOutsideOfPackages("dev.muster.postgres..", "dev.muster.embedded..")
            .and()
            .doNotHaveFullyQualifiedName("dev.muster.problem.Problems")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SQL);

    @ArchTest
    static final ArchRule http_stays_at_the_rim = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.muster.web..", "dev.muster.ui..", "dev.muster.access..", "dev.muster.problem..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HTTP);

    @ArchTest
    static final ArchRule wire_types_do_not_travel_inward = noClasses()
            .that()
            .resideOutsideOfPackages("dev.muster.api..", "dev.muster.web..", "dev.muster.ui..", "dev.muster.problem..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.muster.api..");

    @ArchTest
    static final ArchRule nobody_depends_on_the_rim = noClasses()
            .that()
            .resideOutsideOfPackages(RIM)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(RIM);

    @ArchTest
    static final ArchRule stores_do_not_know_who_uses_them = noClasses()
            .that()
            .resideInAnyPackage("dev.muster.postgres..", "dev.muster.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(USE_CASES);

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().matching("dev.muster.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_of_the_engine_form_no_cycle =
            slices().matching("dev.muster.quota.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule a_package_is_a_noun_of_the_domain_or_a_technology = noClasses()
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
                    "..core..");

    @ArchTest
    static final ArchRule a_class_is_named_by_what_makes_it_different =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?|Default)");

    @ArchTest
    static final ArchRule accessors_have_no_get = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(
                    "dev.muster.quota..",
                    "dev.muster.cluster..",
                    "dev.muster.simulation..",
                    "dev.muster.job..",
                    "dev.muster.event..",
                    "dev.muster.api")
            .and()
            .haveRawParameterTypes(new Class<?>[0])
            .should()
            .haveNameMatching("get[A-Z].*");

    @ArchTest
    static final ArchRule all_timers_are_in_one_file = methods()
            .that()
            .areAnnotatedWith(Scheduled.class)
            .should()
            .beDeclaredIn("dev.muster.cycle.Timers")
            .allowEmptyShould(true);

    /** The clock is a port, {@link java.time.InstantSource}: whoever asks the machine itself is wrong on the virtual one. */
    @ArchTest
    static final ArchRule nobody_asks_the_machine_for_the_time = noClasses()
            .that()
            .resideOutsideOfPackages("dev.muster.embedded..", "dev.muster.api.client..")
            .and()
            .doNotHaveFullyQualifiedName("dev.muster.simulation.Timer") // sleeps by the machine's clock, and only there
            .should()
            .accessTargetWhere(theTimeOfTheMachine());

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
