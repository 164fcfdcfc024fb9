package dev.muster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tasks of docs/tour, done in a real browser by people with an account and one duty each, while three teams' jobs run and
 * wait. Each class is a page of the tour, each test a task of it; {@code target/tour} gets the pictures.
 */
@ExtendWith(Stage.class)
class TourIT {
    @BeforeAll
    static void three_teams_with_work() {
        Stage.put(
                "pools/tour-gpu",
                "{'spec':{'nodes':5,'resources':{'cpu':'64','memory':'512Gi','nvidia.com/gpu':'8'},'price':'12.40','taints':[{'key':'nvidia.com/gpu','effect':'NoSchedule'}]}}");
        Stage.put(
                "pools/tour-spot",
                "{'spec':{'nodes':0,'maxNodes':6,'resources':{'cpu':'16','memory':'64Gi'},'price':'0.21','labels':{'karpenter.sh/capacity-type':'spot'},'taints':[{'key':'spot','effect':'NoSchedule'}]}}");
        Stage.put(
                "queues/research",
                "{'spec':{'deserved':{'nvidia.com/gpu':'32'},'capability':{'nvidia.com/gpu':'80'}}}");
        queue("vision", 16, 16);
        queue("speech", 8, 16);
        queue("ads", 8, 24);
        gang("vision", "train-detector", 8, 1);
        gang("vision", "train-segmenter", 8, 1);
        gang("vision", "train-depth", 8, 1);
        gang("speech", "align", 4, 2);
        gang("speech", "transcribe", 8, 2);
        gang("ads", "rank", 3, 4);
        gang("ads", "embed", 3, 5);
        Stage.post(
                "/api/v1/teams/vision/jobs",
                "{'metadata':{'name':'nightly-report'},'spec':{'roles':[{'name':'main','command':['sh','-c','%s'],'resources':{'cpu':'100m'}}]}}"
                        .formatted("echo reading 3 files; echo file 2 of 3 is empty: nothing to report; exit 3"));
    }

    private static void queue(String team, int deserved, int capability) {
        Stage.put(
                "queues/" + team,
                "{'spec':{'parent':'research','deserved':{'nvidia.com/gpu':'%d'},'capability':{'nvidia.com/gpu':'%d'}}}"
                        .formatted(deserved, capability));
        Stage.put("teams/" + team, "{'spec':{'queue':'%s'}}".formatted(team));
    }

    private static void gang(String team, String name, int pods, int gpus) {
        Stage.post(
                "/api/v1/teams/" + team + "/jobs",
                "{'metadata':{'name':'%s','annotations':{'simulation.muster.dev/run-time':'2h'}},'spec':{'roles':[{'name':'worker','count':%d,'resources':{'cpu':'%d','memory':'16Gi','nvidia.com/gpu':'%d'},'tolerations':[{'key':'nvidia.com/gpu','operator':'Exists'}]}]}}"
                        .formatted(name, pods, 4 * gpus, gpus));
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Submitter {
        private Person ana;

        @BeforeAll
        void signs_in() throws Exception {
            ana = Person.signsIn("ana", "SUBMITTER", "team/vision");
        }

        @AfterAll
        void goes() throws IOException {
            ana.close();
        }

        @Test
        void find_out_why_a_job_waits() throws IOException {
            ana.opens("/ui");
            ana.sees("What waits, and why");
            ana.sees("Capability reached");
            ana.seesNothingOf("transcribe");
            ana.shows("submitter-overview");
            ana.clicks("1 capability reached");
            ana.clicks("train-depth");
            ana.sees("What would help");
            ana.sees("queue vision");
            ana.shows("submitter-why");
        }

        @Test
        void read_what_a_failed_run_printed_and_run_it_again() throws IOException {
            ana.opens("/ui/jobs");
            ana.clicks("Failed");
            ana.clicks("nightly-report");
            ana.sees("What ended it");
            ana.sees("file 2 of 3 is empty");
            ana.shows("submitter-failed");
            ana.clicks("Run again");
            ana.holds("document.querySelectorAll('h1 .state').length === 1 && !location.hash");
            ana.sees("nightly-report");
        }

        @Test
        void compare_a_run_with_earlier_ones() throws IOException {
            Stage.post(
                    "/api/v1/teams/vision/jobs",
                    "{'metadata':{'name':'nightly-report-2'},'spec':{'roles':[{'name':'main','command':['sh','-c','echo reading 3 files'],'resources':{'cpu':'200m'}}]}}");
            ana.opens("/ui/jobs?name=nightly-report-2");
            ana.clicks("nightly-report-2");
            ana.sees("Succeeded");
            ana.clicks("compare with earlier ones");
            ana.sees("what differs is marked");
            ana.sees("Core-hours");
            ana.sees("/roles/main/command");
            ana.shows("submitter-compare");
        }

        @Test
        void see_whether_a_job_fits_and_what_it_costs_before_it_is_submitted() throws IOException {
            ana.opens("/ui");
            ana.clicks("Submit");
            ana.types("Job name", "resize-images");
            ana.types("Pods", "40");
            ana.types("Shell command", "echo resized");
            ana.types("Runs at most", "1h");
            ana.clicks("Try it");
            ana.sees("This cannot run");
            ana.shows("submitter-never");
            ana.types("Pods", "4");
            ana.clicks("Try it");
            ana.sees("Fits now");
            ana.clicks("Submit it");
            ana.holds("location.pathname.startsWith('/ui/jobs/')");
            ana.sees("resize-images");
            ana.sees("Succeeded");
        }

        @Test
        void use_a_session_until_nobody_does() throws IOException {
            ana.opens("/ui");
            ana.clicks("Sessions");
            ana.clicks("Start a session");
            ana.types("Job name", "notebook");
            ana.types("Shell command", Notebook.COMMAND);
            ana.types("Ends when unused for", "30s");
            ana.clicks("Try it");
            ana.sees("Fits now");
            ana.clicks("Submit it");
            ana.holds("/^[0-9]+\\s$/.test(document.getElementById('log')?.textContent)");
            String job = ana.address();
            try (Notebook notebook = Notebook.at(ana.reads("#log"))) {
                ana.clicks("Sessions");
                ana.holds("/in [0-9]+ s/.test(document.getElementById('sessions').innerText)");
                ana.shows("submitter-session");
                assertThat(ana.isOffered("Open")).isTrue();
                ana.opens(job + "/session");
                ana.sees(notebook.heading());
            }
            ana.opens(job);
            ana.sees("it ends in");
            ana.sees("nobody used it for 30 s");
            ana.shows("submitter-session-ended");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class QuotaAdmin {
        private Person quinn;

        @BeforeAll
        void signs_in() throws Exception {
            quinn = Person.signsIn("quinn", "QUOTA_ADMIN", "queue/research");
        }

        @AfterAll
        void goes() throws IOException {
            quinn.close();
        }

        @Test
        void change_what_a_queue_is_given_and_see_before_what_it_would_do() throws IOException {
            quinn.opens("/ui");
            quinn.clicks("Queues");
            quinn.sees("research");
            quinn.seesNothingOf("/ui/queues/web");
            quinn.shows("quota-admin-queues");
            quinn.clicks("speech");
            quinn.types("Capability", "nvidia.com/gpu=8");
            quinn.clicks("Try it");
            quinn.sees("1 job would feel it");
            quinn.sees("could never run");
            quinn.clicks("Leave it as it is");
            quinn.holds("!document.getElementById('trial')");
            quinn.types("Weight", "2");
            quinn.clicks("Try it");
            quinn.sees("No job that waits or runs now would feel it");
            quinn.clicks("Change it");
            quinn.holds(
                    "document.querySelector('#edit [name=weight]').value === '2' && !document.getElementById('trial')");
        }

        @Test
        void answer_what_a_team_asks_for() throws IOException {
            Stage.post(
                    "/api/v1/quotaRequests",
                    "{'team':'speech','queue':'speech','capability':{'nvidia.com/gpu':'8'},'until':'%s','why':'the transcripts of the fair are due'}"
                            .formatted(Instant.now().plus(Duration.ofDays(7))));
            quinn.opens("/ui");
            quinn.clicks("Requests");
            quinn.sees("Waits for an answer");
            quinn.looksAt("main");
            quinn.clicks("speech");
            quinn.sees("What granting it would do");
            quinn.sees("nvidia.com/gpu=24");
            quinn.sees("1 job would feel it");
            quinn.shows("quota-admin-request");
            quinn.types("A word to it", "until the fair is over");
            quinn.clicks("Grant it");
            quinn.sees("In force");
            quinn.opens("/ui/queues/speech");
            quinn.sees("capability +nvidia.com/gpu 8");
            quinn.clicks("capability +nvidia.com/gpu 8");
            quinn.clicks("End it now");
            quinn.types("Why", "the fair was called off");
            quinn.clicks("Yes, end it");
            quinn.sees("Ended");
        }

        @Test
        void see_who_waits_for_whom() throws IOException {
            quinn.opens("/ui/queues");
            quinn.clicks("who waits for whom");
            quinn.sees("vision lacks gpu");
            quinn.sees("itself");
            quinn.seesNothingOf("/ui/queues/web");
            quinn.shows("quota-admin-waits");
        }

        @Test
        void see_what_waits_in_a_queue_and_why() throws IOException {
            quinn.opens("/ui/jobs?state=QUEUED");
            quinn.types("Queue", "vision");
            quinn.clicks("Apply");
            quinn.sees("train-depth");
            quinn.clicks("train-depth");
            quinn.sees("You may look at this job and not steer it");
            assertThat(quinn.isOffered("Cancel")).isFalse();
            quinn.shows("quota-admin-waiting");
        }

        @Test
        void see_what_the_teams_used_and_what_it_cost() throws IOException {
            quinn.opens("/ui/usage");
            quinn.clicks("by team");
            quinn.sees("core-hours");
            quinn.sees("speech");
            quinn.shows("quota-admin-usage");
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Operator {
        private Person otto;

        @BeforeAll
        void signs_in() throws Exception {
            otto = Person.signsIn("otto", "OPERATOR", "*");
        }

        @AfterAll
        void goes() throws IOException {
            otto.close();
        }

        @Test
        void find_out_where_nodes_are_of_no_use() throws IOException {
            otto.opens("/ui");
            otto.clicks("Packing");
            otto.sees("The largest gang that fits now");
            otto.sees("tour-gpu");
            otto.shows("operator-packing");
        }

        @Test
        void keep_gangs_from_a_pool_for_a_while() throws IOException {
            otto.opens("/ui/pools");
            otto.looksAt("#o-tour-spot");
            otto.types("Why", "the provider has an incident");
            otto.clicks("Open");
            otto.sees("open (by hand)");
            otto.sees("the provider has an incident");
            otto.shows("operator-breaker");
            otto.types("Why", "the incident is over");
            otto.clicks("Close");
            otto.holds(
                    "document.querySelector('#o-tour-spot .tag').innerText === 'closed (by hand)' || document.querySelector('#o-tour-spot .tag').innerText === 'closed'");
        }

        @Test
        void try_a_policy_on_what_was_recorded_before_it_is_applied() throws IOException {
            otto.opens("/ui/policy");
            otto.types("Values", "maxLaunches=150");
            otto.clicks("Try it");
            otto.sees("What would be different");
            otto.clicks("Simulate it");
            otto.sees("Rehearsal of a policy");
            otto.sees("Waits by priority");
            otto.sees("utilisation");
            otto.shows("operator-rehearsal");
            otto.types("Why", "fewer at once");
            otto.clicks("Apply it");
            otto.holds("location.pathname === '/ui/policy'");
            otto.holds(
                    "(() => { const one = document.querySelector('a[href^=\"/ui/policy/rehearsals/\"]'); if (!one) return false; one.click(); return true; })()");
            otto.sees("It was applied");
            otto.clicks("Back to revision");
            otto.types("Why", "that was a try");
            otto.clicks("Yes, back to");
            otto.holds("location.pathname === '/ui/policy'");
            otto.sees("that was a try");
        }

        @Test
        void see_who_changed_what() throws IOException {
            otto.opens("/ui");
            otto.clicks("Changes");
            otto.types("Who", "operator");
            otto.types("What", "queue changed");
            otto.types("Of", "speech");
            otto.clicks("Look");
            otto.sees("queue");
            otto.clicks("before and after");
            otto.sees("deserved");
            otto.shows("operator-changes");
        }
    }
}
