package dev.muster.event;

/** An event and its place in the feed. */
public record RecordedEvent(EventCursor cursor, Event event) {}
