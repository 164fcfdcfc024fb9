package dev.muster.ui;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages' templates, checked against their records when the service is built. */
@CheckedTemplate(basePath = "ui")
final class Templates {
    private Templates() {}

    static native TemplateInstance overview(Overview page);

    static native TemplateInstance jobs(JobList page);

    static native TemplateInstance job(JobPage page);

    static native TemplateInstance usage(UsagePage page);

    static native TemplateInstance scaling(ScalingPage page);

    static native TemplateInstance packing(PackingPage page);

    static native TemplateInstance offerings(OfferingPage page);

    static native TemplateInstance heat(HeatPage page);

    static native TemplateInstance schedules(ScheduleList page);

    static native TemplateInstance schedule(SchedulePage page);

    static native TemplateInstance queues(QueueTree page);

    static native TemplateInstance queue(QueuePage page);

    static native TemplateInstance waits(WaitPage page);

    static native TemplateInstance templates(TemplateList page);

    static native TemplateInstance template(TemplatePage page);

    static native TemplateInstance origins(OriginsPage page);

    static native TemplateInstance zone(ZonePage page);

    static native TemplateInstance compare(ComparePage page);

    static native TemplateInstance priorities(PriorityPage page);

    static native TemplateInstance calendar(CalendarPage page);

    static native TemplateInstance members(MembersPage page);

    static native TemplateInstance quota(QuotaPage page);

    static native TemplateInstance quotarequest(QuotaRequestPage page);

    static native TemplateInstance submit(SubmitPage page);

    static native TemplateInstance policy(PolicyPage page);

    static native TemplateInstance rehearsal(RehearsalPage page);

    static native TemplateInstance planning(PlanningPage page);

    static native TemplateInstance preemptions(PreemptionPage page);

    static native TemplateInstance health(HealthPage page);

    static native TemplateInstance bulk(BulkPage page);

    static native TemplateInstance groups(GroupsPage page);

    static native TemplateInstance sessions(SessionsPage page);

    static native TemplateInstance audit(AuditPage page);

    static native TemplateInstance problem(ProblemPage page);
}
