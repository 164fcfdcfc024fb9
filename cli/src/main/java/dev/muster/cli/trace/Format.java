package dev.muster.cli.trace;

/** The formats that are read: how, and what one of its processors is to us. */
public enum Format {
    SWF("cpu", new SwfReader()),
    MURI("nvidia.com/gpu", new MuriReader());

    private final String resource;
    private final TraceReader reader;

    Format(String resource, TraceReader reader) {
        this.resource = resource;
        this.reader = reader;
    }

    /** What a pod of a recorded job asks, one of it. */
    public String resource() {
        return resource;
    }

    public TraceReader reader() {
        return reader;
    }
}
