package dev.muster.cli.trace;

/** Takes what a trace holds, in its order. */
public interface Sink {
    void job(TraceJob job);

    void defect(Defect defect);
}
