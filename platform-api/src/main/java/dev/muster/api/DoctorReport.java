package dev.muster.api;

import java.util.List;

/** What the doctor found; {@code verdict} is the worst of all. */
public record DoctorReport(String verdict, List<Diagnosis> checks) {}
