package dev.muster.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What could not be done, why, and what helps. */
public record ProblemPage(
        Frame frame, int status, String title, @Nullable String detail, List<String> hints) {}
