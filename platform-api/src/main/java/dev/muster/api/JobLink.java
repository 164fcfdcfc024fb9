package dev.muster.api;

/** Something about a job that is shown elsewhere. {@code href} stays the same; {@code target} is where it leads now. */
public record JobLink(String name, String href, String target) {}
