package dev.muster.cli.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a reader told. */
final class Collected implements Sink {
    final List<TraceJob> jobs = new ArrayList<>();
    final List<Defect> defects = new ArrayList<>();

    static Collected of(TraceReader reader, String text) throws IOException {
        Collected collected = new Collected();
        reader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), collected);
        return collected;
    }

    @Override
    public void job(TraceJob job) {
        jobs.add(job);
    }

    @Override
    public void defect(Defect defect) {
        defects.add(defect);
    }

    List<Defect.Kind> kinds() {
        return defects.stream().map(Defect::kind).toList();
    }
}
