package dev.muster.web;

import dev.muster.access.Asks;
import dev.muster.access.Resource;
import dev.muster.access.Verb;
import dev.muster.api.Diagnosis;
import dev.muster.api.DoctorReport;
import dev.muster.operation.Doctor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What is wrong with this installation, and how to mend it. */
@Path("/api/v1/doctor")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "operation")
public class DoctorResource {
    private final Doctor doctor;

    DoctorResource(Doctor doctor) {
        this.doctor = doctor;
    }

    @GET
    @Asks(value = Verb.READ, of = Resource.Kind.CLUSTER)
    public DoctorReport examine() {
        List<dev.muster.kubernetes.doctor.Diagnosis> found = doctor.examine();
        return new DoctorReport(
                found.stream()
                        .map(dev.muster.kubernetes.doctor.Diagnosis::verdict)
                        .max(Comparator.naturalOrder())
                        .orElse(dev.muster.kubernetes.doctor.Diagnosis.Verdict.OK)
                        .name(),
                found.stream()
                        .map(one -> new Diagnosis(one.check(), one.verdict().name(), one.seen(), one.mend()))
                        .toList());
    }
}
